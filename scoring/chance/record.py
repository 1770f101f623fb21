"""What a model was made of, and how well it did."""

from dataclasses import dataclass
from datetime import datetime

from scoring.chance.history import LeftOut
from scoring.chance.validation import Figures


@dataclass(frozen=True)
class Record:
    """`since` and `until` span the leads learnt from; the figures are of later ones.

    `base_figures` are those of always saying `base_rate`, the share won among the leads learnt
    from; `single_figures` those of knowing only `single`, the feature that matters most.
    `strength` and `pairs` were chosen on the leads learnt from. `constant` names the features
    that were the same for all of them.
    """

    trained_at: datetime
    won: int
    lost: int
    since: datetime
    until: datetime
    base_rate: float
    strength: float
    pairs: int
    figures: Figures
    base_figures: Figures
    single: str
    single_figures: Figures
    left_out: LeftOut
    constant: tuple[str, ...]
