"""What became of taking an act back, in words."""

from collections import Counter
from dataclasses import dataclass, field

from leads.models import Batch, Lead

NAMED = 3
NOTHING = "There was nothing left to put back."


class UndoRefused(ValueError):
    """It can't be taken back; the sentence says why."""


@dataclass(frozen=True)
class Left:
    """A lead that was left as it is: `why`, by which many are counted, and said of this one."""

    why: str
    said: str


@dataclass
class Undone:
    """The leads that are back, why others were left, and what is not quite as it was, counted."""

    batch: Batch
    back: list[Lead] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    @property
    def said(self) -> str:
        """Say what stands as before, and of the others why not."""
        why = " ".join(each.said for each in self.left[:NAMED])
        more = len(self.left) - NAMED
        more_said = f" And {more:,} more." if more > 0 else ""
        if not self.back:
            return f"Nothing was undone. {why or NOTHING}{more_said}"
        notes = "".join(f" {many:,} {note}." for note, many in self.notes.items())
        if not self.left:
            return f"Undone: {self.batch.said}.{notes}"
        of = len(self.back) + len(self.left)
        return f"Undone for {len(self.back):,} of {of:,}.{notes} {why}{more_said}"
