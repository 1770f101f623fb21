"""Hunter's domain search: who works at an organisation, and which addresses it shows."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm import jobs
from crm.credits.prices import Action
from crm.outside.errors import NotAccepted
from enrichment import given, linkedin
from enrichment.contract import Answer, Asking, NotYet, Provider, Subject
from enrichment.emails import lists
from enrichment.providers import domain, person, values
from enrichment.providers.hunter import calling, row
from enrichment.providers.hunter.row import Row
from enrichment.providers.person import Person
from enrichment.told import Told

PATH = "/domain-search"
MOST_ROWS, MOST_DESKS = 100, 10
PATTERN = re.compile(r"(?:\{(?:first|last|f|l)\}[._-]?){1,3}")


@dataclass(frozen=True)
class HunterSearch(Provider):
    """One call, one of Hunter's credits, whoever it names."""

    slug = "hunter_search"
    label = "Hunter domain search"
    service = calling.SERVICE
    needs = (frozenset({"website"}), frozenset({"email"}))
    gives = frozenset({"email"})
    gives_people = person.FIELDS
    action = Action.HUNTER_SEARCH
    good_for = 90
    is_shared = False
    is_of_people = False
    checks = ""

    def about(self, subject: Subject) -> str:
        return jobs.named(domain.of(subject), subject.titles)

    def charge(self) -> int:
        return calling.credit()

    def ask(self, asking: Asking) -> Answer | NotYet:
        said = _asked(asking, domain.of(asking.subject))
        if not isinstance(said, dict):
            return said
        if not isinstance(said.get("emails"), list):
            raise calling.unreadable("without a list of addresses")
        rows = given.items(said, "emails")[:MOST_ROWS]
        cost = calling.credit() if rows else 0
        domains = domain.all_of(asking.subject)
        is_ours = domain.registered(values.text(said, "domain")) in domains
        if not is_ours or said.get("webmail") is True or said.get("disposable") is True:
            why = f"Hunter knows nobody at {domain.of(asking.subject)}."
            return Answer(cost_micros=cost, why_nothing=why)
        return _told(said, _read(rows, domains, asking.today), asking, cost)


def _asked(asking: Asking, called: str) -> dict[str, Any] | Answer | NotYet:
    try:
        return calling.ask(asking, PATH, {"domain": called, "limit": MOST_ROWS})
    except NotAccepted as error:
        if error.kind:
            raise
        # Free plans get ten at once, and are refused where they ask for more.
        return calling.ask(asking, PATH, {"domain": called})


def _read(
    rows: Collection[Any], domains: Collection[str], today: date
) -> list[tuple[dict[str, Any], Row]]:
    read = ((each, row.read(each, "value", domains, today)) for each in rows)
    return [(each, found) for each, found in read if found is not None]


def _told(
    said: dict[str, Any], rows: list[tuple[dict[str, Any], Row]], asking: Asking, cost: int
) -> Answer:
    desks: dict[str, Row] = {}
    people: dict[str, Person] = {}
    for each, found in rows:
        if _is_desk(each, found):
            desks.setdefault(found.address.text, found)
        elif someone := _person(each, found):
            known = people.get(someone.name.casefold())
            if known is None or (someone.is_checked and not known.is_checked):
                people[someone.name.casefold()] = someone
    # Whose address works comes first among equals.
    ranked = sorted(people.values(), key=lambda one: (not one.is_checked, not one.email))
    chosen = jobs.choose(ranked, asking.subject.titles, lambda one: one.job_title)
    shown = {*list(desks)[:MOST_DESKS], *(one.key for one in chosen)}
    told = [_desk(desks[each]) for each in desks if each in shown and desks[each].is_usable]
    told += [each for one in chosen for each in one.told()]
    kept: dict[str, Any] = {
        "said": [one for _, found in rows if found.address.text in shown for one in found.said()]
    }
    pattern = values.text(said, "pattern", 40)
    if PATTERN.fullmatch(pattern):
        kept["pattern"] = pattern
    if isinstance(said.get("accept_all"), bool):
        kept["accept_all"] = said["accept_all"]
    why = f"Hunter knows nobody with such a job at {domain.of(asking.subject)}."
    return Answer(told, cost_micros=cost, kept=kept, why_nothing=why)


def _is_desk(each: dict[str, Any], found: Row) -> bool:
    return values.text(each, "type") == "generic" or lists.is_role(found.address.local)


def _desk(found: Row) -> Told:
    """Tell an address that is nobody's own."""
    way = "provider_checked" if found.is_checked else "provider"
    return Told("email", found.address.text, way, found.url, as_of=found.as_of)


def _person(each: dict[str, Any], found: Row) -> Person | None:
    first, last = values.text(each, "first_name", 60), values.text(each, "last_name", 60)
    name = values.name(f"{first} {last}") if first and last else ""
    if not name:
        return None
    return Person(
        key=found.address.text,
        name=name,
        job_title=values.text(each, "position", values.LONGEST_TITLE),
        email=found.address.text if found.is_usable else "",
        is_checked=found.is_checked,
        checked_on=found.checked_on,
        phone=values.phone(values.text(each, "phone_number")),
        linkedin=linkedin.person(values.text(each, "linkedin", linkedin.LONGEST)),
        url=found.url,
        seen_on=found.seen_on,
    )


PROVIDER = HunterSearch()
