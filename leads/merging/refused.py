"""Why a merge can't be made or taken back; each sentence says what to do instead."""

from leads.models import Merge


class MergeRefused(ValueError):
    """It can't be made."""


class UnknownRelation(MergeRefused):
    """The table does not say what becomes of some rows, so nothing is touched."""


class GoneMeanwhile(MergeRefused):
    """One of the two is there no longer; `merge` is what became of it, if it was merged."""

    def __init__(self, sentence: str, merge: Merge | None = None) -> None:
        super().__init__(sentence)
        self.merge = merge


class ChangedMeanwhile(MergeRefused):
    """One of the two is not what the person looked at."""


class AnsweredMeanwhile(MergeRefused):
    """Somebody called the two different, or nobody asks about them any more."""


class UndoRefused(ValueError):
    """It can't be taken back; `first` is the merge that has to be undone before."""

    def __init__(self, sentence: str, first: Merge | None = None) -> None:
        super().__init__(sentence)
        self.first = first
