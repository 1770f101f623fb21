"""What a card of the board says, ready to be written: very many are drawn at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID
from zlib import crc32

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from crm import ids
from crm.look import formats
from crm.pipeline.models import Stage
from crm.registers import trades
from crm.tenants.models import Tenant
from leads.board.orders import Order
from leads.models import Lead, Organisation, Tagging
from leads.own.tags import SHOWN
from leads.records.sameness import is_twice
from leads.search.marking import Marker
from leads.work import tasks

COLOURS = 4
DOT = " · "


class Row(NamedTuple):
    """A lead as the board reads it."""

    pk: UUID
    stage: UUID
    rank: str
    version: int
    score: int
    tier: str
    pence: int | None
    due: datetime | None
    due_day: date | None
    since: datetime
    name: str
    address: str
    town: str
    trade: str
    is_generic: bool
    owner: str | None
    email: str | None
    tags: list[str]
    is_twice: bool
    grade: str

    def key(self, order: Order) -> Any:
        """Give what the order compares."""
        keys: dict[str, Any] = {"score": self.score, "age": self.since, "own": self.rank}
        return keys.get(order.name, -1 if self.pence is None else self.pence)


@dataclass(frozen=True, slots=True)
class Label:
    """A tag, or a person by their initials, in its colour."""

    text: str
    tone: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """`place` is where it stands in its column, as comparable text; `hint` says all in words.

    `mark` stands for the lead where its id may not: nobody makes it of an id, or an id of it.
    `shown` is the title and `facts` what stands below it, with the words of a search marked.
    """

    pk: UUID
    mark: str
    stage: UUID
    version: int
    url: str
    move_url: str
    place: str
    title: str
    shown: str
    hint: str
    facts: str
    score: int
    tier: str
    grade: str
    value: str
    owner: Label | None
    due: str
    is_overdue: bool
    age: str
    age_title: str
    rots: bool
    tags: list[Label]
    more_tags: int
    rest: str
    is_twice: bool


def rows(leads: QuerySet[Lead], tenant: Tenant) -> QuerySet[Any, Any]:
    """Have these leads read as `Row`s."""
    tags = Tagging.of(tenant).filter(lead=OuterRef("pk")).order_by("tag__name", "tag_id")
    said = tags.annotate(said=Concat("tag__tone", Value(" "), "tag__name")).values("said")
    return leads.annotate(
        said_tags=ArraySubquery(said),
        is_twice=is_twice(tenant),
    ).values_list(
        "pk", "stage_id", "rank", "version", "score", "tier", "value_pence", "next_due",
        "next_due_day", "stage_since", "organisation__name", "organisation__address",
        "organisation__town", "organisation__trade", "organisation__has_generic_name",
        "owner__name", "owner__email", "said_tags", "is_twice", "grade",
    )  # fmt: skip


def mark(lead: UUID) -> str:
    """Give what a card bears, by which a board knows that a lead has left it."""
    return salted_hmac("leads.board.drawing", lead.hex).hexdigest()[:16]


def draw(
    found: Iterable[Row], stages: Iterable[Stage], order: Order, marker: Marker | None = None
) -> list[Card]:
    """Make the cards of what was read, marked where a search found them."""
    pen = Pen({stage.pk: stage for stage in stages}, order, marker)
    return [pen.card(row) for row in found]


class Pen:
    """Draws card after card, and works out once what is the same for many."""

    def __init__(self, stages: dict[UUID, Stage], order: Order, marker: Marker | None) -> None:
        self.stages, self.order = stages, order
        self.mark = marker.marked if marker else str
        self.now, self.today = timezone.now(), timezone.localdate()
        self.url = reverse("leads:detail", args=[ids.NOBODYS])
        self.move_url = reverse("leads:move", args=[ids.NOBODYS])
        self.people: dict[str, Label] = {}

    def card(self, row: Row) -> Card:
        """Draw one."""
        nobody, ident = str(ids.NOBODYS), str(row.pk)
        stage = self.stages[row.stage]
        days = max(0, (self.now - row.since).days)
        limit = None if stage.is_closed else stage.rots_after_days
        tags = [_tag(each) for each in row.tags]
        trade = trades.label(row.trade) if row.trade else ""
        title, stood = _title(row), _stood(days, limit)
        coming = f"Next action: {tasks.due_label(row.due, row.due_day)}" if row.due else ""
        return Card(
            pk=row.pk,
            mark=mark(row.pk),
            stage=row.stage,
            version=row.version,
            url=self.url.replace(nobody, ident),
            move_url=self.move_url.replace(nobody, ident),
            place=self.order.stand(row.key(self.order), row.pk),
            title=title,
            shown=self.mark(title),
            hint="\n".join(filter(None, (title, stood, coming))),
            facts=self.facts(trade, row.town),
            score=row.score,
            tier=row.tier,
            grade=row.grade,
            value=formats.pounds(row.pence) if row.pence else "",
            owner=self.owner(row.owner or row.email),
            due=_due(row.due, row.due_day, self.today),
            is_overdue=row.due is not None and tasks.is_late(row.due, row.due_day),
            age=f"{days} d" if days else "new",
            age_title=stood,
            rots=limit is not None and days >= limit,
            tags=tags[:SHOWN],
            more_tags=len(tags[SHOWN:]),
            rest=", ".join(tag.text for tag in tags[SHOWN:]),
            is_twice=row.is_twice,
        )

    def facts(self, *known: str) -> str:
        """Put what is known in a line."""
        said = [self.mark(each) for each in known if each]
        # Marked texts are escaped; plain ones are left to the page.
        return DOT.join(said) if self.mark is str else SafeString(DOT.join(said))

    def owner(self, name: str | None) -> Label | None:
        """Give somebody's initials; None for nobody."""
        if not name:
            return None
        if name not in self.people:
            tone = str(crc32(name.encode()) % COLOURS)
            self.people[name] = Label(formats.initials(name), tone, name)
        return self.people[name]


def _tag(said: str) -> Label:
    tone, _, name = said.partition(" ")
    return Label(name, tone)


def _title(row: Row) -> str:
    if not row.is_generic:
        return row.name
    return Organisation(name=row.name, address=row.address, has_generic_name=True).title


def _due(due: datetime | None, day: date | None, today: date) -> str:
    if due is None:
        return ""
    day = day or timezone.localtime(due).date()
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if (away := (day - today).days) in near:
        return near[away]
    return date_format(day, "j M" if day.year == today.year else "j M Y")


def _stood(days: int, limit: int | None) -> str:
    said = f"{days} day{'' if days == 1 else 's'} in this stage"
    return said if limit is None or days < limit else f"{said}: longer than {limit} is too long"
