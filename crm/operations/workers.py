"""Who works: the supervisors' signs of life, and the rows that their processes hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from crm.ids import moment
from crm.operations import subjects
from crm.tenants.models import Tenant
from crm.work.models import Heartbeat, State
from crm.work.queue import Depth
from crm.work.signs_of_life import FRESH_SECONDS, heard

# Of the silent ones the latest will do; they are forgotten after a day.
MOST_WORKERS = 20
MOST_ROWS = 20


@dataclass(frozen=True)
class Worker:
    """A supervisor and its cluster: `silent_s` since it was heard of, `swept_s` since it looked.

    `where` is empty for whom it does not concern.
    """

    name: str
    where: str
    silent_s: float
    swept_s: float | None
    swept_rows: int

    @property
    def is_alive(self) -> bool:
        return self.silent_s <= FRESH_SECONDS


def workers(*, with_hosts: bool) -> list[Worker]:
    """List those of whom something was heard, the latest first."""
    beats = list(heard()[:MOST_WORKERS])
    # They keep their numbers while they are polled for.
    numbers = {beat.pk: number for number, beat in enumerate(_by_name(beats), start=1)}
    return [
        Worker(
            name=f"Worker {numbers[beat.pk]}",
            where=f"{beat.host}, process {beat.pid}" if with_hosts else "",
            silent_s=_seconds_since(beat.at),
            swept_s=_seconds_since(beat.swept_at) if beat.swept_at else None,
            swept_rows=beat.swept_rows,
        )
        for beat in beats
    ]


def _seconds_since(moment: datetime) -> float:
    return max(0.0, (timezone.now() - moment).total_seconds())


def _by_name(beats: Iterable[Heartbeat]) -> list[Heartbeat]:
    return sorted(beats, key=lambda beat: beat.name)


@dataclass(frozen=True)
class Held:
    """A row that is worked on; `is_abandoned` when its worker has ended and none has taken over."""

    about: str
    url: str
    holder: str
    since: datetime | None
    is_abandoned: bool


def at_work(tenant: Tenant, depths: Iterable[Depth], *, with_hosts: bool) -> list[Held]:
    """List rows of the tenant that are being worked on, those that were claimed last first."""
    found: list[tuple[Depth, Any]] = []
    for depth in depths:
        if depth.leased:
            rows = depth.table.model.of(tenant)  # type: ignore[attr-defined]
            rows = rows.filter(state=State.LEASED).select_related(*depth.table.related)
            found += [(depth, row) for row in rows.order_by("-lease_token")[:MOST_ROWS]]
    processes = sorted({row.lease_holder for _, row in found})
    names = {each: f"Process {number}" for number, each in enumerate(processes, start=1)}
    now = timezone.now()
    return [
        Held(
            about=subjects.capitalised(depth.table, row),
            url=subjects.url(row),
            holder=row.lease_holder if with_hosts else names[row.lease_holder],
            since=moment(row.lease_token) if row.lease_token else None,
            is_abandoned=row.lease_until is None or row.lease_until < now,
        )
        for depth, row in found
    ]
