"""The columns of a board: a window of cards in each, all read in one go, and more of one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from crm.bounds.counts import capped
from crm.pipeline.models import Stage
from leads.board import drawing, heads
from leads.board.drawing import Card, Row
from leads.board.heads import COUNTED, Reading, Sum
from leads.listing import found, listing
from leads.models import Lead
from leads.records import cursors
from leads.search.marking import Marker

# So many cards are drawn at first, spread over the columns; then column by column.
AT_FIRST = 90
FEWEST, WINDOW = 10, 30


@dataclass(frozen=True)
class Column:
    """A window of a stage's cards; `cursor` leads to the next ones, "" if there are none."""

    stage: Stage
    cards: list[Card]
    sum: Sum = field(default_factory=Sum)
    cursor: str = ""
    next_url: str = ""

    @property
    def count(self) -> int:
        """How many leads stand in it, as far as they were counted."""
        return self.sum.leads

    @property
    def is_over(self) -> bool:
        """Whether more stand here than the stage's limit allows."""
        limit = self.stage.wip_limit
        return limit is not None and self.sum.leads > limit


def first(reading: Reading, sums: dict[UUID, Sum]) -> list[Column]:
    """Read the first cards of all columns in one query."""
    if not reading.stages:
        return []
    many = max(FEWEST, min(WINDOW, AT_FIRST // len(reading.stages)))
    matching = _matching(reading, sums)
    parts = []
    for stage in reading.stages:
        few = _is_few(reading, sums[stage.pk])
        leads = reading.order.sort(matching[few].filter(stage=stage), few=few)
        parts.append(leads.values("pk")[: many + 1])
    rows: dict[UUID, list[Row]] = defaultdict(list)
    for row in _read(reading, heads.union(parts)):
        rows[row.stage].append(row)
    return [
        _column(reading, stage, rows[stage.pk], many, sums[stage.pk]) for stage in reading.stages
    ]


def more(reading: Reading, stage: Stage, after: str) -> Column:
    """Read the next cards of one column."""
    near = listing.matching(reading.membership, reading.wanted).filter(stage=stage)
    many = 0 if reading.is_whole else capped(near, COUNTED)
    sums = {stage.pk: Sum(many, is_more=many > COUNTED)}
    few = _is_few(reading, sums[stage.pk])
    leads = _matching(reading, sums)[few].filter(stage=stage)
    part = reading.order.sort(leads, few=few, after=after).values("pk")[: WINDOW + 1]
    return _column(reading, stage, _read(reading, part), WINDOW, Sum())


def some(reading: Reading, idents: Iterable[UUID], *, filtered: bool = True) -> list[Card]:
    """Draw those of these leads that the filters mean, or all, in their order."""
    wanted = reading.wanted if filtered else {}
    here = listing.matching(reading.membership, wanted).filter(
        pk__in=list(idents), stage__in=reading.stages
    )
    rows = _read(reading, here.values("pk"))
    return _drawn(reading, rows)


def said(reading: Reading) -> str:
    """Say what was done with the words that are searched for, if that is worth a word."""
    meant = found.of(reading.membership, reading.wanted)
    return meant.said if meant else ""


def _drawn(reading: Reading, rows: list[Row]) -> list[Card]:
    """Draw cards, with the words that are searched for marked: what those mean is known by now."""
    meant = found.of(reading.membership, reading.wanted) if rows else None
    marker = Marker(meant.asked, is_loose=meant.is_loose) if meant else None
    return drawing.draw(rows, reading.stages, reading.order, marker)


def _column(reading: Reading, stage: Stage, rows: list[Row], many: int, each: Sum) -> Column:
    cards = _drawn(reading, rows[:many])
    if len(rows) <= many:
        return Column(stage, cards, each)
    last = rows[many - 1]
    return Column(stage, cards, each, cursors.encode(last.key(reading.order), last.pk))


def _matching(reading: Reading, sums: dict[UUID, Sum]) -> dict[bool, QuerySet[Lead]]:
    """Give where cards are read: where they are few, and where each is looked at as it is met."""
    near = listing.matching(reading.membership, reading.wanted)
    if all(_is_few(reading, each) for each in sums.values()) or "q" not in reading.wanted:
        return {True: near, False: near}
    return {True: near, False: listing.matching(reading.membership, reading.wanted, walks=True)}


def _is_few(reading: Reading, each: Sum) -> bool:
    """Tell whether a column is gathered and sorted; a whole one is read in the index's order."""
    return not reading.is_whole and each.leads <= COUNTED


def _read(reading: Reading, these: QuerySet[Any, Any]) -> list[Row]:
    """Read what cards show of these leads alone: to find them an index was enough."""
    rows = drawing.rows(Lead.of(reading.tenant).filter(pk__in=these), reading.tenant)
    return [Row(*each) for each in reading.order.sort(rows, few=True)]
