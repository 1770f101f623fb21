"""Whose a website is: an organisation's own, or that of somebody else with another name.

What a website says is the same for all who read it; whose it is depends on whom one means. A small
firm's own website must never be taken from it, so that whatever may speak for it is enough.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from crm.registers import names
from enrichment import given
from enrichment.companies_house import fitting
from enrichment.contract import Subject
from enrichment.reading import hosts, towns, wording
from enrichment.told import ORGANISATION, Told

# By these it is known whose a website is.
TELLING = ("company_number", "vat_number", "postcode", "phone", "email")
NAMES = ("name", "legal_name")
# Under this name a subject holds websites that are somebody else's: only to be read anew.
DOUBTED = "doubted_website"
LONGEST, MOST = 200, 10
MOST_KNOWN, MOST_TEXT = 60, 400_000
# Words of so many letters are found in others' texts by chance no more; so many ends of a number.
WORD, DIGITS, SHORTEST_JOINED = 4, 9, 5
ALIKE, MADE_OF = 80.0, 0.45
# A page with fewer letters than that, and nothing else, may be a theme's, or a script's.
FEWEST = 300
NEITHER = re.compile(r"[^a-z0-9]+")
LITTLE = frozenset(("and", "the", "of", "for", "in", "at", "&"))


@dataclass(frozen=True)
class Ours:
    """What is known of the organisation from elsewhere than its website.

    `names` are all that it goes or went by, and of those that own it; `people` the names of its
    people; `known` its values by field.
    """

    names: Collection[str]
    people: Collection[str] = ()
    known: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Stranger:
    """Whom a website names that is somebody else's, in its own words, and on which page."""

    name: str
    postcode: str = ""
    url: str = ""

    @property
    def words(self) -> str:
        """Name whom the website names, as people say it."""
        return f"{self.name}, {self.postcode}" if self.postcode else self.name


def is_theirs(told: Iterable[Told], subject: Subject) -> bool:
    """Whether a website names the organisation, or gives what only it has."""
    said = [each for each in told if each.about == ORGANISATION and isinstance(each.value, str)]
    if shared(said, {name: _known(subject, name) for name in TELLING}) is not None:
        return True
    return own_name((each for each in said if _tells(each.value)), telling(subject)) is not None


def telling(subject: Subject) -> list[str]:
    """Give the names by which it can be told from others, that of the house door first."""
    every = (given.plain(each)[:LONGEST] for name in NAMES for each in _known(subject, name))
    return [each for each in dict.fromkeys(every) if _tells(each)]


def own_name(said: Iterable[Told], ours: Collection[str]) -> Told | None:
    """Give the name by which a website calls itself that may be one of these."""
    theirs = (each for each in said if each.field in NAMES and isinstance(each.value, str))
    return next((each for each in theirs if _is_one_of(each.value, ours)), None)


def shared(said: Iterable[Told], known: Mapping[str, Iterable[Any]]) -> Told | None:
    """Give what a website says that is known of the organisation, the first of these fields."""
    texts = [each for each in said if isinstance(each.value, str)]
    for name, values in known.items():
        ours = {_joined(each) for each in values if isinstance(each, str)} - {""}
        for each in texts:
            if each.field == name and _joined(each.value) in ours:
                return each
    return None


def calls(told: Iterable[Told], name: str) -> bool:
    """Whether a website calls itself by this name, or one much like it."""
    said = (each.value for each in told if each.about == ORGANISATION and each.field in NAMES)
    return any(isinstance(each, str) and _are_kin(name, each) for each in said)


def stranger(
    told: Iterable[Told], texts: Iterable[str], urls: Iterable[str], ours: Ours
) -> Stranger | None:
    """Give whom a website names if it is somebody else's; None where it is, or may be, theirs.

    `texts` are those of its pages, `urls` the addresses under which it stands. A website that names
    nobody is nobody else's, nor is any if the organisation's own name says too little.
    """
    said = [each for each in told if each.about == ORGANISATION and isinstance(each.value, str)]
    theirs = [each for each in said if each.field in NAMES and _names_somebody(each.value)]
    own = [name[:LONGEST] for name in list(ours.names)[:MOST_KNOWN] if isinstance(name, str)]
    if not theirs or not any(_names_somebody(name) for name in own):
        return None
    if any(_are_kin(name, each.value) for each in theirs for name in own):
        return None
    known = {name: list(ours.known.get(name, ()))[:MOST_KNOWN] for name in TELLING}
    if shared(said, known) is not None or _is_at_home(list(urls), own, ours):
        return None
    text = "\n".join(texts)[:MOST_TEXT]
    is_thin = len(text) < FEWEST and not any(each.field in TELLING for each in said)
    if is_thin or _is_spoken_of(text, own, ours):
        return None
    surest = next((each for each in theirs if each.field == "name"), theirs[0])
    postcode = next((each.value for each in said if each.field == "postcode"), "")
    return Stranger(" ".join(surest.value.split())[:LONGEST], postcode[:10], surest.url)


