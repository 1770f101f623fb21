"""Whether two names are those of one organisation, as a register and a website write them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import product

from rapidfuzz import fuzz

from campaigns.verification.words import GREETING, GROUP, HOLDING, NOISE, ONE_WORD, TRADE
from crm.registers import names

TRADING_AS = re.compile(
    r"\s+(?:t/a|trading as|known as|\(?part of)\s+|\s+(?:is |are )?(?:a )?trading names? of\s+",
    re.I,
)
BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
PARTS = re.compile(r"\s+[-–—|·•:»]+\s+|[|·•»]|\s*[,;]\s+|:\s+|\.\s+")
LLP = re.compile(r"\bllp\b", re.I)
LIMITED = re.compile(r"\b(?:ltd|limited|plc)\b", re.I)
INCORPORATED = re.compile(r"\b(?:ltd|limited|plc|llp|c\.?i\.?c)\b\.?", re.I)
TYPO_FROM = 8


class Likeness(IntEnum):
    """PART is enough only where number and place agree as well."""

    OTHER = 0
    PART = 1
    NEAR = 2
    SAME = 3


@dataclass(frozen=True)
class Surroundings:
    """Names of places: `home` are those near the organisation, which it may add or leave out."""

    home: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()


NOWHERE = Surroundings()


def of(one: str, other: str, around: Surroundings = NOWHERE) -> Likeness:
    """Compare two names; each may come with what it trades as, or with more in brackets."""
    pairs = product(_versions(one), _versions(other))
    return max((_of(a, b, around) for a, b in pairs), default=Likeness.OTHER)


def agrees(one: str, other: str, around: Surroundings = NOWHERE) -> bool:
    """Say whether the two may well be one."""
    return of(one, other, around) >= Likeness.NEAR


def is_holding(name: str) -> bool:
    """Say whether a name says that the company owns others."""
    return bool(HOLDING & set(words(name)))


def says_company(name: str) -> bool:
    """Say whether a name claims to be a company's at Companies House."""
    return INCORPORATED.search(name) is not None


def is_telling(name: str, around: Surroundings = NOWHERE) -> bool:
    """Say whether a name has a word by which it differs from others of its trade."""
    return any(_is_telling(word) for word in _without(words(name), around.home))


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """Give the words that count, each in one spelling."""
    found = (ONE_WORD.get(each, each) for each in names.name_key(name).split())
    return tuple(each for each in found if each and each not in NOISE)


def within(name: str, text: str, around: Surroundings = NOWHERE) -> bool:
    """Say whether a running text (see `spoken`) names it in full, and not another that is longer.

    A name of one short word is not looked for: too many sentences hold it by chance.
    """
    for version in _versions(name):
        sought = _without(words(version), around.home)
        if not _is_sought(sought):
            continue
        phrase = " ".join(sought)
        for found in re.finditer(rf"(?<= ){re.escape(phrase)}(?= )", text):
            after = text[found.end() : found.end() + 40].split(" ")[1:3]
            if not HOLDING & set(after[:1]) and not _is_away(after, around):
                return True
    return False


def spoken(text: str) -> str:
    """Write a text as `within` reads it."""
    return f" {' '.join(words(text[:200_000]))} "


def segments(title: str) -> Iterator[str]:
    """Give what may be the name in the title of a page, without greetings."""
    for part in (title, *PARTS.split(title)):
        kept = part.split()
        while kept and _plain(kept[0]) in GREETING:
            kept.pop(0)
        while kept and _plain(kept[-1]) in GREETING:
            kept.pop()
        if kept:
            yield " ".join(kept)


def _plain(word: str) -> str:
    return word.strip("!:,.©").lower()


@lru_cache(maxsize=5_000)
def _versions(name: str) -> tuple[str, ...]:
    found = [part for part in TRADING_AS.split(name) if part.strip()]
    # A bare acronym in brackets is another name; a place or "UK" is part of this one.
    for part in list(found):
        for inner in BRACKETS.findall(part):
            outer = BRACKETS.sub(" ", part)
            if inner.isupper() and 2 < len(inner) <= 6 and inner.isalpha():
                found += [outer, inner]
    return tuple(found)


def _of(one: str, other: str, around: Surroundings) -> Likeness:
    first, second = words(one), words(other)
    if not first or not second:
        return Likeness.OTHER
    if bool(HOLDING & set(first)) != bool(HOLDING & set(second)):
        return Likeness.OTHER
    most = _most(one, other, set(first) ^ set(second))
    if names.name_key(one) == names.name_key(other) or "".join(first) == "".join(second):
        return min(most, Likeness.SAME)
    return min(most, _compared(_without(first, around.home), _without(second, around.home), around))


def _most(one: str, other: str, differing: set[str]) -> Likeness:
    """Another legal form, or a group and a member of it, are alike at the most."""
    crossed = (LLP.search(one) and LIMITED.search(other)) or (
        LIMITED.search(one) and LLP.search(other)
    )
    return Likeness.PART if crossed or GROUP & differing else Likeness.SAME


def _compared(first: tuple[str, ...], second: tuple[str, ...], around: Surroundings) -> Likeness:
    one, other = {_singular(w) for w in first}, {_singular(w) for w in second}
    if not one or not other:
        return Likeness.OTHER
    shared, more = one & other, one ^ other
    if _names_a_place(first, second, around):
        return Likeness.OTHER
    if not more or "".join(first) == "".join(second):
        return Likeness.SAME if any(map(_is_telling, shared)) else Likeness.NEAR
    if shared in (one, other):
        is_clear = any(map(_is_telling, shared)) and more <= SOFT
        return Likeness.NEAR if is_clear else Likeness.PART
    a, b = " ".join(first), " ".join(second)
    is_slip = min(len(a), len(b)) >= TYPO_FROM and len(first) == len(second)
    return Likeness.PART if is_slip and fuzz.ratio(a, b) >= 92 else Likeness.OTHER


def _names_a_place(first: tuple[str, ...], second: tuple[str, ...], around: Surroundings) -> bool:
    """Whether only one of them names a place that is elsewhere."""
    return any(
        phrase in around.away
        for longer, shorter in ((first, second), (second, first))
        for phrase in _phrases([word for word in longer if word not in shorter])
    )


def _is_away(after: list[str], around: Surroundings) -> bool:
    return any(phrase in around.away for phrase in _phrases(after) if after[0] in phrase.split())


def _phrases(words: list[str]) -> Iterator[str]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + 3, len(words)) + 1):
            yield " ".join(words[start:end])


def _without(words: tuple[str, ...], places: frozenset[str]) -> tuple[str, ...]:
    """Leave out names of places near by, unless nothing else is there."""
    kept = list(words)
    for size in (3, 2, 1):
        for start in range(len(kept) - size, 0, -1):
            if " ".join(kept[start : start + size]) in places:
                del kept[start : start + size]
    return tuple(kept) or words


def _is_sought(sought: Iterable[str]) -> bool:
    found = list(sought)
    telling = [word for word in found if _is_telling(word)]
    return bool(telling) and (len(found) > 1 or len(found[0]) >= 8)


def _is_telling(word: str) -> bool:
    return len(word) > 1 and _singular(word) not in SOFT


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


SOFT = frozenset(_singular(word) for word in TRADE | GROUP | NOISE)
