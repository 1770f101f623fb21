"""Who directs a company: current directors, members and secretaries, as people."""

import re
from collections.abc import Iterator

from crm.outside.key import Key
from enrichment import given
from enrichment.companies_house import kept, people, words
from enrichment.companies_house.kept import VALUE, Answers, Kept
from enrichment.companies_house.telling import Page
from enrichment.given import Given
from enrichment.told import Told

SLUG, MORE = "officers", "more_officers"
# What the register gives at once; those who have resigned come last.
PAGE = 35
# Neither where they live nor when they were born.
SHAPE = {
    "items": [
        {
            "name": VALUE,
            "officer_role": VALUE,
            "appointed_on": VALUE,
            "resigned_on": VALUE,
            "links": {"officer": {"appointments": VALUE}},
        }
    ],
    "active_count": VALUE,
    "total_results": VALUE,
}
# The name is that of a person.
GIVES = frozenset({"officer_role", "appointed_on"})
IDENT = re.compile(r"/officers/([\w-]{10,60})/appointments")
CORPORATE = "corporate-"
# Of two roles this one is named first.
FIRST = ("director", "llp-designated-member", "llp-member")


def ask(key: Key, number: str, _answers: Answers) -> Kept:
    """Ask for the first of them; raises what `crm.outside.errors` holds."""
    return kept.ask(key, f"/company/{number}/officers", SHAPE, {"items_per_page": PAGE})


def ask_more(key: Key, number: str, _answers: Answers) -> Kept:
    """Ask for those behind the first page."""
    query = {"items_per_page": PAGE, "start_index": PAGE}
    return kept.ask(key, f"/company/{number}/officers", SHAPE, query)


def are_more(answers: Answers) -> bool:
    """Whether some of those who are there now are not on the first page."""
    said = kept.said(answers, SLUG)
    listed = given.items(said)
    current = sum(_is_current(each) for each in listed)
    active = given.whole(said, "active_count")
    if len(listed) < PAGE:
        return False
    if active is None:
        return current == len(listed) and (given.whole(said, "total_results") or 0) > PAGE
    return current < active


def read(number: str, answers: Answers) -> Iterator[Told]:
    """Tell those of the first page."""
    return _people(number, answers, SLUG)


def read_more(number: str, answers: Answers) -> Iterator[Told]:
    """Tell those behind it."""
    return _people(number, answers, MORE)


def _people(number: str, answers: Answers, slug: str) -> Iterator[Told]:
    page = Page(number, kept.on(answers, slug), "/officers")
    found: dict[str, list[Given]] = {}
    for each in given.items(kept.said(answers, slug)):
        role = given.text(each, "officer_role")
        name = people.natural(given.text(each, "name"))
        if name and _is_current(each) and not role.startswith(CORPORATE):
            found.setdefault(_key(each, name), []).append(each)
    for key, posts in found.items():
        yield from _person(page, key, posts)


def _person(page: Page, key: str, posts: list[Given]) -> Iterator[Told]:
    """Somebody with all of their posts; the first of them is what counts."""
    posts = sorted(posts, key=lambda post: given.text(post, "officer_role") not in FIRST)
    written = given.text(posts[0], "name")
    yield from page.tell("name", people.natural(written), written, about=key)
    codes = dict.fromkeys(given.text(post, "officer_role") for post in posts)
    first, *others = [words.ROLES[code] for code in codes if code in words.ROLES] or [""]
    role = " and ".join([first, *(other[:1].lower() + other[1:] for other in others)])
    yield from page.tell("officer_role", role, ", ".join(codes), about=key)
    since = given.day(posts[0], "appointed_on")
    yield from page.tell("appointed_on", since, str(since or ""), about=key)


def _key(item: Given, name: str) -> str:
    """The register's own id of somebody; the name where it gives none."""
    links = given.part(item, "links", "officer")
    found = IDENT.fullmatch(given.text(links, "appointments"))
    return f"officer:{found[1]}" if found else f"officer:{name.casefold()}"


def _is_current(item: Given) -> bool:
    return not given.text(item, "resigned_on")
