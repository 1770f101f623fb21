"""A table of work whose work never succeeds."""

from typing import Any

from crm.work.lease import Lease
from crm.work.table import Table
from leads.models import FlowStep


def work(row: Any, lease: Lease) -> None:
    raise RuntimeError("never")


def gave_up(row: Any) -> None:
    """Nobody need hear of it."""


TABLE = Table(model=FlowStep, work=work, gave_up=gave_up)
