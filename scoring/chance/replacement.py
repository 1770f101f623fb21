"""Whether a model that has just been trained should take over."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from scoring.chance.example import Example
from scoring.chance.history import LEAST_HELD_OUT
from scoring.chance.model import Model
from scoring.chance.validation import losses

# One-sided, in standard errors: by luck alone a model no better takes over once in ten times.
SURE = 1.28


@dataclass(frozen=True)
class Verdict:
    """`gain` is how much smaller the mean log loss is, `error` the standard error of that."""

    is_better: bool
    sentence: str
    gain: float
    error: float


def is_better(new: Model, old: Model | None, held_out: Sequence[Example]) -> Verdict:
    """Whether `new` should replace `old`, or the base rate it was trained on where there is none.

    `held_out` must be later than what either has learnt from. The losses on the same leads are
    compared lead by lead, so that leads which are hard for both don't blur the difference.
    """
    won = [each.is_won for each in held_out]
    wins = sum(won)
    if min(wins, len(won) - wins) < LEAST_HELD_OUT:
        few = f"It takes {LEAST_HELD_OUT} won and {LEAST_HELD_OUT} lost leads to compare on."
        return Verdict(False, few, 0.0, 0.0)
    before = old.chances(held_out) if old else [new.record.base_rate] * len(won)
    pairs = zip(losses(won, before), losses(won, new.chances(held_out)), strict=True)
    gains = [was - now for was, now in pairs]
    gain = sum(gains) / len(gains)
    error = sqrt(sum((each - gain) ** 2 for each in gains) / (len(gains) - 1) / len(gains))
    better = gain > SURE * error
    than = "the model in use" if old else "always saying the base rate"
    how = "Clearly better than" if better else "Not clearly better than"
    return Verdict(
        better,
        f"{how} {than} on {len(gains):,} leads that neither has learnt from: the log loss "
        f"{'falls' if gain >= 0 else 'rises'} by {abs(gain):.4f} (give or take {error:.4f}).",
        gain,
        error,
    )
