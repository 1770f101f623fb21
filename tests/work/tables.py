"""Two tables of work whose work a test chooses; the rows are next steps of leads."""

from collections.abc import Callable
from typing import Any

from campaigns.models import SourceRun
from crm.work.lease import Lease
from crm.work.table import Table
from leads.models import FlowStep

# What was worked on and given up, in order.
worked: list[Any] = []
given_up: list[Any] = []
# What the work does besides finishing.
behaviour: list[Callable[[Any, Lease], None]] = []


def work(row: Any, lease: Lease) -> None:
    worked.append(row.pk)
    for each in behaviour:
        each(row, lease)
    lease.finish(row)


def gave_up(row: Any) -> None:
    given_up.append(row.pk)


def gave_up_badly(row: Any) -> None:
    FlowStep.of(row.tenant).filter(pk=row.pk).update(last_error="half done")
    raise RuntimeError("cannot even give up")


STEPS = Table(model=FlowStep, work=work, gave_up=gave_up, batch=3)
STEPS_GIVEN_UP_BADLY = Table(model=FlowStep, work=work, gave_up=gave_up_badly, batch=3)
RUNS = Table(model=SourceRun, work=work, gave_up=gave_up)
STEPS_SIDE_BY_SIDE = Table(model=FlowStep, work=work, gave_up=gave_up, batch=6, threads=3)
STEPS_WITH_SUSPECTS = Table(model=FlowStep, work=work, gave_up=gave_up, batch=3, suspects=3)
