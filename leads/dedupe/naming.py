"""The names that an organisation goes by, as words: without its legal form and small words."""

import re
from functools import lru_cache
from typing import NamedTuple

from leads.dedupe import spelling

Words = tuple[str, ...]
TRADING_AS = re.compile(
    r"\bt\s?[/\\]\s?as?\b\.?|\bt\.\s?a\.|\btrading\s+(?:as|name)\b"
    r"|(?<=\bltd)\.?\s+ta\b|(?<=\blimited)\s+ta\b|(?<=\bllp)\s+ta\b|(?<=\bplc)\s+ta\b",
    re.IGNORECASE,
)
FORMERLY = re.compile(
    r"\b(?:formerly|previously)(?:\s+(?:known\s+as|called|trading\s+as))?\b|\bf/k/a\b|\bnee\b",
    re.IGNORECASE,
)
# fmt: off
LEGAL_FORMS = frozenset({
    "ltd", "limited", "plc", "llp", "lp", "cic", "cio", "inc", "incorporated",
    # The same in Welsh.
    "cyf", "cyfyngedig", "ccc", "cbc", "pac",
})
LEGAL_PHRASES = (
    ("public", "limited", "company"), ("community", "interest", "company"),
    ("limited", "liability", "partnership"), ("limited", "partnership"),
    ("cwmni", "cyfyngedig", "cyhoeddus"), ("cwmni", "buddiannau", "cymunedol"),
    ("partneriaeth", "atebolrwydd", "cyfyngedig"),
)
# Also Welsh: "Y Felin", "Siop a Chaffi" have them.
SMALL = frozenset({"the", "and", "y", "yr"})
# fmt: on


class Naming(NamedTuple):
    """`now` are the names in use, at least one; `once` those that the name itself calls former."""

    now: tuple[Words, ...]
    once: tuple[Words, ...]


@lru_cache(maxsize=50_000)
def naming(name: str) -> Naming:
    """Both names of "Smith Ltd t/a The Copper Kettle", each without what says nothing."""
    current, *former = FORMERLY.split(name) if FORMERLY.search(name) else [name]
    now = _several(current)
    if not now and former:
        now, former = _several(former[0]), former[1:]
    once = tuple(each for part in former for each in _several(part) if each not in now)
    return Naming(now or (tuple(spelling.words(name)),), once)


def _several(text: str) -> tuple[Words, ...]:
    parts = TRADING_AS.split(text) if "t" in text.lower() else [text]
    found = (_told(spelling.words(part)) for part in parts)
    return tuple(dict.fromkeys(each for each in found if each))


def _told(found: list[str]) -> Words:
    """Without legal form and small words, but never without any word."""
    while len(found) > 1:
        if found[-1] in LEGAL_FORMS:
            found = found[:-1]
            continue
        ended = [each for each in LEGAL_PHRASES if tuple(found[-len(each) :]) == each]
        if not ended or len(found) == len(ended[0]):
            break
        found = found[: -len(ended[0])]
    return tuple(word for word in found if word not in SMALL) or tuple(found)
