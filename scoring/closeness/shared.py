"""What two texts have in common, in words."""

import re

from scoring.closeness import ground, lexicon
from scoring.closeness.lexical import UNKNOWN
from scoring.closeness.words import MOST_LETTERS, stem, words

MOST = 4
LEAST_TELLING = 0.3


def words_of(text: str, other: str, *, apart_from: str = "") -> list[str]:
    """Give up to four words of the first text that stand in the other too, the most telling first.

    Neither words of names (`apart_from`) nor figures are among them.
    """
    left_out = {stem(each) for each in words(apart_from)}
    theirs = {stem(each) for each in words(other)}
    tells = lexicon.tellings()
    found: dict[str, tuple[float, str]] = {}
    for word in words(text):
        root = stem(word)
        weight = tells.get(root, UNKNOWN / 2)
        is_word = not word.isdigit() and word.upper() not in ground.codes()
        if is_word and root in theirs and root not in left_out and weight >= LEAST_TELLING:
            found.setdefault(root, (weight, word))
    best = sorted(found.values(), key=lambda each: -each[0])[:MOST]
    return [_as_written(word, text) for _, word in best]


def _as_written(word: str, text: str) -> str:
    found = re.search(rf"\b{re.escape(word)}\b", text[:MOST_LETTERS], re.IGNORECASE)
    return found[0] if found else word
