"""People in Apollo's answers: glimpsed in a search without surname or address, then revealed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm import jobs
from enrichment import given, linkedin
from enrichment.companies_house import fitting
from enrichment.contract import Asking, Unanswerable
from enrichment.emails import lists
from enrichment.providers import domain, values
from enrichment.providers.apollo import calling, organisation
from enrichment.providers.person import Person

SEARCH, REVEAL = "/mixed_people/api_search", "/people/bulk_match"
# To a page of the search, and at once.
PAGE, AT_ONCE = 100, 10
# What it says of an address that is worth telling; "verified" is one whose server was asked.
CHECKED = "verified"
USABLE = frozenset({CHECKED, "guessed", "extrapolated", "unverified", "likely to engage", ""})


@dataclass(frozen=True)
class Glimpse:
    """Somebody as the search shows them, which costs nothing."""

    ident: str
    title: str
    employer: str
    has_email: bool
    seen_on: date | None


@dataclass(frozen=True)
class Revealed:
    """`credits` are Apollo's."""

    people: Sequence[Person]
    credits: int


def glimpse(asking: Asking, called: str) -> list[Glimpse]:
    """Look who works there and has one of the jobs, or decides, the best first.

    It is kept for today: whoever has to wait before they are revealed does not search again. Raises
    what `crm.outside.errors` holds, and Unanswerable.
    """
    titles = jobs.sought(asking.subject.titles)
    search = [called, f"{asking.subject.get('name')}", asking.most, *titles]
    if (seen := asking.so_far(*search)) is not None:
        return list(_seen(seen))
    chosen = _search(asking, called, titles)[: asking.most]
    seen = [[each.ident, each.title, f"{each.seen_on or ''}"] for each in chosen]
    asking.save_so_far(seen, *search)
    return chosen


def _seen(rows: Sequence[Sequence[str]]) -> Iterator[Glimpse]:
    for ident, title, seen_on in rows:
        yield Glimpse(ident, title, "", False, date.fromisoformat(seen_on) if seen_on else None)


def _search(asking: Asking, called: str, titles: Sequence[str]) -> list[Glimpse]:
    query: dict[str, Any] = {
        "q_organization_domains_list[]": [called],
        **({"person_titles[]": titles} if titles else {}),
        "page": 1,
        "per_page": PAGE,
    }
    said = calling.ask(asking, "POST", SEARCH, charge=0, query=query)
    if not isinstance(said.get("people"), list):
        raise Unanswerable("Apollo answered, but without a list of people.")
    found = [_glimpse(each, asking.today) for each in given.items(said, "people")]
    seen = {each.ident: each for each in found if each.ident}
    there = _employed(list(seen.values()), asking.subject.get("name"))
    there.sort(key=lambda each: not each.has_email)
    return jobs.choose(there, titles, lambda each: each.title)


def reveal(asking: Asking, chosen: Sequence[Glimpse]) -> Revealed:
    """Ask for all that Apollo knows of at most ten of them, each of whom may take a credit.

    Raises what `crm.outside.errors` holds, and Unanswerable.
    """
    asked = {each.ident: each for each in chosen[:AT_ONCE]}
    charge = calling.credits(len(asked))
    details = {"details": [{"id": ident} for ident in asked]}
    said = calling.ask(asking, "POST", REVEAL, charge=charge, json=details)
    if not isinstance(said.get("matches"), list):
        raise Unanswerable("Apollo answered, but without the people.", cost_micros=charge)
    domains = domain.all_of(asking.subject)
    people = {
        ident: person
        for each in given.items(said, "matches")
        if (ident := values.text(each, "id", 60)) in asked
        and (person := _person(each, asked[ident], domains)) is not None
    }
    taken = given.whole(said, "credits_consumed")
    if taken is None or taken > len(asked):
        taken = len(asked)
    return Revealed(list(people.values()), taken)


def _glimpse(said: Mapping[str, Any], today: date) -> Glimpse:
    return Glimpse(
        ident=values.text(said, "id", 60),
        title=values.text(said, "title", values.LONGEST_TITLE),
        employer=values.text(given.part(said, "organization"), "name"),
        has_email=said.get("has_email") is True,
        seen_on=values.day(said, "last_refreshed_at", today),
    )


def _employed(seen: list[Glimpse], name: str) -> list[Glimpse]:
    """Leave out who works elsewhere by now: the search finds former employers as well.

    Names differ in good faith, so that only who is beside somebody that fits is left out.
    """
    alike = [each for each in seen if name and fitting.are_alike(name, each.employer)]
    return alike or seen


def _person(said: Mapping[str, Any], seen: Glimpse, domains: Collection[str]) -> Person | None:
    """Read somebody; None where they work elsewhere, or are called nothing."""
    whole = values.text(said, "name") or " ".join(
        values.text(said, name, 60) for name in ("first_name", "last_name")
    )
    name = values.name(whole)
    title = values.text(said, "title", values.LONGEST_TITLE) or seen.title
    is_there = organisation.is_of(given.part(said, "organization"), domains)
    if not name or not is_there or jobs.is_past(title):
        return None
    status = values.text(said, "email_status", 40).lower()
    return Person(
        key=seen.ident,
        name=name,
        job_title=title,
        email=_email(said, domains) if status in USABLE else "",
        is_checked=status == CHECKED,
        linkedin=linkedin.person(values.text(said, "linkedin_url", linkedin.LONGEST)),
        seen_on=seen.seen_on,
    )


def _email(said: Mapping[str, Any], domains: Collection[str]) -> str:
    """Read the address of a person there; a desk's is nobody's."""
    address = values.address(values.text(said, "email"))
    if address is None or lists.is_role(address.local):
        return ""
    return address.text if domain.registered(address.asked) in domains else ""
