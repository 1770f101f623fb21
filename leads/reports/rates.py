"""Shares and middles that are said only of enough."""

from dataclasses import dataclass

from crm.look.formats import roughly

# Of fewer a share says more about chance than about the work.
ENOUGH = 10


@dataclass(frozen=True)
class Rate:
    """So many of so many; `percent` is None while there are not enough."""

    part: int
    whole: int

    @property
    def missing(self) -> int:
        """How many more it takes until the rate says something."""
        return max(0, ENOUGH - self.whole)

    @property
    def missing_label(self) -> str:
        return _more(self.missing)

    @property
    def percent(self) -> int | None:
        return None if self.missing else round(100 * self.part / self.whole)


@dataclass(frozen=True)
class Middle:
    """Half of what was seen took less than these seconds; None while too little was seen."""

    middle: float | None
    seen: int

    @property
    def missing(self) -> int:
        """How many more it takes until the middle says something."""
        return max(0, ENOUGH - self.seen)

    @property
    def seconds(self) -> float | None:
        return None if self.missing else self.middle

    @property
    def label(self) -> str:
        return "" if self.seconds is None else roughly(self.seconds)

    @property
    def missing_label(self) -> str:
        return _more(self.missing)


def _more(missing: int) -> str:
    return f"{missing} more needed"
