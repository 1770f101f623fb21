"""Whether Apollo knows somebody with a wanted job at a company: the title, and no name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from campaigns.criteria import Criteria
from campaigns.discovery import domains
from campaigns.discovery.apollo import search
from campaigns.discovery.live import Seen
from campaigns.discovery.paged import SIZE
from campaigns.discovery.plain import text
from crm import http
from crm.outside.errors import Outside
from crm.outside.key import Key
from crm.registers.names import name_key

# They cost nothing but time.
MOST_PAGES = 5


@dataclass(frozen=True)
class Jobs:
    """Titles by the name of the company. `is_all`: whoever is not among them has nobody."""

    titles: Mapping[str, str] = field(default_factory=dict)
    is_all: bool = False
    trouble: str = ""

    def of(self, seen: Seen) -> str:
        return self.titles.get(name_key(seen.candidate.name), "")


def wanted_there(key: Key, companies: Sequence[Seen], wanted: Criteria) -> Jobs:
    """Ask who works at these companies with one of the titles.

    Whatever goes wrong is said and no more: the companies are paid for already.
    """
    theirs = sorted({domain(each) for each in companies} - {""})
    titles: dict[str, str] = {}
    if not theirs:
        return Jobs(is_all=True)
    for number in range(1, MOST_PAGES + 1):
        asked = search.people(theirs, wanted, number)
        try:
            said = http.call(key, "POST", search.PEOPLE, query=asked).json()
        except Outside as error:
            return Jobs(titles, trouble=str(error))
        people = said.get("people") if isinstance(said, Mapping) else None
        if not isinstance(people, list):
            return Jobs(titles, trouble="Apollo answered, but without a list of people.")
        for person in people:
            _note(person, titles)
        if len(people) < SIZE:
            return Jobs(titles, is_all=True)
    return Jobs(titles)


def domain(seen: Seen) -> str:
    """Give the domain of its website, as Apollo is asked for it."""
    return domains.of(seen.candidate.website)


def with_title(seen: Seen, title: str) -> Seen:
    """Note that somebody with this title works there."""
    return replace(seen, candidate=replace(seen.candidate, job_title=title[:200]))


def _note(person: object, titles: dict[str, str]) -> None:
    if not isinstance(person, Mapping):
        return
    employer = person.get("organization")
    name = text(employer.get("name")) if isinstance(employer, Mapping) else ""
    title = text(person.get("title"), 200)
    if title and name_key(name):
        titles.setdefault(name_key(name), title)
