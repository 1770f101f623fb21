"""Two lists of the same field, neither with an organisation twice: who in one is who in the other.

The surest pairs are settled first. Whoever has found their other is out of the question for the
rest, so that at a health centre with two practices, of which one was renamed, the other's old
name is no longer in the way.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from leads.dedupe import blocks, thresholds
from leads.dedupe.commonness import Commonness
from leads.dedupe.matcher import Answer, Verdict, compare
from leads.dedupe.record import Record


@dataclass(frozen=True, slots=True)
class Pair:
    """A place in one list, a place in the other, and what the matcher says of the two."""

    one: int
    other: int
    verdict: Verdict


def match(ones: Sequence[Record], others: Sequence[Record]) -> list[Pair]:
    """Give the pairs that are the same, each record at most once, and those that may be."""
    commonness = Commonness.of(ones, others)
    open_pairs = list(candidates(ones, others, commonness))
    same: list[Pair] = []
    while True:
        weighed = [
            Pair(one, other, compare(ones[one], others[other], commonness=commonness))
            for one, other in open_pairs
        ]
        settled = list(_surest(weighed))
        if not settled:
            break
        same += settled
        left, right = {pair.one for pair in settled}, {pair.other for pair in settled}
        open_pairs = [
            (one, other) for one, other in open_pairs if one not in left and other not in right
        ]
        commonness = commonness.without([*(ones[at] for at in left), *(others[at] for at in right)])
    return same + [_asked(pair) for pair in weighed if pair.verdict.answer != Answer.DIFFERENT]


def candidates(
    ones: Sequence[Record], others: Sequence[Record], commonness: Commonness
) -> Iterator[tuple[int, int]]:
    """Give the pairs that share a key which is not crowded, each once."""
    left, right = _by_key(ones, commonness), _by_key(others, commonness)
    pairs = {
        (one, other)
        for key, at in left.items()
        if key in right and len(at) + len(right[key]) <= blocks.CROWDED
        for one in at
        for other in right[key]
    }
    yield from sorted(pairs)


def _by_key(records: Sequence[Record], commonness: Commonness) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        for key in blocks.keys(record, commonness):
            found[key].append(at)
    return found


def _surest(weighed: Iterable[Pair]) -> Iterator[Pair]:
    """Of the sure pairs those that lead by far for both of their records."""
    sure = [pair for pair in weighed if pair.verdict.answer == Answer.SAME]
    ones, others = defaultdict(list), defaultdict(list)
    for pair in sure:
        ones[pair.one].append(pair.verdict.points)
        others[pair.other].append(pair.verdict.points)
    for pair in sure:
        points = pair.verdict.points
        if _leads(points, ones[pair.one]) and _leads(points, others[pair.other]):
            yield pair


def _leads(points: int, met: list[int]) -> bool:
    return sum(points - each < thresholds.LEAD for each in met) == 1


def _asked(pair: Pair) -> Pair:
    """Make a sure pair, beside which another is as sure, a person's to decide."""
    if pair.verdict.answer != Answer.SAME:
        return pair
    verdict = replace(
        pair.verdict,
        answer=Answer.MAYBE,
        confidence=min(pair.verdict.confidence, thresholds.MOST_OF_MAYBE),
        against=["Another record may be the one as well.", *pair.verdict.against],
    )
    return replace(pair, verdict=verdict)
