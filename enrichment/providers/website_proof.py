"""Whether a website is that of an organisation of which none is known: by what it says itself.

A name is not enough: there are many of most, and whoever lists others names them, too.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from enrichment import everybodys, given, whose
from enrichment.contract import Subject
from enrichment.crawling import addresses
from enrichment.crawling.contract import Crawl, Fetched, Limits, State
from enrichment.crawling.crawl import crawl
from enrichment.reading import page, site
from enrichment.reading.page import Page
from enrichment.told import ORGANISATION, Told

# Names, places and numbers stand on the first pages; who has proven itself is read in full later.
LIMITS = Limits(pages=4, seconds=30.0, page_seconds=10.0)
# By these an organisation is told from its namesakes.
MARKS = ("company_number", "phone", "postcode")
# Of these there is one for each: a neighbour has the postcode, too.
OWN_MARKS = frozenset({"company_number", "phone"})
MOST, LONGEST = 10, 200
# Where nobody has a website.
NOWHERE = frozenset({State.NOT_THERE, State.PARKED, State.FORBIDDEN, State.NOT_A_PAGE})
GAP = r"[^\w]{1,5}"


class Standing(StrEnum):
    """What a website proves of whose it is."""

    PROVEN = "proven"  # it is called so, and gives what only they have
    LIKELY = "likely"  # part of that
    UNREAD = "unread"  # nobody may read it, or can right now
    NOT_THEIRS = "not theirs"  # it is somebody else's, everybody's or nobody's


@dataclass(frozen=True)
class Finding:
    """`url` is where the website begins; `proof` is what was found there that shows whose it is."""

    standing: Standing
    url: str
    said: str
    proof: Told | None = None


def look(start: str, subject: Subject, *, is_vouched: bool = False) -> Finding:
    """Read the website at this address, and say whose it is. Raises Later while another reads it.

    Who is listed by others has a page there; so the website is read from its first page on.
    `is_vouched`: its mail comes from there, so that the name will do.
    """
    first = f"{addresses.origin(start)}/"
    found, why = _read(first)
    if found is not None and found.state is State.NOT_THERE and start != first:
        found, why = _read(start)
    if found is None:
        return Finding(Standing.NOT_THEIRS, first, why)
    if found.state is not State.OK:
        is_nowhere = found.state in NOWHERE or found.state is State.MOVED
        standing = Standing.NOT_THEIRS if is_nowhere else Standing.UNREAD
        return Finding(standing, first, found.reason)
    return _judged(found, subject, is_vouched)


def told(found: Finding, cited: str = "") -> Told:
    """Tell of a website, with the words that prove it; of one that may be theirs, who cited it."""
    proof = found.proof
    if found.standing is Standing.PROVEN and proof is not None:
        return Told("website", found.url, "checked", proof.url or found.url, proof.quote)
    return Told("website", found.url, "unproven", cited)


def marks(subject: Subject) -> dict[str, list[str]]:
    """Give what is known by which it differs from its namesakes, by field, the surest first."""
    plain = {
        field: [given.plain(each) for each in list(subject.known.get(field, ()))[:MOST]]
        for field in MARKS
    }
    said = {field: [each for each in values if each] for field, values in plain.items()}
    return {field: values for field, values in said.items() if values}


def has_website(subject: Subject) -> bool:
    """Say whether any website is known."""
    return bool(subject.get("website") or subject.get("domain"))


def _read(start: str) -> tuple[Crawl[Page] | None, str]:
    """Read a few pages, and where it leads elsewhere those there; None of what is everybody's."""
    found: Crawl[Page] | None = None
    for _ in range(2):
        if not addresses.is_name(addresses.host(start)) or everybodys.is_one(start):
            return None, f"{addresses.host(start)} is no website of one organisation."
        found = crawl(start, _nowhere, read=page.read, limits=LIMITS)
        if found.state is not State.MOVED:
            break
        start = found.moved_to
    return found, ""


def _nowhere(_: Fetched) -> None:
    """What proves it is told; its pages are read anew by whoever tells of the rest."""


def _judged(found: Crawl[Page], subject: Subject, is_vouched: bool) -> Finding:
    said = [each for each in site.told(found) if each.about == ORGANISATION]
    home = f"{addresses.origin(found.url)}/" if _is_root(found.url) else found.url
    host = addresses.host(home)
    if any(each.field == "site_state" and each.value in site.NOBODYS for each in said):
        return Finding(Standing.NOT_THEIRS, home, f"{host} is no website of one organisation.")
    ours = whose.telling(subject)
    theirs = [each for each in said if each.field in whose.NAMES and isinstance(each.value, str)]
    alike = whose.own_name(theirs, ours)
    proof = whose.shared(said, marks(subject)) or (alike if is_vouched else None)
    who = f"{host} is called “{theirs[0].value[:LONGEST]}”" if theirs else f"{host} names nobody"
    if alike and proof is not None:
        return Finding(Standing.PROVEN, home, f"{who}.", proof)
    if alike and _is_in_town(found, subject):
        return Finding(Standing.LIKELY, home, f"{who} and in the same town.")
    if proof is not None and (proof.field in OWN_MARKS or not _is_strangers(said, home, ours)):
        return Finding(Standing.LIKELY, home, f"{who} and has the same {_label(proof)}.", proof)
    return Finding(Standing.NOT_THEIRS, home, f"{who}; nothing shows that it is theirs.")


def _is_strangers(said: Iterable[Told], home: str, ours: Sequence[str]) -> bool:
    """Whether it names somebody who has no part in any of our names."""
    return whose.stranger(said, (), (home,), whose.Ours(ours)) is not None


def _is_root(url: str) -> bool:
    return addresses.identity(url) == addresses.identity(f"{addresses.origin(url)}/")


def _is_in_town(found: Crawl[Page], subject: Subject) -> bool:
    town = given.plain(subject.get("town"))
    words = re.findall(r"\w+", town)
    if not words:
        return False
    named = re.compile(rf"\b{GAP.join(map(re.escape, words))}\b", re.IGNORECASE)
    return any(named.search(visit.read.text) for visit in found.pages)


def _label(proof: Told) -> str:
    return proof.field.replace("_", " ")
