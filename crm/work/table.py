"""A table of work: which rows, what to do with one, what to say when it is given up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from crm.work.lease import Lease
from crm.work.models import WorkRow


@dataclass(frozen=True)
class Table:
    """`work(row, lease)` makes its effect and `lease.finish/release/write` in one transaction.

    `gave_up(row)` is called once, in a transaction of its tenant, when the row is dead, and
    `queued_again(row)` when a person revives it; it may raise queue.CannotQueue.
    """

    model: type[WorkRow]
    work: Callable[[Any, Lease], None]
    gave_up: Callable[[Any], None]
    queued_again: Callable[[Any], None] = lambda row: None
    batch: int = 1
