"""A feature cut into cells, so that each value falls into one (or several, for a set of words).

Cell 0 is "not known". What a cell is worth is learnt elsewhere.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from scoring.chance.clean import Clean

UNKNOWN, OTHER = 0, 1
Cells = tuple[int, ...]

# Quantiles: fine enough for a curve, each with enough leads to be more than chance.
MOST_BINS = 32
LEADS_PER_BIN = 10
# A category that fewer leads share tells about these leads, not about the next one.
RARE = 10
MOST_NAMES = 200


@dataclass(frozen=True)
class Numbers:
    """A cell for each gap between `edges`, from below up to and with the edge."""

    KIND: ClassVar = "numbers"
    edges: tuple[float, ...]
    low: float
    high: float

    @property
    def size(self) -> int:
        return len(self.edges) + 2

    def cells(self, value: Clean) -> Cells:
        if not isinstance(value, float):
            return (UNKNOWN,)
        return (1 + bisect_left(self.edges, value),)

    def is_new(self, value: Clean, cells: Cells) -> bool:
        """Tell whether it lies outside of all that was seen."""
        return isinstance(value, float) and not self.low <= value <= self.high


@dataclass(frozen=True)
class Names:
    """A cell for each frequent category, and one for all others."""

    KIND: ClassVar = "names"
    names: tuple[str, ...]
    place: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "place", {each: 2 + n for n, each in enumerate(self.names)})

    @property
    def size(self) -> int:
        return len(self.names) + 2

    def cells(self, value: Clean) -> Cells:
        if isinstance(value, float):
            value = f"{value:.10g}"
        return (self.place.get(value, OTHER),) if isinstance(value, str) else (UNKNOWN,)

    def is_new(self, value: Clean, cells: Cells) -> bool:
        """Tell whether there is something that was rare or never there."""
        return OTHER in cells


@dataclass(frozen=True)
class Sets(Names):
    """Several categories at once; those that are not frequent count as one other."""

    KIND: ClassVar = "sets"

    def cells(self, value: Clean) -> Cells:
        if isinstance(value, str):
            value = (value,)
        if not isinstance(value, tuple):
            return (UNKNOWN,)
        return tuple({self.place.get(each, OTHER) for each in value})


Column = Numbers | Names | Sets


def column(values: Sequence[Clean]) -> Column:
    """Find out of which kind it is, most values deciding, and where to cut."""
    kinds = Counter(map(type, values))
    if kinds[tuple]:
        return Sets(frequent(names_in(values)))
    if kinds[float] >= max(1, kinds[str]):
        return numbers(sorted(each for each in values if isinstance(each, float)))
    return Names(frequent(names_in(values)))


def numbers(known: Sequence[float]) -> Numbers:
    """Cut at quantiles; a value that many share gets a cell of its own."""
    bins = min(MOST_BINS, len(known) // LEADS_PER_BIN)
    cuts = {known[len(known) * n // bins] for n in range(1, bins)} if bins > 1 else set()
    return Numbers(tuple(sorted(cuts - {known[-1]})), known[0], known[-1])


def names_in(values: Sequence[Clean]) -> Counter[str]:
    found: Counter[str] = Counter()
    for value in values:
        if isinstance(value, tuple):
            found.update(value)
        elif value is not None:
            found[value if isinstance(value, str) else f"{value:.10g}"] += 1
    return found


def frequent(found: Counter[str]) -> tuple[str, ...]:
    """The most frequent first, and of equals the first in the alphabet: the same on every run."""
    often = [each for each, leads in found.items() if leads >= RARE]
    return tuple(sorted(often, key=lambda each: (-found[each], each))[:MOST_NAMES])
