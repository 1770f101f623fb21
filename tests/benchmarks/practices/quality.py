"""What the product's own comparison makes of the two lists, held against the codes."""

import time
from collections.abc import Sequence
from typing import Any

from leads.dedupe import pairing
from leads.dedupe.matcher import Answer
from leads.dedupe.pairing import Pair
from tests.benchmarks.practices.rows import Lists, read


def measure(rows: int) -> dict[str, Any]:
    """Match all rows of one year against all of the other; give the figures of either half."""
    lists = read(rows)
    began = time.monotonic()
    pairs = pairing.match(lists.old, lists.new)
    seconds = time.monotonic() - began
    return {
        "rows": len(lists.old),
        "match_s": round(seconds, 2),
        "even": figures(lists, pairs, is_odd=False),
        "odd": figures(lists, pairs, is_odd=True),
    }


def figures(lists: Lists, pairs: Sequence[Pair], *, is_odd: bool) -> dict[str, float]:
    """Count by the rows of 2016 whose code ends in an even digit, or an odd one.

    `maybe` holds the sure pairs, too: it is what a person meets who looks at all of them.
    """
    rows = sum(_is_odd(code) == is_odd for code in lists.old_codes)
    maybe = [pair for pair in pairs if _is_odd(lists.old_codes[pair.one]) == is_odd]
    same = [pair for pair in maybe if pair.verdict.answer == Answer.SAME]
    right = sum(_is_right(lists, pair) for pair in same)
    return {
        "same_precision": round(right / len(same), 4),
        "same_recall": round(right / rows, 4),
        "maybe_recall": round(sum(_is_right(lists, pair) for pair in maybe) / rows, 4),
        "maybe_per_row": round(len(maybe) / rows, 3),
    }


def _is_odd(code: str) -> bool:
    return int(code[-1]) % 2 == 1


def _is_right(lists: Lists, pair: Pair) -> bool:
    return lists.old_codes[pair.one] == lists.new_codes[pair.other]
