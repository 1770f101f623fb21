"""Why a move can't be made: each sentence says it and what to do."""

from django.db import IntegrityError

from leads.models import Lead

GONE = "That stage was deleted meanwhile. Reload the board to see the rest."


class MoveRefused(ValueError):
    """The move can't be made; the sentence says why and what to do."""


class PursuedAlready(MoveRefused):
    """Another lead of the organisation is open: `other`, if it could be told which."""

    def __init__(self, sentence: str, other: Lead | None = None) -> None:
        super().__init__(sentence)
        self.other = other


class StageGone(MoveRefused):
    """The stage was deleted meanwhile."""


class MovedMeanwhile(MoveRefused):
    """A colleague was faster; `lead` shows the truth."""

    def __init__(self, sentence: str, lead: Lead) -> None:
        super().__init__(sentence)
        self.lead = lead


class Unmet(MoveRefused):
    """The stage asks for what was not said, or is full."""


def is_second(error: IntegrityError) -> bool:
    """Say whether a colleague opened another lead of the organisation at the same moment."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", "") == "one_open_lead"
