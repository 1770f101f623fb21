"""A company's counted figures, as they are shown: drawn, said in words and linked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from crm.look.formats import pounds, thousands
from crm.look.graphs import Bar, Part, Point, Said
from crm.pipeline.models import Stage
from crm.tenants.whereabouts import place
from leads.models import Tier
from leads.reports import addresses
from leads.reports.addresses import BEFORE, CUSTOMERS, DECIDED, LATE, hint
from leads.reports.counting import MOVED, last_days
from leads.reports.rates import Middle, Rate

Row = dict[str, Any]
MOST = 8
MOVED_LATELY = str(MOVED)


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


def sources(figures: Figures, label: Callable[[str], str]) -> list[Bar]:
    """Draw the new leads by their source, beside those of as many days before."""
    rows = [row for row in figures.by("source") if row["new"] or row["new_before"]]
    return [
        _source(row, label(row["key"])) for row in sorted(rows, key=lambda row: -row["new"])[:MOST]
    ]


def _source(row: Row, label: str) -> Bar:
    where = ("source", "is", row["key"])
    now = Said(thousands(row["new"]), addresses.leads(where, LATE))
    before = Said(thousands(row["new_before"]), addresses.leads(where, *BEFORE), before="/ ")
    return Bar(label, row["new"], now, (before,), before=row["new_before"])


def zone_of_days(figures: Figures, wanted: Iterable[str]) -> str:
    """Give the first of these zones of which the days were counted, else another one."""
    counted = list(dict.fromkeys(row["zone"] for row in figures.rows.get("days", [])))
    return next((zone for zone in wanted if zone in counted), counted[0] if counted else "")


def days(figures: Figures, zone: str) -> list[Point]:
    """Give the new leads of each day in this zone, up to today there."""
    rows, today = figures.rows.get("days", []), timezone.localdate(timezone=place(zone))
    found = {row["key"]: row["new"] for row in rows if row["zone"] == zone}
    return [
        Point(
            f"{day:%-d %b}",
            found.get(day.isoformat(), 0),
            addresses.leads(("added", "during", day.isoformat(), day.isoformat())),
        )
        for day in last_days(today)
    ]


def won(
    rows: Iterable[Row], label: Callable[[str], str], where: Callable[[str], tuple[str, ...]]
) -> list[Bar]:
    """Draw which part of the leads that were decided became customers."""
    return [_won(row, label(row["key"]), where(row["key"])) for row in rows]


def _won(row: Row, label: str, where: tuple[str, ...]) -> Bar:
    rate = Rate(row["won"], row["won"] + row["lost"])
    if rate.percent is None:
        said = Said(hint(row["leads"]), addresses.leads(where))
        return Bar(label, None, said, note=f"{rate.missing} more decided needed")
    part, whole = addresses.leads(where, CUSTOMERS), addresses.leads(where, DECIDED)
    said = Said(f"{rate.percent}%", part, hint(rate.part))
    below = (Said(thousands(rate.part), part), Said(thousands(rate.whole), whole, before=" of "))
    return Bar(label, rate.percent, said, below=below)


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
    def onward_url(self) -> str:
        return self._url("onward")

    @property
    def decided_url(self) -> str:
        return self._url("last")

    @property
    def onward_hint(self) -> str:
        return hint(self.rate.part)

    @property
    def decided_hint(self) -> str:
        return hint(self.rate.whole)

    def _url(self, how: str) -> str:
        return addresses.leads(("left", how, MOVED_LATELY, str(self.stage.pk)))


def passages(figures: Figures, stages: Iterable[Stage]) -> list[Passage]:
    """Give the passage out of each stage that leads leave."""
    found = {row["key"]: row for row in figures.rows.get("moves", [])}
    nothing = {"onward": 0, "decided": 0, "seconds": None}
    rows = [(stage, found.get(str(stage.pk), nothing)) for stage in stages if not stage.is_closed]
    return [
        Passage(stage, Rate(row["onward"], row["decided"]), Middle(row["seconds"], row["decided"]))
        for stage, row in rows
    ]


@dataclass(frozen=True)
class Won:
    """What was won lately, and how long half of it took from when it was found."""

    leads: int
    pence: int
    half: Middle

    @property
    def url(self) -> str:
        return addresses.leads(CUSTOMERS, ("closed", "last", MOVED_LATELY))

    @property
    def hint(self) -> str:
        return hint(self.leads)

    @property
    def pounds(self) -> str:
        return pounds(self.pence)


def won_lately(figures: Figures) -> Won:
    """Give the customers who were won lately."""
    found = figures.rows.get("won") or [{"leads": 0, "pence": 0, "seconds": None}]
    row = found[0]
    return Won(row["leads"], int(row["pence"]), Middle(row["seconds"], row["leads"]))


@dataclass(frozen=True)
class Contact:
    """How soon somebody calls or writes down a talk after a lead has come."""

    parts: list[Part]
    half: Middle

    @property
    def url(self) -> str:
        return addresses.leads(LATE, ("first", "filled"))

    @property
    def hint(self) -> str:
        return hint(self.half.seen)


def contact(figures: Figures) -> Contact:
    """Give the first contacts with the leads of late."""
    found = figures.rows.get("contact") or [
        {"leads": 0, "reached": 0, "in_a_day": 0, "in_a_week": 0, "seconds": None}
    ]
    row = found[0]
    parts = [
        ("Within a day", row["in_a_day"], ("within", "1"), "good"),
        ("Within a week", row["in_a_week"] - row["in_a_day"], ("between", "1", "7"), "warm"),
        ("Later", row["reached"] - row["in_a_week"], ("after", "7"), "bad"),
        ("Not yet", row["leads"] - row["reached"], ("empty",), "quiet"),
    ]
    return Contact(
        [
            Part(label, many, addresses.leads(LATE, ("first", *when)), tone)
            for label, many, when, tone in parts
        ],
        Middle(row["seconds"], row["reached"]),
    )
