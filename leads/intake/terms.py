"""What whoever asks for admission wants besides."""

from dataclasses import dataclass

from leads.intake.grounds import Ground
from leads.intake.outcome import REJECTED, Outcome


@dataclass(frozen=True)
class Terms:
    """Customers are duplicates all the same; with `takes_customers` the origin counts as finding
    them. Whatever has fewer than `min_employees` is left out, and what no source knows the size of
    passes with a mark, unless `only_known_size`.

    The other two are for what a person says of it: `again`, that a customer or one that was lost is
    to be pursued once more; `apart`, that it is not the organisation that it resembles.
    """

    takes_customers: bool = False
    min_employees: int | None = None
    only_known_size: bool = False
    again: bool = False
    apart: bool = False

    def refuse(self, employees: int | None) -> Outcome | None:
        """Refuse what is known to be too small, and what is not known if that is asked for."""
        least = self.min_employees
        if least is None:
            return None
        if employees is None:
            if not self.only_known_size:
                return None
            said = f"No source says how many people work there; at least {least:,} were asked for."
            return Outcome(REJECTED, "Size not known", said, ground=Ground.UNKNOWN_SIZE)
        if employees >= least:
            return None
        people = "1 person is" if employees == 1 else f"{employees:,} people are"
        said = f"{people} known; at least {least:,} were asked for."
        return Outcome(REJECTED, "Too small", said, ground=Ground.SMALL)
