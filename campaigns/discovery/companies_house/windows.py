"""Days of incorporation cut into windows, so that no answer holds more than is given out."""

from datetime import date, timedelta
from math import ceil, exp, log1p
from typing import NamedTuple

# Before the first company that still trades.
FIRST = date(1840, 1, 1)
# Companies die young: so cut, windows hold about as many each.
LIFE_DAYS = 10 * 365.25
# What a window is meant to hold of what an answer may.
FILLING = 0.7
MOST_PARTS = 24


class Window(NamedTuple):
    """Incorporated from this day to that, both included; None where it is open."""

    first: date | None = None
    last: date | None = None

    @property
    def label(self) -> str:
        """How it stands in the key of a question, "" for the one that is all time."""
        return f"{self.first or ''}..{self.last or ''}" if self.first or self.last else ""


ALL_TIME = Window()


def split(window: Window, hits: int, most: int, today: date) -> list[Window]:
    """Cut a window that holds so many into such as hold fewer than `most`, the latest first.

    Nothing for a single day.
    """
    first, last = window.first or FIRST, window.last or today
    days = (last - first).days + 1
    parts = min(MOST_PARTS, max(2, ceil(hits / (most * FILLING))), days)
    if parts < 2:
        return []
    # The first days of all parts but the oldest, counted back from the end.
    backs = sorted({_back(number / parts, days) for number in range(1, parts)})
    starts = [last - timedelta(days=back - 1) for back in backs]
    edges = [window.first, *reversed(starts)]
    ends = [following - timedelta(days=1) for following in edges[1:] if following]
    cut = list(zip(edges, [*ends, window.last], strict=True))
    return [Window(*each) for each in reversed(cut)]


def _back(share: float, days: int) -> int:
    """Say how many of the last days hold this share of those that still trade."""
    whole = 1 - exp(-days / LIFE_DAYS)
    back = round(-LIFE_DAYS * log1p(-share * whole))
    return min(max(back, 1), days - 1)
