"""How alike two names are, word by word; a slip of the pen and a lost blank are forgiven."""

from collections.abc import Callable
from math import fsum
from typing import NamedTuple

from rapidfuzz.distance import OSA

from leads.dedupe.naming import Words

# So much of a rare word's say is left when it is spelt another way.
SLIP, SHORTENED = 0.85, 0.6
SHORTEST_SHORTENED = 3


class Likeness(NamedTuple):
    """`share` is how much of what the two names say they both say, 0 to 1, and `within` how much of
    what the shorter says; `shared` is what they both say itself, the rarer the words, the more.

    `apart` tells whether a number stands in one of the names only.
    """

    share: float = 0.0
    within: float = 0.0
    shared: float = 0.0
    apart: bool = False
    is_equal: bool = False


def likeness(one: Words, other: Words, weight: Callable[[str], float]) -> Likeness:
    """Compare two names; the same whichever is given first."""
    ones, others = dict.fromkeys(one), dict.fromkeys(other)
    # Exact sums, so that it makes no difference which name comes first.
    says = fsum(map(weight, ones)), fsum(map(weight, others))
    shared = fsum(weight(word) for word in ones if word in others)
    if one == other or "".join(one) == "".join(other):
        return Likeness(1.0, 1.0, min(says), is_equal=True)
    left = [word for word in ones if word not in others]
    right = [word for word in others if word not in ones]
    numbers = {word for word in (*left, *right) if word[0].isdigit()}
    if left and right:
        shared += _nearly(left, right, weight)
    return Likeness(
        share=min(shared / max(*says, 0.1), 1.0),
        within=min(shared / max(min(says), 0.1), 1.0),
        shared=shared,
        apart=bool(numbers),
    )


def _nearly(left: list[str], right: list[str], weight: Callable[[str], float]) -> float:
    """What the words say that one of the two spells in another way."""
    pairs = sorted(
        (
            (likely * min(weight(a), weight(b)), a, b)
            for a in left
            for b in right
            if (likely := _same_word(a, b))
        ),
        key=lambda pair: (-pair[0], min(pair[1:]), max(pair[1:])),
    )
    total = 0.0
    used: set[str] = set()
    for says, a, b in pairs:
        if a not in used and b not in used:
            used |= {a, b}
            total += says
    left, right = ([word for word in words if word not in used] for words in (left, right))
    if left and "".join(left) == "".join(right):
        total += max(fsum(map(weight, left)), fsum(map(weight, right)))
    return total


def _same_word(a: str, b: str) -> float:
    if a[0].isdigit() or b[0].isdigit():
        return 0.0
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= 4:
        allowed = 1 if len(shorter) < 8 else 2
        if OSA.distance(a, b, score_cutoff=allowed) <= allowed:
            return SLIP
    if len(shorter) >= SHORTEST_SHORTENED and longer.startswith(shorter):
        return SHORTENED
    return 0.0
