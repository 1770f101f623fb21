"""What is wrong with something that was put in: where, and a sentence."""

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """`where` names the place as the form does."""

    where: str
    said: str

    def __str__(self) -> str:
        return f"{self.where}: {self.said}"


class Wrong(ValueError):
    """Makes no sense; `problems` say why, one or more."""

    def __init__(self, where: str, said: str) -> None:
        super().__init__(f"{where}: {said}")
        self.problems: tuple[Problem, ...] = (Problem(where, said),)

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> "Wrong":
        """Make one of several."""
        found = tuple(problems)
        made = cls(*found[0])
        made.problems = found
        return made
