"""Sizes of companies as sellers put them into classes."""

from tests.simulators.truth.figures import headcount
from tests.simulators.world import Organisation

BANDS = ("1-10", "11-50", "51-200", "201-500", "501-1000", "1001-5000", "5001-10000", "10001+")


def band(one: Organisation) -> str | None:
    size = headcount(one)
    if size is None:
        return None
    return next(each for each in BANDS if size <= int(each.rpartition("-")[2].rstrip("+")))
