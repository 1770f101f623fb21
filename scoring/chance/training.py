"""From what was won and lost to a model, checked on the newest leads."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from scoring.chance.example import Example, Feature
from scoring.chance.history import LEAST_LOST, LEAST_WON, Refusal, arrange
from scoring.chance.model import Model


def train(
    examples: Iterable[Example],
    features: Sequence[Feature],
    *,
    now: datetime,
    least_won: int = LEAST_WON,
    least_lost: int = LEAST_LOST,
) -> Model | Refusal:
    """Learn from all but the newest fifth, or say what is missing.

    Takes seconds for thousands of leads. Whether the model is of use says
    `replacement.is_better`, on the `held_out` of `history.arrange` with the same arguments.
    """
    history = arrange(examples, now=now, least_won=least_won, least_lost=least_lost)
    if isinstance(history, Refusal):
        return history
    # scikit-learn takes seconds and 200 MB: only where something is learnt.
    from scoring.chance.learning import learn  # noqa: PLC0415

    return learn(history, features, now=now)
