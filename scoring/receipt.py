"""A score with its reasons: one line per rule, so that it can be explained at any later time."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """`saw` is what the rule looked at, in words."""

    group: str
    label: str
    points: int
    most: int
    saw: str


@dataclass(frozen=True)
class Receipt:
    """`points` is the sum of the lines, capped at 100; `card` names the version of the rules."""

    card: str
    points: int
    before_cap: int
    tier: str
    lines: tuple[Line, ...]

    def as_json(self) -> dict[str, Any]:
        """Give what is stored with the lead, equal to itself when read back."""
        return asdict(self) | {"lines": [asdict(line) for line in self.lines]}
