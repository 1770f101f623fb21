"""What happened to a record, the latest first, a page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Self

from django.db.models import Model, Q, QuerySet

from crm.ledger.models import AuditEntry, AuditPayload, Kind, Via
from crm.tenants.models import Tenant
from crm.trail import words
from crm.trail.values import Change, Reader

PAGE = 20
MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """An entry as the page says it."""

    entry: AuditEntry
    said: str
    via: str
    changes: list[Change] = field(default_factory=list)
    why: str = ""

    @property
    def shown(self) -> list[Change]:
        """The changes that the sentence does not say already."""
        is_move = self.entry.verb == "moved" and len(self.changes) == 1
        is_said = self.why or is_move or words.is_with(self.changes)
        return [] if is_said else self.changes


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    # What the address of the next page says; "" on the last one.
    next: str = ""


@dataclass(frozen=True)
class Place:
    """A place in the order of the trail, as an address writes it: “microseconds-id”."""

    at: datetime
    id: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        moment, _, ident = text.partition("-")
        if not (text.isascii() and moment.isdigit() and ident.isdigit() and len(text) < 40):
            return None
        try:
            return cls(EPOCH + int(moment) * MICROSECOND, int(ident))
        except OverflowError:
            return None

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}-{self.id}"

    def behind(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """Give the older ones."""
        return entries.filter(Q(at__lt=self.at) | Q(at=self.at, id__lt=self.id), at__lte=self.at)


def of(records: Iterable[Model], tenant: Tenant, *, with_looks: bool, before: str = "") -> Page:
    """Give a page of what happened to the first of the records; the others belong to it."""
    named = [(each._meta.label_lower, str(each.pk)) for each in records]
    entries = AuditEntry.objects.filter(
        tenant_id=tenant.pk,
        target_id__in=[ident for _, ident in named],
        target_type__in=[label for label, _ in named],
    )
    if not with_looks:
        entries = entries.exclude(kind=Kind.LOOKED)
    if place := Place.read(before):
        entries = place.behind(entries)
    found = list(entries.order_by("-at", "-id")[: PAGE + 1])
    shown, last = found[:PAGE], found[PAGE - 1 : PAGE]
    more = str(Place(last[0].at, last[0].pk)) if len(found) > PAGE else ""
    return Page(lines(shown, tenant, first=named[0]), more)


def lines(
    entries: Sequence[AuditEntry], tenant: Tenant | None, *, first: tuple[str, str] | None = None
) -> list[Line]:
    """Say the entries in words; of all but the `first` record it is said which it is."""
    payloads = payloads_of(entries)
    reader = Reader(tenant)
    reader.learn(
        (each.target_type, payloads[each.pk].before, payloads[each.pk].after) for each in entries
    )
    told = []
    for each in entries:
        payload = payloads[each.pk]
        changes = list(reader.changes(each.target_type, payload.before, payload.after))
        is_first = first is None or first == (each.target_type, each.target_id)
        said = words.said(each, changes, words.own(each) if is_first else each.target)
        reason = str(payload.after.get("why", "")) if each.kind == Kind.REFUSED else ""
        told.append(Line(each, said, _way(each), changes, reason))
    return told


def payloads_of(entries: Sequence[AuditEntry]) -> dict[int, AuditPayload]:
    """Give the values of each entry, in one query; empty ones where they were erased."""
    values = {each.pk: AuditPayload(entry_id=each.pk) for each in entries}
    if entries:
        moments = [each.at for each in entries]
        rows = AuditPayload.objects.filter(
            entry_id__in=list(values), at__gte=min(moments), at__lte=max(moments)
        )
        values |= {row.entry_id: row for row in rows}
    return values


def _way(entry: AuditEntry) -> str:
    return Via(entry.via).label if entry.via in Via.values else entry.via
