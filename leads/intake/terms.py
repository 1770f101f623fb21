"""What whoever asks for admission wants besides."""

from dataclasses import dataclass

from leads.intake.grounds import Ground
from leads.intake.outcome import REJECTED, Outcome


@dataclass(frozen=True)
class Terms:
    """Customers are duplicates all the same; with `takes_customers` the origin counts as finding
    them. Whatever has fewer than `min_employees` is left out, and what no source knows the size of
    passes with a mark, unless `only_known_size`; whatever has more than `max_employees` is left
    out, and what would score fewer than `min_score` points.

    The other two are for what a person says of it: `again`, that a customer or one that was lost is
    to be pursued once more; `apart`, that it is not the organisation that it resembles.
    """

    takes_customers: bool = False
    min_employees: int | None = None
    only_known_size: bool = False
    max_employees: int | None = None
    min_score: int | None = None
    again: bool = False
    apart: bool = False

    def refuse(self, employees: int | None) -> Outcome | None:
        """Refuse what is known to be too small or too large, and what is not known if asked to."""
        least, most = self.min_employees, self.max_employees
        if not self.asks_for_size:
            return None
        if employees is None:
            if not self.only_known_size:
                return None
            said = f"No source says how many people work there; {self.size} were asked for."
            return Outcome(REJECTED, "Size not known", said, ground=Ground.UNKNOWN_SIZE)
        people = "1 person is" if employees == 1 else f"{employees:,} people are"
        said = f"{people} known; {self.size} were asked for."
        if least is not None and employees < least:
            return Outcome(REJECTED, "Too small", said, ground=Ground.SMALL)
        if most is not None and employees > most:
            return Outcome(REJECTED, "Too large", said, ground=Ground.LARGE)
        return None

    @property
    def asks_for_size(self) -> bool:
        return self.min_employees is not None or self.max_employees is not None

    @property
    def wish(self) -> str:
        """The people that are asked for, in words."""
        if self.max_employees is None:
            return f"{self.min_employees:,} people or more"
        return f"{self.size} people"

    @property
    def size(self) -> str:
        """The size that is asked for, in words."""
        if self.max_employees is None:
            return f"at least {self.min_employees:,}"
        if self.min_employees is None:
            return f"at most {self.max_employees:,}"
        return f"{self.min_employees:,} to {self.max_employees:,}"

    def refuse_score(self, points: int) -> Outcome | None:
        """Refuse what would score too few points."""
        if self.min_score is None or points >= self.min_score:
            return None
        said = f"It would have {points} points; at least {self.min_score} were asked for."
        return Outcome(REJECTED, "Score too low", said, ground=Ground.SCORE)
