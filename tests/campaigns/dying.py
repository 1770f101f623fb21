"""A walk, or the start of a scheduled run, whose worker is killed or fails after some writes."""

from dataclasses import dataclass
from typing import Any

from campaigns import schedules, walk
from crm.work.lease import Lease
from crm.work.models import WorkRow
from crm.work.table import Table

# How many times a lease is written before the end, and what the end is.
writes_left: list[int] = [0]
ends_with: list[type[BaseException]] = [RuntimeError]


class Killed(BaseException):
    """What a SIGKILL is to the code that runs: nothing below it gets a turn."""


@dataclass(frozen=True)
class DyingLease(Lease):
    """A lease that writes so many times, and then ends in the middle of a transaction."""

    def write(self, row: WorkRow, **changes: Any) -> None:
        super().write(row, **changes)
        writes_left[0] -= 1
        if writes_left[0] < 0:
            raise ends_with[0]("the end")


def dying(row: Any, lease: Lease) -> None:
    walk.walk(row, DyingLease(lease.model, lease.token))


TABLE = Table(model=walk.TABLE.model, work=dying, gave_up=walk.gave_up)


def starting(row: Any, lease: Lease) -> None:
    schedules.work(row, DyingLease(lease.model, lease.token))


SCHEDULES = Table(
    model=schedules.TABLE.model,
    work=starting,
    gave_up=schedules.gave_up,
    queued_again=schedules.queued_again,
)


def doomed(row: Any, lease: Lease) -> None:
    """Fail for the last time."""
    row.attempts = 4
    raise RuntimeError("the end")


DOOMED = Table(model=walk.TABLE.model, work=doomed, gave_up=walk.gave_up)
