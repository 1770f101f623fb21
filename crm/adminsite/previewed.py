"""Actions on rows of the administration that first show what they would do, and then do it.

The first step asks for what is missing (to whom?), the second shows the rows that would change and
those that are left alone, the third does it in the request's transaction. In between the rows are
kept by id and a mark of what was seen, so that whatever a colleague has changed is left alone.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from django import forms
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from crm.ids import read as read_id
from crm.tenants.models import Membership, Tenant

CHANGED = "Somebody changed it meanwhile."
GONE = "It is gone meanwhile."
MOST_NAMES = 5


class Asked(forms.Form):
    """What an action wants to know besides the rows; every choice is the company's own."""

    def __init__(self, *args: Any, tenant: Tenant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tenant = tenant
        for each in self.fields.values():
            each.error_messages["required"] = "Choose one first."
        self.offer(tenant)

    def offer(self, tenant: Tenant) -> None:
        """Fill the choices."""

    @property
    def parts(self) -> list[forms.Form]:
        """The forms that it is made of: itself."""
        return [self]


class Previewed(ABC):
    """One action: `asked` is its form, `seen` names what a colleague may have changed meanwhile.

    `left` says of which rows why nothing is done with them, by id. What `deletes` rows holds them
    so that nobody hangs anything on them meanwhile.
    """

    name = ""
    label = ""
    asked: type[Asked] | None = None
    seen: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    refusals: tuple[type[Exception], ...] = ()
    is_dangerous = deletes = False

    def form(self, sent: Any, rows: list[Any], by: Membership) -> Any:
        """Ask what there is to be asked; None if that is nothing."""
        return self.asked(sent, tenant=by.tenant) if self.asked else None

    def left(self, rows: list[Any], given: dict[str, Any]) -> dict[Any, str]:
        return {}

    def does(self, many: str, given: dict[str, Any]) -> str:
        """Say it on the button, like “Give 3 leads to Priya”."""
        return f"{self.label}: {many}"

    def did(self, many: str, given: dict[str, Any]) -> str:
        """Say it when it is done."""
        return f"{self.label}: {many}."

    def remark(self, rows: list[Any], given: dict[str, Any]) -> str:
        """Say what else a person should know before."""
        return ""

    def hold(self, given: dict[str, Any], by: Membership) -> None:  # noqa: B027 - few need it
        """Hold what must be held before the rows; raises one of `refusals`."""

    @abstractmethod
    def do_all(self, rows: list[Any], given: dict[str, Any], by: Membership) -> dict[Any, str]:
        """Do it to all; give why some were refused, by id."""

    def mark(self, row: Model) -> str:
        """Sum up what was seen of the row."""
        seen = repr([getattr(row, name) for name in self.seen])
        return f"{crc32(seen.encode()):08x}"


class RowByRow(Previewed):
    """One that has a verb for each row."""

    @abstractmethod
    def do(self, row: Any, given: dict[str, Any], by: Membership) -> None:
        """Do it to a row; raises one of `refusals` where it can't be done after all."""

    def do_all(self, rows: list[Any], given: dict[str, Any], by: Membership) -> dict[Any, str]:
        refused = {}
        for row in rows:
            try:
                with transaction.atomic():
                    self.do(row, given, by)
            except self.refusals as refusal:
                refused[row.pk] = str(refusal)
        return refused


@dataclass
class Plan:
    """What would be done: the rows, and those left alone by the reason why."""

    will: list[Any] = field(default_factory=list)
    left: dict[str, list[Any]] = field(default_factory=dict)

    def leave(self, row: Any, why: str) -> None:
        self.left.setdefault(why, []).append(row)

    @property
    def sample(self) -> list[Any]:
        return self.will[:MOST_NAMES]

    @property
    def others(self) -> int:
        return len(self.will) - len(self.sample)

    @property
    def reasons(self) -> list[tuple[str, int, list[Any], int]]:
        """Give each reason with how many it is, a few of them and how many more."""
        return [
            (why, len(rows), rows[:MOST_NAMES], max(0, len(rows) - MOST_NAMES))
            for why, rows in self.left.items()
        ]


def plan(action: Previewed, rows: list[Any], given: dict[str, Any]) -> Plan:
    """Sort the rows into those that change and those that are left alone."""
    left, found = action.left(rows, given), Plan()
    for row in rows:
        if why := left.get(row.pk):
            found.leave(row, why)
        else:
            found.will.append(row)
    return found


def pack(action: Previewed, rows: Iterable[Any]) -> str:
    """Write down the rows and what was seen of them, for a hidden field."""
    return ",".join(f"{row.pk.hex}{action.mark(row)}" for row in rows)


def unpack(packed: str, most: int) -> dict[Any, str]:
    """Read it again: ids and marks; what was tampered with is left out."""
    pairs = ((read_id(each[:32]), each[32:]) for each in packed.split(",")[:most])
    return {pk: mark for pk, mark in pairs if pk is not None}


def carry_out(
    action: Previewed,
    rows: QuerySet[Any],
    marks: dict[Any, str],
    given: dict[str, Any],
    by: Membership,
) -> tuple[int, Plan]:
    """Do it to those that are as they were seen; say how many, and why others were left alone."""
    try:
        action.hold(given, by)
    except action.refusals as refusal:
        return 0, Plan(left={str(refusal): list(rows.filter(pk__in=marks))})
    held = rows.filter(pk__in=marks).order_by("pk")
    held = held.select_for_update(no_key=not action.deletes, of=("self",))
    there = [row.pk for row in held]
    now = list(rows.filter(pk__in=there).select_related(*action.related))
    same = [row for row in now if action.mark(row) == marks[row.pk]]
    found = plan(action, same, given)
    refused = action.do_all(found.will, given, by)
    for row in found.will:
        if row.pk in refused:
            found.leave(row, refused[row.pk])
    for row in now:
        if action.mark(row) != marks[row.pk]:
            found.leave(row, CHANGED)
    for pk in marks.keys() - {row.pk for row in now}:
        found.leave(pk, GONE)
    return len(found.will) - len(refused), found


def of(request: HttpRequest) -> tuple[Tenant, Membership]:
    """Give for whom and as whom the request acts."""
    return request.tenant, request.membership  # type: ignore[attr-defined]
