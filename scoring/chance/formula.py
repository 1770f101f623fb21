"""The whole sum: what all features of a lead are worth, and the chance that belongs to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scoring.chance.calibration import UNCALIBRATED, Calibration
from scoring.chance.clean import Clean, clean
from scoring.chance.columns import Cells
from scoring.chance.example import Example
from scoring.chance.terms import Pair, Term


@dataclass(frozen=True)
class Formula:
    """`intercept` is in log odds, as all that is added to it."""

    intercept: float
    terms: tuple[Term, ...]
    pairs: tuple[Pair, ...] = ()
    calibration: Calibration = UNCALIBRATED

    def cells(self, values: Sequence[Clean]) -> list[Cells]:
        return [term.column.cells(each) for term, each in zip(self.terms, values, strict=True)]

    def worth(self, cells: Sequence[Cells]) -> list[float]:
        """What each feature is worth here; what two are worth together is shared half and half."""
        worth = [term.of(each) for term, each in zip(self.terms, cells, strict=True)]
        for pair in self.pairs:
            half = pair.of(cells) / 2
            worth[pair.first] += half
            worth[pair.second] += half
        return worth

    def total(self, cells: Sequence[Cells]) -> float:
        return self.intercept + sum(self.worth(cells))

    def chances(self, examples: Iterable[Example]) -> list[float]:
        """The chances of many, each as of its time."""
        found = []
        for each in examples:
            values = [clean(each.features.get(term.feature.name), each.at) for term in self.terms]
            found.append(self.calibration.chance(self.total(self.cells(values))))
        return found
