"""The figures of the labelled pages: all, those with an even number, those with an odd one, and
the fresh ones by themselves."""

from collections.abc import Iterable
from typing import Any

from tests.extraction import measuring
from tests.extraction.measuring import Read

ROUNDED = 3


def measure() -> dict[str, Any]:
    """Read all pages twice, since the first time fills caches, and say how well and how fast."""
    labelled = measuring.pages()
    measuring.read(labelled)
    every = measuring.read(labelled)
    fresh = [each for each in every if each.is_fresh]
    return {
        "pages": len(every),
        "all": rates(every),
        "even": rates(each for each in every if each.is_even),
        "odd": rates(each for each in every if not each.is_even),
        "fresh": {
            "pages": len(fresh),
            "all": rates(fresh),
            "even": rates(each for each in fresh if each.is_even),
            "odd": rates(each for each in fresh if not each.is_even),
        },
        "cpu_ms_per_page": round(1000 * sum(each.seconds for each in every) / len(every), 1),
        "slowest_ms": round(1000 * max(each.seconds for each in every)),
    }


def rates(every: Iterable[Read]) -> dict[str, float]:
    """Give precision and recall by field, as `phone_precision` and `phone_recall`."""
    found: dict[str, float] = {}
    for field, score in measuring.scores(every).items():
        found[f"{field}_precision"] = round(score.precision, ROUNDED)
        found[f"{field}_recall"] = round(score.recall, ROUNDED)
    return found
