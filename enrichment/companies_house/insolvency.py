"""A company's insolvency: its cases, and whether one of them is still open."""

from collections.abc import Iterator
from datetime import date

from crm.outside.key import Key
from enrichment import given
from enrichment.companies_house import kept, profile, words
from enrichment.companies_house.kept import VALUE, Answers, Kept
from enrichment.companies_house.telling import Page
from enrichment.given import Given
from enrichment.told import Told

SLUG = "insolvency"
GIVES = frozenset({"is_insolvent", "insolvency"})
# Neither names nor addresses of those who look after it.
SHAPE = {
    "cases": [
        {
            "type": VALUE,
            "dates": [{"type": VALUE, "date": VALUE}],
            "practitioners": [{"ceased_to_act_on": VALUE}],
        }
    ]
}
ENDS = {
    "administration-ended-on", "administration-discharged-on", "concluded-winding-up-on",
    "voluntary-arrangement-ended-on", "moratorium-ended-on", "dissolved-on",
}  # fmt: skip
# A company that can pay everybody is wound up so.
SOLVENT = {"members-voluntary-liquidation"}


def ask(key: Key, number: str, _answers: Answers) -> Kept:
    """Ask for them; raises what `crm.outside.errors` holds."""
    return kept.ask(key, f"/company/{number}/insolvency", SHAPE)


def is_flagged(answers: Answers) -> bool:
    """Whether there ever was a case, by what the profile says."""
    said = kept.said(answers, profile.SLUG)
    has = given.flag(said, "has_insolvency_history")
    status = given.text(said, "company_status")
    return bool(has) or status == "liquidation" or status in profile.INSOLVENT


def read(number: str, answers: Answers) -> Iterator[Told]:
    """Tell them; what the profile has decided is not told again."""
    said, on = kept.said(answers, SLUG), kept.on(answers, SLUG)
    page = Page(number, on, "/insolvency")
    cases = [each for each in given.items(said, "cases") if given.text(each, "type")]
    open_ = [each for each in cases if not _has_ended(each, on)]
    status = given.text(kept.said(answers, profile.SLUG), "company_status")
    kinds = [given.text(each, "type") for each in open_]
    if cases and status not in profile.INSOLVENT and status != "dissolved":
        yield from page.tell("is_insolvent", not SOLVENT.issuperset(kinds), ", ".join(kinds))
    told = [words.CASES.get(kind, kind.replace("-", " ").capitalize()) for kind in kinds]
    yield from page.tell("insolvency", list(dict.fromkeys(told)), ", ".join(kinds))


def _has_ended(case: Given, on: date | None) -> bool:
    """By a day that ends it, or since nobody looks after it any more."""
    for each in given.items(case, "dates"):
        day = given.day(each, "date")
        if given.text(each, "type") in ENDS and day and (on is None or day <= on):
            return True
    acting = given.items(case, "practitioners")
    return bool(acting) and all(given.text(each, "ceased_to_act_on") for each in acting)
