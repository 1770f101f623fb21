"""A company's counted figures, as they are shown: drawn, said in words and linked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from crm.look.formats import roughly, thousands
from crm.look.graphs import Bar, Part, Point
from crm.pipeline.models import Stage
from leads.models import Tier
from leads.reports import addresses
from leads.reports.counting import LATELY
from leads.reports.rates import Middle, Rate

Row = dict[str, Any]
MOST = 8
LATE = ("added", "last", str(LATELY))


@dataclass(frozen=True)
class Person:
    """What somebody has on their desk and did in a week; `ident` is their id."""

    ident: str
    open: int = 0
    hot: int = 0
    calls: int = 0
    notes: int = 0
    moves: int = 0
    overdue: int = 0
    name: str = ""

    @property
    def talks(self) -> int:
        return self.calls + self.notes

    @property
    def leads_url(self) -> str:
        return addresses.leads(("owner", "is", self.ident), ("closed", "empty"))

    @property
    def hot_url(self) -> str:
        return addresses.leads(("owner", "is", self.ident), *addresses.HOT)

    @property
    def overdue_url(self) -> str:
        return addresses.leads(("owner", "is", self.ident), ("due", "overdue"))

    @property
    def active_url(self) -> str:
        return addresses.leads(("owner", "is", self.ident), ("active", "last", "7"))


@dataclass(frozen=True)
class Figures:
    """What `counting.count` gave, and when; `at` is None while nothing was counted yet."""

    rows: dict[str, list[Row]]
    at: datetime | None
    is_live: bool = False

    def by(self, what: str) -> list[Row]:
        """Give the leads counted by this."""
        return [row for row in self.rows.get("leads", []) if row["by"] == what]

    @property
    def all(self) -> Row:
        found = self.by("all")
        return found[0] if found else {}

    @property
    def overdue(self) -> int:
        return sum(row["overdue"] for row in self.rows.get("tasks", []))


def sources(figures: Figures, label: Callable[[str], str]) -> list[Bar]:
    """Draw the new leads by their source, beside those of as many days before."""
    rows = [row for row in figures.by("source") if row["new"] or row["new_before"]]
    return [
        Bar(
            label(row["key"]),
            row["new"],
            thousands(row["new"]),
            addresses.leads(("source", "is", row["key"]), LATE),
            before=row["new_before"],
            shown_before=f"/ {thousands(row['new_before'])}",
        )
        for row in sorted(rows, key=lambda row: -row["new"])[:MOST]
    ]


def days(figures: Figures, today: date) -> list[Point]:
    """Give the new leads of each day, up to today."""
    found = {row["key"]: row["new"] for row in figures.by("day") if row["key"]}
    known = [today - timedelta(days=LATELY - 1 - n) for n in range(LATELY)]
    return [
        Point(
            f"{day:%-d %b}",
            found.get(day.isoformat(), 0),
            addresses.leads(("added", "during", day.isoformat(), day.isoformat())),
        )
        for day in known
    ]


def won(
    rows: Iterable[Row], label: Callable[[str], str], where: Callable[[str], tuple[str, ...]]
) -> list[Bar]:
    """Draw which part of the leads that were decided became customers."""
    return [_won(row, label(row["key"]), where(row["key"])) for row in rows]


def _won(row: Row, label: str, where: tuple[str, ...]) -> Bar:
    rate = Rate(row["won"], row["won"] + row["lost"])
    customers = ("kind", "is", "customer")
    if rate.percent is None:
        href = addresses.leads(where)
        said = f"{thousands(row['leads'])} leads"
        return Bar(label, None, said, href, f"{rate.missing} more decided needed")
    note = f"{thousands(rate.part)} of {thousands(rate.whole)}"
    href = addresses.leads(where, customers)
    return Bar(label, rate.percent, f"{rate.percent}%", href, note)


def tiers(figures: Figures) -> list[Bar]:
    """Draw what becomes of hot, warm and cold leads."""
    found = {row["key"]: row for row in figures.by("tier")}
    rows = [found[tier] for tier in Tier.values if tier in found]
    return won(rows, lambda key: Tier(key).label, lambda key: ("tier", "is", key))


@dataclass(frozen=True)
class Passage:
    """How leads leave a stage: which part goes on rather than is lost, and after how long."""

    stage: Stage
    rate: Rate
    stay: Middle

    @property
    def url(self) -> str:
        return addresses.stage(self.stage)

    @property
    def stay_label(self) -> str:
        return "" if self.stay.seconds is None else roughly(self.stay.seconds)

    @property
    def missing_label(self) -> str:
        return more(self.rate.missing)


def passages(figures: Figures, stages: Iterable[Stage]) -> list[Passage]:
    """Give the passage out of each stage that leads leave."""
    found = {row["key"]: row for row in figures.rows.get("moves", [])}
    nothing = {"onward": 0, "lost": 0, "moves": 0, "seconds": None}
    rows = [(stage, found.get(str(stage.pk), nothing)) for stage in stages if not stage.is_closed]
    return [
        Passage(
            stage,
            Rate(row["onward"], row["onward"] + row["lost"]),
            Middle(row["seconds"], row["moves"]),
        )
        for stage, row in rows
    ]


@dataclass(frozen=True)
class Contact:
    """How soon somebody calls or writes down a talk after a lead has come."""

    parts: list[Part]
    half: Middle

    @property
    def half_label(self) -> str:
        return "" if self.half.seconds is None else roughly(self.half.seconds)

    @property
    def missing_label(self) -> str:
        return more(self.half.missing)


def contact(figures: Figures) -> Contact:
    """Give the first contacts with the leads of late."""
    found = figures.rows.get("contact") or [
        {"leads": 0, "reached": 0, "in_a_day": 0, "in_a_week": 0, "seconds": None}
    ]
    row = found[0]
    reached = addresses.leads(LATE, ("contacted", "filled"))
    parts = [
        Part("Within a day", row["in_a_day"], reached, "good"),
        Part("Within a week", row["in_a_week"] - row["in_a_day"], reached, "warm"),
        Part("Later", row["reached"] - row["in_a_week"], reached, "bad"),
        Part(
            "Not yet", row["leads"] - row["reached"],
            addresses.leads(LATE, ("contacted", "empty")), "quiet",
        ),
    ]  # fmt: skip
    return Contact(parts, Middle(row["seconds"], row["reached"]))


def people(figures: Figures) -> dict[str, Person]:
    """Give the work of each person who has any, by id; the busiest first."""
    found: dict[str, dict[str, Any]] = {}
    for row in figures.by("owner"):
        if row["key"]:
            found[row["key"]] = {"open": row["open"], "hot": row["hot"]}
    for part in ("work", "peoples_moves", "tasks"):
        for row in figures.rows.get(part, []):
            if row["key"]:
                values = {name: value for name, value in row.items() if name != "key"}
                found.setdefault(row["key"], {}).update(values)
    known = [Person(ident, **values) for ident, values in found.items()]
    known.sort(key=lambda each: (-each.talks - each.moves, -each.open, each.ident))
    return {each.ident: each for each in known}


def more(missing: int) -> str:
    """Say how many observations are missing."""
    return f"{missing} more needed"
