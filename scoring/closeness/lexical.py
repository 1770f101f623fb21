"""An embedding that needs nobody: hashed words and parts of words, concepts, and places.

The same text has the same vector on every machine, of length one; the likeness of two is their dot
product. Four blocks stand side by side, each of its own length before they are weighed, so that a
long description does not drown a trade: WORDS hashes the stems, PARTS their trigrams, MEANINGS the
concepts of `lexicon`, GROUND the places of `ground`.
"""

import math
from array import array
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from operator import mul

from scoring.closeness import ground, lexicon
from scoring.closeness.words import stem, words

# What is stored names it: whoever changes anything here counts it up, and all is embedded anew.
MODEL = "lexical-1"
WORDS, PARTS, MEANINGS, GROUND = 96, 48, 80, 32
SIZE = WORDS + PARTS + MEANINGS + GROUND
WEIGHTS = (1.0, 0.5, 1.2, 0.5)
# So many places of a vector stand for one feature: two rarely meet in all of them.
SPREAD = 3
# More words than so many tell nothing new.
MOST_WORDS = 2_000
# Of a word that no vocabulary has: it is a name, or rare.
UNKNOWN = 0.9
Sparse = tuple[tuple[int, float], ...]


def embed(text: str) -> "array[float] | None":
    """Give the vector of a text, as single floats; None of one that says nothing."""
    counted = Counter(words(text))
    if not counted:
        return None
    sums = [[0.0] * size for size in (WORDS, PARTS, MEANINGS, GROUND)]
    for word, times in counted.most_common(MOST_WORDS):
        often = 1 + math.log(times)
        for block, entries in zip(sums, _features(word), strict=True):
            for at, value in entries:
                block[at] += value * often
    whole: list[float] = []
    for block, weight in zip(sums, WEIGHTS, strict=True):
        length = math.sqrt(sum(map(mul, block, block)))
        share = weight / length if length else 0.0
        whole += [each * share for each in block]
    length = math.sqrt(sum(map(mul, whole, whole)))
    return array("f", [each / length for each in whole]) if length else None


# Of 3 KB each: words that many texts have stay, and names, which do not come again, go.
@lru_cache(maxsize=10_000)
def _features(word: str) -> tuple[Sparse, Sparse, Sparse, Sparse]:
    """Give what a word adds to each block."""
    root = stem(word)
    tells = lexicon.tellings().get(root, UNKNOWN)
    meaning = lexicon.of_code(word) or lexicon.meanings().get(root, ())
    near = ground.towns().get(word) or ground.of_outward(word)
    # Where a place is stands in a block of its own.
    named = tells / 2 if near else tells
    padded = f" {word} "
    parts = [padded[at : at + 3] for at in range(len(padded) - 2)]
    each = named / math.sqrt(len(parts))
    return (
        _spread([(f"word:{root}", named)], WORDS),
        _spread([(f"part:{part}", each) for part in parts], PARTS),
        _spread([(concept, weight * tells) for concept, weight in meaning], MEANINGS),
        _spread(near, GROUND),
    )


def _spread(features: Iterable[tuple[str, float]], size: int) -> Sparse:
    """Hash each feature to a few places with a sign each."""
    sums: dict[int, float] = {}
    for name, weight in features:
        digest = blake2b(name.encode(), digest_size=SPREAD * 4).digest()
        for at in range(SPREAD):
            number = int.from_bytes(digest[at * 4 : at * 4 + 4], "big")
            place, sign = (number >> 1) % size, 1 - 2 * (number & 1)
            sums[place] = sums.get(place, 0.0) + sign * weight
    return tuple(sums.items())
