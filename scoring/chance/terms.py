"""What cells are worth, each alone and two together, in log odds."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from scoring.chance.clean import Clean
from scoring.chance.columns import Cells, Column
from scoring.chance.example import Feature

# In a cell that fewer leads of the training fell into, little is known of the next one.
FAMILIAR_FROM = 5


@dataclass(frozen=True)
class Term:
    """A feature and what its cells are worth.

    `leads` is how many examples fell into each cell, `mean` what the feature was worth to them on
    average, its halves of pairs counted in.
    """

    feature: Feature
    column: Column
    worth: tuple[float, ...]
    leads: tuple[int, ...]
    mean: float = 0.0

    def of(self, cells: Cells) -> float:
        return self.worth[cells[0]] if len(cells) == 1 else sum(self.worth[n] for n in cells)

    @property
    def spread(self) -> float:
        """How much the feature sets leads apart: the standard deviation of its worth."""
        many = max(1, sum(self.leads))
        pairs = list(zip(self.worth, self.leads, strict=True))
        middle = sum(worth * leads for worth, leads in pairs) / many
        return sqrt(sum((worth - middle) ** 2 * leads for worth, leads in pairs) / many)

    def is_familiar(self, value: Clean, cells: Cells) -> bool:
        """Tell whether enough leads of the training were like this one here."""
        if any(self.leads[n] < FAMILIAR_FROM for n in cells):
            return False
        return not self.column.is_new(value, cells)


@dataclass(frozen=True)
class Pair:
    """What two features are worth together beyond what each is worth alone.

    `first` and `second` are positions of terms; `first_groups` gives each cell of the one its row
    of `worth`, `second_groups` each of the other its column.
    """

    first: int
    second: int
    first_groups: tuple[int, ...]
    second_groups: tuple[int, ...]
    worth: tuple[tuple[float, ...], ...]

    def of(self, cells: Sequence[Cells]) -> float:
        one, other = cells[self.first][0], cells[self.second][0]
        return self.worth[self.first_groups[one]][self.second_groups[other]]
