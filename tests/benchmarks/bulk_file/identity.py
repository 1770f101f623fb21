"""Who the company of an index is: its number, what it is in law, and since when it exists."""

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

# A prime: multiplied by it, modulo whatever it does not divide, the indexes change places.
FACTOR = 7_368_787
LAST = date(2026, 10, 31)
# Share of today's companies that were there by a year, and the number that was reached in it.
REACHED = (
    (1900, 0.0, 65_000), (1950, 0.008, 480_000), (1970, 0.02, 970_000), (1980, 0.04, 1_470_000),
    (1990, 0.08, 2_450_000), (2000, 0.16, 3_900_000), (2005, 0.22, 5_300_000),
    (2010, 0.31, 7_100_000), (2014, 0.42, 8_800_000), (2017, 0.53, 10_500_000),
    (2020, 0.68, 12_400_000), (2022, 0.78, 13_800_000), (2024, 0.88, 15_400_000),
    (2027, 1.0, 17_600_000),
)  # fmt: skip
NEWEST = REACHED[-1][2]
QUANTILES = 8_192
GUARANTEE = "PRI/LTD BY GUAR/NSC (Private, limited by guarantee, no share capital)"
EXEMPT = "PRI/LBG/NSC (Private, Limited by guarantee, no share capital, use of 'Limited' exemption)"
ENGLAND, SCOTLAND, ULSTER, ABROAD = "england", "scotland", "northern ireland", "abroad"


class Form(NamedTuple):
    """What stands before a number, and what follows from it; `share` is of a thousand."""

    prefix: str
    share: int
    category: str
    ending: str
    nation: str


FORMS = (
    Form("SC", 50, "Private Limited Company", "LIMITED", SCOTLAND),
    Form("NI", 21, "Private Limited Company", "LTD", ULSTER),
    Form("OC", 10, "Limited Liability Partnership", "LLP", ENGLAND),
    Form("SO", 1, "Limited Liability Partnership", "LLP", SCOTLAND),
    Form("LP", 3, "Limited Partnership", "LP", ENGLAND),
    Form("SL", 5, "Limited Partnership", "L.P.", SCOTLAND),
    Form("CE", 6, "Charitable Incorporated Organisation", "", ENGLAND),
    Form("CS", 1, "Scottish Charitable Incorporated Organisation", "SCIO", SCOTLAND),
    Form("RS", 1, "Registered Society", "LIMITED", ENGLAND),
    Form("FC", 2, "Other company type", "INC.", ABROAD),
    Form("OE", 5, "Overseas Entity", "S.A.", ABROAD),
)
PRIVATE = Form("", 0, "Private Limited Company", "LIMITED", ENGLAND)
BRIEF = PRIVATE._replace(ending="LTD")
# What the rest of a thousand is: the end of each.
REST = (
    (960, BRIEF),
    (962, PRIVATE._replace(category="Public Limited Company", ending="PLC")),
    (982, PRIVATE._replace(category=GUARANTEE)),
    (992, PRIVATE._replace(category=EXEMPT, ending="")),
    (998, PRIVATE._replace(category="Community Interest Company", ending="C.I.C.")),
    (1000, PRIVATE._replace(ending="CYF")),
)
# Up to here LIMITED, from here LTD.
SOME = 580


class Identity(NamedTuple):
    """Of one company."""

    number: str
    form: Form
    since: str


class Identities:
    """Of all companies of a file; the same index is the same company, month after month."""

    def __init__(self, rows: int) -> None:
        # A thousand each, so that every form has its share.
        self.modulus = (rows // 1000 + 1) * 1000
        while self.modulus % FACTOR == 0:
            self.modulus += 1000
        self.forms = list(_forms())
        self.bounds = [round(share * self.modulus) for _, share, _ in REACHED]

    def of(self, index: int) -> Identity:
        """The company of this index."""
        place = index * FACTOR % self.modulus
        form, rank = self.forms[place % 1000]
        since = days()[place * QUANTILES // self.modulus]
        if not form.prefix:
            return Identity(f"{self._plain(place):08}", form, since)
        most = self.modulus // 1000 * form.share
        number = (place // 1000 * form.share + rank) * (999_999 // most) + 1
        return Identity(f"{form.prefix}{number:06}", form, since)

    def _plain(self, place: int) -> int:
        """Numbers rise with the years, and none is given twice."""
        era = bisect_right(self.bounds, place) - 1
        low, high = REACHED[era][2], REACHED[era + 1][2]
        return low + (place - self.bounds[era]) * (high - low) // (
            self.bounds[era + 1] - self.bounds[era]
        )


def newborn(index: int) -> Identity:
    """A company that was founded after the first file."""
    since = date(2026, 11, 2) + timedelta(days=index % 17)
    return Identity(f"{NEWEST + 1 + index:08}", BRIEF, f"{since:%d/%m/%Y}")


def _forms() -> list[tuple[Form, int]]:
    """One for each remainder of a thousand, with its rank among those of its kind."""
    found = [(form, rank) for form in FORMS for rank in range(form.share)]
    found += [(PRIVATE, 0)] * (SOME - len(found))
    for end, form in REST:
        found += [(form, 0)] * (end - len(found))
    return found


@cache
def days() -> list[str]:
    """Founding days, of equally many companies each."""
    found = []
    for quantile in range(QUANTILES):
        part = quantile / QUANTILES
        era = max(n for n, (_, share, _) in enumerate(REACHED[:-1]) if share <= part)
        (year, share, _), (end, until, _) = REACHED[era], REACHED[era + 1]
        passed = (part - share) / (until - share) * (end - year) * 365.25
        day = date(year, 1, 2) + timedelta(days=passed)
        found.append(f"{min(day, LAST):%d/%m/%Y}")
    return found
