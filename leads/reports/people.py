"""The work of each person: what is on their desk, and with how many leads they did something."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from leads.reports import addresses
from leads.reports.company import Figures
from leads.reports.counting import WORKED


@dataclass(frozen=True)
class Person:
    """What somebody has on their desk and did in a week; `ident` is their id.

    `talked` and `moved` are leads; `calls`, `notes` and `moves` what was done with those.
    """

    ident: str
    open: int = 0
    hot: int = 0
    overdue: int = 0
    talked: int = 0
    calls: int = 0
    notes: int = 0
    moved: int = 0
    moves: int = 0
    name: str = ""

    @property
    def talked_hint(self) -> str:
        return f"{addresses.hint(self.talked)}: {self.calls:,} calls, {self.notes:,} notes"

    @property
    def moved_hint(self) -> str:
        return f"{addresses.hint(self.moved)}: {self.moves:,} moves"

    @property
    def leads_url(self) -> str:
        return addresses.leads(("owner", "is", self.ident), ("closed", "empty"))

    @property
    def hot_url(self) -> str:
        return addresses.leads(("owner", "is", self.ident), *addresses.HOT)

    @property
    def overdue_url(self) -> str:
        return addresses.leads(("task", "overdue", self.ident))

    @property
    def talked_url(self) -> str:
        return addresses.leads(("talked", "last", str(WORKED), self.ident))

    @property
    def moved_url(self) -> str:
        return addresses.leads(("moved", "last", str(WORKED), self.ident))


def read(figures: Figures) -> list[Person]:
    """Give the work of each person who has any; the busiest first."""
    found: dict[str, dict[str, Any]] = {}
    for row in figures.by("owner"):
        if row["key"]:
            found[row["key"]] = {"open": row["open"], "hot": row["hot"]}
    for part in ("work", "peoples_moves", "tasks"):
        for row in figures.rows.get(part, []):
            values = {name: value for name, value in row.items() if name != "key"}
            found.setdefault(row["key"], {}).update(values)
    return sorted((Person(ident, **values) for ident, values in found.items()), key=_busy)


def named(people: Iterable[Person], names: dict[str, str]) -> list[Person]:
    """Give those of them who are still there, under the names that they bear now."""
    return [replace(each, name=names[each.ident]) for each in people if each.ident in names]


def _busy(each: Person) -> tuple[Any, ...]:
    return -each.calls - each.notes - each.moves, -each.open, each.ident
