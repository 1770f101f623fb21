"""From a company's outcomes to a model, or the reason why there is none, or none that is better."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from leads.chances.features import FEATURES
from scoring.chance import stored
from scoring.chance.clean import moment
from scoring.chance.example import Example
from scoring.chance.history import Refusal, arrange
from scoring.chance.model import Model
from scoring.chance.replacement import is_better
from scoring.chance.training import train


@dataclass(frozen=True)
class Lesson:
    """What came of a training; `takes_over` only where the model is clearly better."""

    said: str
    won: int
    lost: int
    takes_over: bool = False
    model: dict[str, Any] | None = None
    figures: dict[str, Any] = field(default_factory=dict)


def learn(examples: Sequence[Example], old: Model | None, *, now: datetime) -> Lesson:
    """Learn, and compare with the model in use on what neither has learnt from."""
    history = arrange(examples, now=now)
    if isinstance(history, Refusal):
        missing = {"won": history.missing_won, "lost": history.missing_lost}
        return Lesson(history.reason, history.won, history.lost, figures={"missing": missing})
    new = train(examples, FEATURES, now=now)
    assert isinstance(new, Model)
    # What the old one has learnt from it knows by heart.
    later = [each for each in history.held_out if not old or moment(each.at) > old.record.until]
    verdict = is_better(new, old, later)
    written = stored.as_json(new)
    known = [*history.training, *history.held_out]
    won = sum(each.is_won for each in known)
    return Lesson(
        verdict.sentence,
        won,
        len(known) - won,
        verdict.is_better,
        written,
        {
            "record": written["record"],
            "gain": verdict.gain,
            "error": verdict.error,
            "took_over": verdict.is_better,
        },
    )
