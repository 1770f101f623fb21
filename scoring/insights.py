"""Risks and opportunities that evidence shows, each with what it rests on and one next action."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from scoring.catalogue import BY_THEM, BY_US, Catalogue, Form
from scoring.conditions import EMPTY, day
from scoring.evidence import Evidence

MOST, LONGEST = 12, 160
# In days: what counts as new, what is ahead, and how long silence is long.
NEW, YOUNG, AHEAD, SILENT, LATELY = 180, 730, 60, 60, 14
SLOW_SECONDS, OFTEN_LATE = 4.0, 0.5
RENEWAL = re.compile(r"\b(?:renew|contract|expir|end date|lease|warranty)", re.IGNORECASE)
GONE = frozenset({"dissolved", "liquidation", "closed", "converted-closed", "removed"})


class Kind(StrEnum):
    RISK = "risk"
    OPPORTUNITY = "opportunity"


@dataclass(frozen=True)
class Insight:
    """`why` says what it rests on, `field` whose source that is, `weight` (1-100) how much it
    matters.
    """

    kind: Kind
    title: str
    why: str
    action: str
    weight: int
    field: str = ""


Found = Iterator[Insight]


def of(evidence: Evidence, catalogue: Catalogue) -> list[Insight]:
    """Give what there is, what matters most first; of what is unknown nothing is said."""
    found = [each for look in LOOKS for each in look(evidence)]
    found += _renewals(evidence, catalogue)
    return sorted(found, key=lambda each: -each.weight)[:MOST]


def _standing(evidence: Evidence) -> Found:
    values, risk = evidence.values, Kind.RISK
    status = str(values.get("company_status", "")).lower()
    if status in GONE:
        yield Insight(
            risk, "The company is no more", f"Companies House says: {status}.",
            "Close the lead, or find out who carries the business on.", 100, "company_status",
        )
    elif values.get("is_insolvent") is True:
        yield Insight(
            risk, "In insolvency", _words(values.get("insolvency")) or "The register says so.",
            "Ask who decides now, and take no order on credit.", 95, "is_insolvent",
        )
    if values.get("is_late_with_accounts") is True:
        yield Insight(
            risk, "Accounts are overdue", _due(values.get("accounts_due_on")),
            "Ask how business is before you quote, and agree on payment in advance.", 70,
            "is_late_with_accounts",
        )
    if values.get("is_late_with_confirmation") is True:
        yield Insight(
            risk, "Confirmation statement is overdue",
            "Whoever does not file it may be struck off.",
            "Check the register again before you sign anything.", 55, "is_late_with_confirmation",
        )
    assets = _number(values.get("net_assets"))
    if assets is not None and assets < 0:
        yield Insight(
            risk, "It owes more than it has",
            f"Net assets of −£{-assets:,.0f} in its last accounts.",
            "Ask for a deposit, or offer terms that end with the month.", 60, "net_assets",
        )
    share = _number(values.get("filed_late_share"))
    if share is not None and share >= OFTEN_LATE:
        yield Insight(
            risk, "Often files late", f"{share:.0%} of its accounts were late.",
            "Expect late payment: agree on dates in writing.", 35, "filed_late_share",
        )
    if _is_new(evidence, "last_charge_on"):
        lenders = _words(values.get("lenders"))
        yield Insight(
            risk, "Borrowed lately", f"A charge of {_on(values['last_charge_on'])}"
            + (f", {lenders}." if lenders else "."),
            "Ask what they invest in: there is money, and somebody who watches it.", 30,
            "last_charge_on",
        )


def _reach(evidence: Evidence) -> Found:
    values, risk = evidence.values, Kind.RISK
    if values.get("phone_state") == "barred":
        yield Insight(
            risk, "May not be called", "The number is on a TPS or CTPS list.",
            "Write instead, or ask for their consent first.", 65, "phone",
        )
    if values.get("email_state") == "undeliverable":
        yield Insight(
            risk, "E-mail does not arrive", f"{values.get('email')} is undeliverable.",
            "Look for another address: Find out more.", 60, "email",
        )
    if not (values.get("email") or values.get("phone")):
        yield Insight(
            risk, "No way to reach anybody", "Neither a phone number nor an e-mail is known.",
            "Find out more: contact details.", 75,
        )
    elif not values.get("contact_name"):
        yield Insight(
            risk, "Nobody is known there", "There is no contact person.",
            "Find people by the job titles that you sell to.", 50,
        )
    if values.get("site_state") == "closed":
        yield Insight(
            risk, "The website says that it closed", "Its own website says so.",
            "Ring up before you spend more time on it.", 85, "site_state",
        )


def _between_us(evidence: Evidence) -> Found:
    values = evidence.values
    lost = _number(values.get("times_lost")) or 0
    if lost:
        times = "once" if lost == 1 else f"{lost:.0f} times"
        yield Insight(
            Kind.RISK, "Was lost before", f"We lost it {times}.",
            "Read why, and begin with what has changed since.", 40,
        )
    if values.get("was_customer") is True:
        yield Insight(
            Kind.OPPORTUNITY, "Was a customer", "They bought from us before.",
            "Ask what they use today, and offer to come back.", 60,
        )
    answers = [each.on for each in evidence.happenings if each.kind in BY_THEM]
    tries = [each.on for each in evidence.happenings if each.kind in BY_US]
    since = evidence.today - timedelta(days=LATELY)
    if answers and max(answers) >= since and max(answers) >= max(tries, default=date.min):
        yield Insight(
            Kind.OPPORTUNITY, "They answered", f"On {_on(max(answers))}, and it is our turn.",
            "Answer today.", 90,
        )
    elif len(tries) > 1 and (not answers or max(answers) < evidence.today - timedelta(days=SILENT)):
        yield Insight(
            Kind.RISK, "Silence", f"{len(tries)} tries, and no answer in {SILENT} days.",
            "Try somebody else there, or another way.", 45,
        )


def _growth(evidence: Evidence) -> Found:
    values, chance = evidence.values, Kind.OPPORTUNITY
    if vacancies := values.get("vacancies"):
        yield Insight(
            chance, "Hires", f"Advertises: {_words(vacancies)}.",
            "Ask what they grow for, and who starts when.", 65, "vacancies",
        )
    if _is_new(evidence, "appointed_on"):
        who = str(values.get("contact_name") or "A director")
        yield Insight(
            chance, "New in the job", f"{who}, appointed {_on(values['appointed_on'])}.",
            "Congratulate, and ask what they want to change first.", 70, "appointed_on",
        )
    if _is_new(evidence, "incorporated_on", YOUNG):
        yield Insight(
            chance, "A young company", f"Incorporated {_on(values['incorporated_on'])}.",
            "Offer what they need to start with; little is settled yet.", 40, "incorporated_on",
        )
    due = day(values.get("accounts_due_on"))
    if due is not None and evidence.today <= due <= evidence.today + timedelta(days=AHEAD):
        yield Insight(
            chance, "Accounts are due soon", f"By {_on(due)}.",
            "Budgets are looked at now: ask what is planned for next year.", 30, "accounts_due_on",
        )
    if news := values.get("news"):
        yield Insight(
            chance, "In the news", _words(news), "Begin your message with it.", 50, "news"
        )


def _site(evidence: Evidence) -> Found:
    values = evidence.values
    faults = []
    if values.get("site_is_https") is False:
        faults.append(("site_is_https", "is not secure"))
    if values.get("site_is_mobile") is False:
        faults.append(("site_is_mobile", "does not fit a phone"))
    seconds = _number(values.get("site_seconds"))
    if seconds is not None and seconds >= SLOW_SECONDS:
        faults.append(("site_seconds", f"takes {seconds:.0f} seconds"))
    if faults:
        said = ", ".join(said for _, said in faults)
        yield Insight(
            Kind.OPPORTUNITY, "Website needs work", f"It {said}.",
            "Show them what their visitors see.", 45, faults[0][0],
        )


def _renewals(evidence: Evidence, catalogue: Catalogue) -> Iterable[Insight]:
    """Days of the company's own fields at which something ends."""
    for slug, field in catalogue.items():
        if field.form != Form.DAY or not slug.startswith("f_") or not RENEWAL.search(field.label):
            continue
        on = day(evidence.values.get(slug))
        if on is not None and evidence.today <= on <= evidence.today + timedelta(days=3 * AHEAD):
            left = (on - evidence.today).days
            yield Insight(
                Kind.OPPORTUNITY, field.label, f"On {_on(on)}, in {left} days.",
                "Send an offer well before.", 80 if left <= AHEAD else 55, slug,
            )


LOOKS: tuple[Callable[[Evidence], Found], ...] = (_standing, _reach, _between_us, _growth, _site)


def _is_new(evidence: Evidence, slug: str, days: int = NEW) -> bool:
    on = day(evidence.values.get(slug))
    return on is not None and evidence.today - timedelta(days=days) <= on <= evidence.today


def _due(value: Any) -> str:
    on = day(value)
    return f"They were due on {_on(on)}." if on else "Companies House says so."


def _on(value: Any) -> str:
    on = day(value)
    return f"{on.day} {on:%B %Y}" if on else ""


def _number(value: Any) -> float | None:
    is_one = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_one and value == value else None


def _words(value: Any) -> str:
    if value in EMPTY:
        return ""
    words = ", ".join(map(str, value[:3])) if isinstance(value, list | tuple) else str(value)
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
