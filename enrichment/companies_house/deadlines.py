"""Until when accounts have to be filed (Companies Act 2006, sections 442 and 443)."""

import calendar
from datetime import date, timedelta

PRIVATE, PUBLIC = 9, 6
PUBLIC_TYPES = {"plc", "old-public-company"}
# Others file by other laws, or not at all.
TYPES = PUBLIC_TYPES | {
    "ltd", "llp", "private-unlimited", "private-unlimited-nsc", "private-limited-guarant-nsc",
    "private-limited-guarant-nsc-limited-exemption", "private-limited-shares-section-30-exemption",
    "northern-ireland",
}  # fmt: skip
# What fell due then was due three months later, by law or for the asking (Corporate Insolvency and
# Governance Act 2020 and its regulations).
LENIENT, LENIENCE = (date(2020, 3, 25), date(2021, 4, 5)), 3
LONG_YEAR = timedelta(days=367)
# Months that a company's first period has at most.
FIRST_PERIOD = 18


def due(end: date, kind: str, incorporated: date | None = None) -> date | None:
    """Give the last day to file the accounts of a period; None where another law counts.

    `incorporated` is given where these may be the first accounts: of a period of more than twelve
    months those are due so long after the first year of the company, or three months after the
    period, whichever is later.
    """
    if kind not in TYPES:
        return None
    months = PUBLIC if kind in PUBLIC_TYPES else PRIVATE
    last = later(end, months)
    if incorporated and incorporated + LONG_YEAR <= end <= later(incorporated, FIRST_PERIOD):
        last = max(later(incorporated, 12 + months), later(end, 3))
    return later(last, LENIENCE) if LENIENT[0] <= last <= LENIENT[1] else last


def later(day: date, months: int) -> date:
    """The same day so many months on: of the last day of a month the last one, of others too
    where there is no such day.
    """
    month = day.month + months
    year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
    length = calendar.monthrange(year, month)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month, length if is_last else min(day.day, length))
