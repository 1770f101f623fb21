"""An organisation's own website: a few of its pages, read politely, and what they say of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone

from crm.outside.errors import Later
from enrichment import everybodys, linkedin, whose
from enrichment.contract import Answer, Asking, Provider, Subject, Unanswerable
from enrichment.crawling import addresses
from enrichment.crawling.contract import Crawl, State
from enrichment.crawling.crawl import crawl
from enrichment.providers import pagetexts
from enrichment.providers.pages_so_far import PagesSoFar
from enrichment.reading import page, site
from enrichment.reading.page import Page
from enrichment.storable import storable
from enrichment.told import Told

# A website that asks to be called later is, once, if that is soon.
LONGEST_WAIT = timedelta(hours=1)
WAITED = "asked to be called later"
LONGEST = 200
LIST = re.compile(
    r"^\W*(?:local |all |other )?(?:businesses|companies|firms|organisations|traders|suppliers|"
    r"business (?:directory|listings?))\b(?: (?:in|near|around|of|for|across) |\W*$)",
    re.IGNORECASE | re.MULTILINE,
)
MOST_HEAD, FEWEST = 400, 3
NOTHING = "The website says nothing of whoever made it."
SAID = {
    "construction": "The website is still being built.",
    "closed": "The website says that the business has closed.",
    "directory": "The website lists many organisations; it is no website of one.",
    "empty": "There is nothing to read on the website.",
}


@dataclass(frozen=True)
class Website(Provider):
    """What it keeps: the texts of the pages (`site_text`), for quotes and for a summary.

    Until it is answered, the pages themselves: whoever is interrupted does not read them again.
    """

    slug = "website"
    label = "Its website"
    service = ""
    needs = (frozenset({"website"}), frozenset({"domain"}), frozenset({whose.DOUBTED}))
    gives = site.GIVES | {"website"}
    gives_people = site.GIVES_PEOPLE
    action = None
    good_for = 30
    is_shared = True
    is_of_people = False
    checks = ""

    def about(self, subject: Subject) -> str:
        url = _start(subject)
        return f"{addresses.site(url)}{urlsplit(url).path.rstrip('/')}"[:LONGEST] if url else ""

    def charge(self) -> int:
        return 0

    def ask(self, asking: Asking) -> Answer:
        start = _start(asking.subject)
        if not start:
            return Answer(why_nothing="No website of its own is known.")
        so_far = PagesSoFar(asking, start)
        found = _read(start, so_far)
        if found.state is State.MOVED:
            found = _followed(found, asking.subject, so_far)
        if found.state is State.AWAY:
            _away(found, asking)
        told = [*_in_one_form(site.told(found))]
        if _is_a_list(found, told):
            told = [_as_directory(each) for each in told if each.field.startswith("site_")]
        if found.moved_to and found.state is State.OK:
            told.append(Told("website", found.url, "checked", start))
        why = _why(found, told)
        kept = {
            "state": str(found.state),
            "said": found.reason,
            "url": found.url,
            "moved_to": found.moved_to,
            "site_text": pagetexts.of(found, told) if _state(told) == State.OK else [],
        }
        return Answer(told, kept=storable(kept), why_nothing=why)


def _start(subject: Subject) -> str:
    """Give where to begin to read; "" where no address is known, or it is one at a network."""
    # One that seemed to be somebody else's is read all the same: what it says may have changed.
    written = subject.get("website") or subject.get("domain") or subject.get(whose.DOUBTED)
    url = next(addresses.starts(written), "") if isinstance(written, str) else ""
    return url if url and not _is_at_a_network(url) else ""


def _is_at_a_network(url: str) -> bool:
    """Pages there are nobody's website, and some networks forbid programs to read them."""
    return addresses.registrable(url) in everybodys.NETWORKS


def _read(start: str, so_far: PagesSoFar) -> Crawl[Page]:
    return crawl(start, so_far.keep, read=page.read, known=so_far)


def _away(found: Crawl[Page], asking: Asking) -> None:
    """Come back when the website wants it; else say why there is nothing, and ask another day."""
    if found.until and not asking.ticket and found.until <= timezone.now() + LONGEST_WAIT:
        asking.keep(WAITED)
        raise Later(found.until, found.reason)
    raise Unanswerable(found.reason)


def _followed(found: Crawl[Page], subject: Subject, so_far: PagesSoFar) -> Crawl[Page]:
    """Read the website to which another leads, if it is that of the same organisation."""
    goal = found.moved_to
    if _is_at_a_network(goal) or not addresses.is_name(addresses.host(goal)):
        return found
    there = _read(goal, so_far)
    if there.state is not State.OK or not whose.is_theirs(site.told(there), subject):
        return found
    return replace(there, asked=found.asked, moved_to=goal)


def _in_one_form(told: Iterable[Told]) -> Iterator[Told]:
    """Write profiles at LinkedIn as all sources do, so that the same is the same."""
    for each in told:
        if each.field != "linkedin":
            yield each
        elif url := (linkedin.person if each.about else linkedin.company)(str(each.value)):
            yield replace(each, value=url)


def _is_a_list(found: Crawl[Page], told: Iterable[Told]) -> bool:
    """Whether the first page calls itself a list of a place's businesses, and has several."""
    if not found.pages or not LIST.search(found.pages[0].read.text[:MOST_HEAD]):
        return False
    home = found.pages[0].read.url
    return sum(each.field == "phone" and each.url == home for each in told) >= FEWEST


def _as_directory(each: Told) -> Told:
    return replace(each, value="directory") if each.field == "site_state" else each


def _why(found: Crawl[Page], told: list[Told]) -> str:
    """Say in a sentence why nothing is told of the organisation; "" where something is."""
    if any(each.about or not each.field.startswith("site_") for each in told):
        return ""
    return SAID.get(_state(told), NOTHING) if found.state is State.OK else found.reason


def _state(told: Iterable[Told]) -> str:
    return next((str(each.value) for each in told if each.field == "site_state"), "")


PROVIDER = Website()
