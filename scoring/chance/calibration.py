"""From a sum of effects to a chance that is right as often as it says.

Two numbers, fitted on predictions that were made ahead in time (Platt 1999). Steps fitted to the
same predictions (isotonic) rank leads worse: whole ranges of sums would share one chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

# Nothing is certain, however many facts agree.
LEAST, MOST = 0.005, 0.995
STEEPEST = 30.0
# How firmly the slope is held at 1 until there is enough to say otherwise, in leads that are open.
HELD_AT_ONE = 10.0
FLATTEST_SLOPE, STEEPEST_SLOPE = 0.2, 3.0
ROUNDS = 25
CLOSE = 1e-9

# Whether it was won, and the sum of effects.
Outcome = tuple[bool, float]


@dataclass(frozen=True)
class Calibration:
    slope: float = 1.0
    shift: float = 0.0

    def chance(self, total: float) -> float:
        """The chance that belongs to a sum of effects (log odds)."""
        odds = self.slope * total + self.shift
        if odds > STEEPEST or odds < -STEEPEST:
            return MOST if odds > 0 else LEAST
        return min(MOST, max(LEAST, 1 / (1 + exp(-odds))))


UNCALIBRATED = Calibration()


def calibrate(steps: Sequence[Sequence[Outcome]], whole: Sequence[Outcome]) -> Calibration:
    """Take the slope from predictions made ahead, and the level from the leads learnt from.

    In each step ahead the share won may have moved, which says nothing about how steep the curve
    is, nor where it goes next: what ended last is rich in what ends fast. So chances are made to
    add up to those won in the `whole` time.
    """
    slope = fit_slope([each for each in steps if each])
    return Calibration(slope, fit_level(whole, slope))


def fit_slope(steps: Sequence[Sequence[Outcome]]) -> float:
    """Fit one slope, and a level for each step, by Newton's method."""
    slope, levels = 1.0, [0.0] * len(steps)
    for _ in range(ROUNDS):
        uphill, curve, by_level = HELD_AT_ONE * (1 - slope), HELD_AT_ONE, []
        for level, outcomes in zip(levels, steps, strict=True):
            sums = Sums.of(outcomes, slope, level)
            uphill += sums.by_slope - sums.cross * sums.by_level / sums.curve
            curve += sums.curve_slope - sums.cross**2 / sums.curve
            by_level.append(sums)
        move = bounded(uphill / curve)
        slope = min(STEEPEST_SLOPE, max(FLATTEST_SLOPE, slope + move))
        levels = [
            level + bounded((sums.by_level - sums.cross * move) / sums.curve)
            for level, sums in zip(levels, by_level, strict=True)
        ]
        if abs(move) < CLOSE:
            break
    return slope


def fit_level(outcomes: Sequence[Outcome], slope: float) -> float:
    """Find the shift with which chances add up to those won."""
    level = 0.0
    for _ in range(ROUNDS):
        sums = Sums.of(outcomes, slope, level)
        move = bounded(sums.by_level / sums.curve)
        level += move
        if abs(move) < CLOSE:
            break
    return level


@dataclass(frozen=True)
class Sums:
    """First and second derivatives of the log likelihood, by slope and by level."""

    by_slope: float
    by_level: float
    curve_slope: float
    cross: float
    curve: float

    @classmethod
    def of(cls, outcomes: Sequence[Outcome], slope: float, level: float) -> "Sums":
        by_slope = by_level = curve_slope = cross = 0.0
        # Where all is certain there is no curve left to divide by.
        curve = 1e-6
        for is_won, total in outcomes:
            odds = min(STEEPEST, max(-STEEPEST, slope * total + level))
            chance = 1 / (1 + exp(-odds))
            wrong, weight = is_won - chance, chance * (1 - chance)
            by_slope += wrong * total
            by_level += wrong
            curve_slope += weight * total * total
            cross += weight * total
            curve += weight
        return cls(by_slope, by_level, curve_slope, cross, curve)


def bounded(move: float) -> float:
    """A longer step would leave where the curve looks as it does here."""
    return min(1.0, max(-1.0, move))
