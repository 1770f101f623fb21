"""What is wrong with something that was put in: where, and a sentence."""

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """`where` names the place as the form does; `field` the part of a rule, "" if it is none."""

    where: str
    said: str
    field: str = ""

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
        made = cls(found[0].where, found[0].said)
        made.problems = found
        return made