def _names_somebody(name: str) -> bool:
    """Whether a name tells one organisation from others of its trade and town."""
    called = name[:LONGEST]
    return bool(_words(called)) and not names.is_generic(names.name_key(called))


def _words(name: str) -> frozenset[str]:
    """Give the words of a name that tell it from others; of two towns together “Barley Croft” is
    none, and “Melton Mowbray” is.
    """
    telling = wording.telling(name)
    found = frozenset(word for word in telling if not towns.is_one(word))
    if found or len(telling) < 2:
        return found
    together = " ".join(word for word in wording.words(name) if word in telling)
    return frozenset() if towns.is_one(together) else telling


def _are_kin(ours: str, theirs: str) -> bool:
    """Whether two names may be those of one organisation, or of two that belong together."""
    one, other = ours[:LONGEST], theirs[:LONGEST]
    if fitting.are_alike(one, other):
        return True
    first, second = wording.key(one), wording.key(other)
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) >= SHORTEST_JOINED and shorter in longer:
        return True
    if second in _initials(one) or first in _initials(other):
        return True
    shared = _words(one) & _words(other)
    if any(len(word) >= WORD for word in shared):
        return True
    return fuzz.ratio(first, second) >= ALIKE


def _initials(name: str) -> Iterator[str]:
    """Give what a name may be shortened to: BBC, B&Q, M&S."""
    words = wording.words(name)
    for left_out in (frozenset[str](), LITTLE, LITTLE | wording.LEGAL):
        letters = "".join(word[0] for word in words if word not in left_out)
        if len(letters) > 1:
            yield letters


def _is_at_home(urls: Iterable[str], own: Iterable[str], ours: Ours) -> bool:
    """Whether the domain was made of one of its names, or its mail comes from there."""
    places = [host for url in urls if (host := hosts.host(url))]
    mails = {
        hosts.registrable(str(each).rpartition("@")[2].casefold())
        for each in list(ours.known.get("email", ()))[:MOST_KNOWN]
    }
    if any(hosts.registrable(host) in mails and not hosts.is_free_mail(host) for host in places):
        return True
    labels = {NEITHER.sub("", hosts.chosen(host)) for host in places}
    return any(_is_made_of(label, name) for label in labels if label for name in own)


def _is_made_of(label: str, name: str) -> bool:
    telling = _words(name)
    if any(len(word) >= WORD and word in label for word in telling):
        return True
    if telling and wording.covers(" ".join(sorted(telling)), label) >= MADE_OF:
        return True
    joined = wording.key(name)
    if len(label) >= SHORTEST_JOINED and (label in joined or joined in label):
        return True
    return any(len(each) > 2 and label.startswith(each) for each in _initials(name))


def _is_spoken_of(text: str, own: Iterable[str], ours: Ours) -> bool:
    """Whether the pages speak of it, of its people, or hold what only it has."""
    said = set(wording.WORD.findall(wording.plain(wording.APOSTROPHES.sub("", text))))
    for name in own:
        if any(len(word) >= WORD and word in said for word in _words(name)):
            return True
    joined = _joined(text)
    if any(len(key) >= SHORTEST_JOINED and key in joined for key in map(_joined, own)):
        return True
    for person in list(ours.people)[:MOST_KNOWN]:
        parts = wording.words(str(person)[:LONGEST])
        if len(parts) > 1 and {parts[0], parts[-1]} <= said:
            return True
    for name in TELLING:
        for value in list(ours.known.get(name, ()))[:MOST_KNOWN]:
            sought = _joined(str(value))
            sought = sought[-DIGITS:] if name == "phone" else sought
            if len(sought) >= SHORTEST_JOINED and sought in joined:
                return True
    return False


def _joined(text: str) -> str:
    """Give a text's letters and figures alone: numbers and postcodes are parted in many ways."""
    return NEITHER.sub("", wording.plain(text))


def _is_one_of(name: str, ours: Iterable[str]) -> bool:
    return any(fitting.are_alike(one, name) for one in ours)


def _tells(name: str) -> bool:
    """Whether a name is one that tells one organisation from another."""
    key = names.name_key(name[:LONGEST])
    return bool(key) and not names.is_generic(key)


def _known(subject: Subject, name: str) -> list[Any]:
    return list(subject.known.get(name, ()))[:MOST]
