"""How much work stands in the tables, and giving up no row for good."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Value
from django.db.models.functions import Now
from django.utils import timezone

from crm.tenants.models import Tenant
from crm.work import together
from crm.work.drain import tables
from crm.work.lease import FREE, holder
from crm.work.models import LIVE, State, WorkRow
from crm.work.table import Table


@dataclass(frozen=True)
class Depth:
    """Rows of a table by state; `waiting` have a time of their own or are held by a person.

    `oldest_waiting_s` is how long the oldest due row has been due.
    """

    table: Table
    ready: int
    waiting: int
    leased: int
    dead: int
    oldest_waiting_s: float


def depth(tenant: Tenant | None = None) -> list[Depth]:
    """Count the unfinished rows per table, of this tenant or of all, in one question."""
    counted = [part for table in tables() for part in _counted(table, tenant)]
    found: dict[str, list[tuple[str, int, datetime | None]]] = {}
    for key, *row in counted[0].union(*counted[1:], all=True):
        found.setdefault(key, []).append(tuple(row))
    return [_depth(table, found.get(table.key, [])) for table in tables()]


def _counted(table: Table, tenant: Tenant | None) -> Iterator[QuerySet[Any]]:
    rows: QuerySet[Any] = table.model._default_manager.order_by()
    if tenant is not None:
        rows = rows.filter(tenant=tenant)
    is_due = Q(state__in=[State.READY, State.WAITING], due_at__lte=timezone.now())
    # What lives and what was set aside have an index each; what is done has none.
    for part in (rows.filter(LIVE), rows.filter(state__in=[State.DEAD, State.HELD])):
        named = part.annotate(table=Value(table.key)).values("table", "state")
        counts = named.annotate(n=Count("pk"), oldest=Min("due_at", filter=is_due))
        yield counts.values_list("table", "state", "n", "oldest")


def _depth(table: Table, rows: list[tuple[str, int, datetime | None]]) -> Depth:
    counts = {state: number for state, number, _ in rows}
    oldest = min((at for *_, at in rows if at is not None), default=None)
    waited = round((timezone.now() - oldest).total_seconds(), 1) if oldest else 0.0
    return Depth(
        table,
        ready=counts.get(State.READY, 0),
        waiting=counts.get(State.WAITING, 0) + counts.get(State.HELD, 0),
        leased=counts.get(State.LEASED, 0),
        dead=counts.get(State.DEAD, 0),
        oldest_waiting_s=waited,
    )


def in_all(depths: Iterable[Depth]) -> dict[str, float]:
    """Sum up over the tables."""
    depths = list(depths)
    states = ("ready", "waiting", "leased", "dead")
    summed: dict[str, float] = {
        state: sum(getattr(each, state) for each in depths) for state in states
    }
    return summed | {"oldest_waiting_s": max(each.oldest_waiting_s for each in depths)}


class CannotQueue(ValueError):
    """The row can't be revived now; the sentence says why."""


def all_again(
    table: Table, rows: Iterable[WorkRow], *, together: bool = True
) -> tuple[list[WorkRow], list[str]]:
    """Queue dead rows of the table; give those that were, and why others were refused.

    Unless `together`, somebody has looked at each, and what the table calls a risk is theirs.
    """
    queued, refusals = [], []
    for row in rows:
        if together and (risk := table.risk(row)):
            refusals.append(risk)
            continue
        try:
            table.queued_again(row)
        except CannotQueue as refusal:
            refusals.append(str(refusal))
        else:
            queued.append(row)
    _queue(table, queued)
    return queued, refusals


def set_aside(table: Table, rows: Iterable[WorkRow]) -> None:
    """Let dead rows rest, of which nobody expects anything any more; their error stays."""
    dead = table.model._default_manager.filter(pk__in=[row.pk for row in rows], state=State.DEAD)
    dead.update(state=table.at_rest)


def _queue(table: Table, rows: Iterable[WorkRow]) -> None:
    dead = table.model._default_manager.filter(pk__in=[row.pk for row in rows], state=State.DEAD)
    dead.update(
        state=State.READY, due_at=timezone.now(), attempts=0, crashes=0, last_error="", **FREE
    )


def bury(processes: Iterable[int]) -> None:
    """Have others take up at once what these dead processes of this machine held."""
    holders = [holder(process) for process in processes]
    for table in tables():
        held = table.model._default_manager.filter(state=State.LEASED, lease_holder__in=holders)
        together.change(held, lease_until=Now())
