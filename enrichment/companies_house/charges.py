"""What a company has pledged: charges that are outstanding, the latest of them, and for whom."""

from collections.abc import Iterator

from crm.outside.key import Key
from crm.registers.words import humane
from enrichment import given
from enrichment.companies_house import kept, profile
from enrichment.companies_house.kept import VALUE, Answers, Kept
from enrichment.companies_house.telling import Page
from enrichment.given import Given
from enrichment.told import Told

SLUG = "charges"
GIVES = frozenset({"charges_outstanding", "lenders", "last_charge_on"})
SHAPE = {
    "items": [{"status": VALUE, "created_on": VALUE, "persons_entitled": [{"name": VALUE}]}],
    "total_count": VALUE,
    "satisfied_count": VALUE,
}
OUTSTANDING = {"outstanding", "part-satisfied"}
MOST_LENDERS = 5


def ask(key: Key, number: str, _answers: Answers) -> Kept:
    """Ask for them; raises what `crm.outside.errors` holds."""
    return kept.ask(key, f"/company/{number}/charges", SHAPE, {"items_per_page": 100})


def are_any(answers: Answers) -> bool:
    """Whether there ever was one, by what the profile says."""
    said = kept.said(answers, profile.SLUG)
    has = given.flag(said, "has_charges")
    return profile.leads_to(said, "charges") if has is None else has


def read(number: str, answers: Answers) -> Iterator[Told]:
    """Tell how many there are; the latest comes first among those who lent."""
    said, page = kept.said(answers, SLUG), Page(number, kept.on(answers, SLUG), "/charges")
    items = given.items(said)
    found = [each for each in items if given.text(each, "status") in OUTSTANDING]
    found.sort(key=lambda each: given.text(each, "created_on"), reverse=True)
    lenders = list(dict.fromkeys(name for each in found for name in _lenders(each)))
    yield from page.tell("charges_outstanding", _count(said, items, found), ", ".join(lenders[:1]))
    yield from page.tell("lenders", list(map(humane, lenders[:MOST_LENDERS])), ", ".join(lenders))
    latest = next((day for each in found if (day := given.day(each, "created_on"))), None)
    yield from page.tell("last_charge_on", latest, str(latest or ""))


def _count(said: Given, items: object, found: list[Given]) -> int | None:
    """Those that are listed, or what the totals leave where not all are."""
    total, paid = given.whole(said, "total_count"), given.whole(said, "satisfied_count")
    listed = len(given.items(said))
    if total is not None and total > listed:
        return max(total - (paid or 0), len(found))
    return len(found) if items else None


def _lenders(charge: Given) -> list[str]:
    entitled = given.items(charge, "persons_entitled")
    return [name for each in entitled if (name := given.text(each, "name"))]
