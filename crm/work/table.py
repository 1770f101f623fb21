"""A table of work: which rows, what to do with one, what to say when it is given up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from crm.work.lease import Lease
from crm.work.models import State, WorkRow


@dataclass(frozen=True)
class Table:
    """`work(row, lease)` makes its effect and `lease.finish/release/write` in one transaction.

    `gave_up(row)` is called once, in a transaction of its tenant, when the row is dead, and
    `queued_again(row)` when a person revives it; it may raise queue.CannotQueue. `put_off(row)` is
    called in such a transaction when an attempt failed and the next is due at `row.due_at`.

    A claim takes up to `batch` rows; `threads` of them are worked on side by side, each with a
    connection of its own, which is for work that waits for somebody outside. Of rows whose worker
    died once a process holds up to so many `suspects`; from the second time on each is alone.

    `hold(row)` takes what else is locked before the row is, by whoever changes both.

    `about(row)` says to people what the row is for; `related` is what it needs to know for that.
    `risk(row)` says in a sentence why a dead row is not queued again together with others, "" if it
    may be.
    """

    model: type[WorkRow]
    work: Callable[[Any, Lease], None]
    gave_up: Callable[[Any], None]
    queued_again: Callable[[Any], None] = lambda row: None
    put_off: Callable[[Any], None] = lambda row: None
    hold: Callable[[Any], object] = lambda row: None
    batch: int = 1
    threads: int = 1
    suspects: int = 1
    about: Callable[[Any], str] = str
    related: tuple[str, ...] = ()
    risk: Callable[[Any], str] = lambda row: ""
    # What a dead row becomes of which a person has said that it may rest.
    at_rest: State = State.DONE

    @property
    def key(self) -> str:
        """Name the table in addresses and to machines that watch."""
        return str(self.model._meta.label_lower)

    @property
    def label(self) -> str:
        """Name the rows in the plural, for people and for tallies."""
        return str(self.model._meta.verbose_name_plural)
