"""What words mean, as far as official vocabularies tell.

A concept is a section, division or class of SIC 2007, or a trade of the registers. A word means
those in whose descriptions it stands, each by its share in all descriptions where it does: nothing
here was made for the texts that it is held against.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from crm.registers import sic
from crm.registers.trades import TRADES
from scoring.closeness.words import stem, words

# A share below says nothing.
LEAST_SHARE = 0.2
# The closer a concept is, the more it says.
WEIGHTS = {"section": 0.6, "division": 1.0, "class": 0.8, "trade": 1.2}
Meaning = tuple[tuple[str, float], ...]


@lru_cache(maxsize=1)
def meanings() -> dict[str, Meaning]:
    """Give what each word (its stem) means: concepts with their weights."""
    stands = _where_words_stand()
    found: dict[str, Meaning] = {}
    for word, many in stands.items():
        total = many[""]
        kept = [
            (concept, WEIGHTS[concept.partition(":")[0]] * times / total)
            for concept, times in sorted(many.items())
            if concept and times / total >= LEAST_SHARE
        ]
        if kept:
            found[word] = tuple(kept)
    return found


@lru_cache(maxsize=1)
def tellings() -> dict[str, float]:
    """Give how much each word of the vocabularies tells, from 0 to 1: those everywhere nothing."""
    stands = _where_words_stand()
    most = math.log(len(sic.codes()) + len(TRADES))
    return {word: 1 - math.log(many[""]) / most for word, many in stands.items()}


def of_code(code: str) -> Meaning:
    """Give what a code of SIC 2007 means; nothing where it is none."""
    if not sic.label(code):
        return ()
    return tuple((each, WEIGHTS[each.partition(":")[0]]) for each in _concepts(code))


def _concepts(code: str) -> Iterator[str]:
    yield f"section:{sic.section(code)}"
    yield f"division:{code[:2]}"
    yield f"class:{code[:4]}"


@lru_cache(maxsize=1)
def _where_words_stand() -> dict[str, Counter[str]]:
    """Count by word in how many descriptions of each concept it stands; "" is all of them."""
    stands: dict[str, Counter[str]] = defaultdict(Counter)
    for code, says in sic.codes().items():
        for word in {stem(each) for each in words(says)}:
            stands[word].update(["", *_concepts(code)])
    for slug, trade in TRADES.items():
        for word in {stem(each) for each in (*words(trade.one), *words(trade.many))}:
            stands[word].update(["", f"trade:{slug}"])
    return stands
