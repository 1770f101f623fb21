"""Works off what is due, table by table, until nothing is left or the time is up."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import Error, connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from crm import stopping
from crm.ledger import author
from crm.ledger.models import Via
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.upward import named
from crm.work import lease as leases
from crm.work import trouble
from crm.work.lease import FREE, Lease, LeaseLost
from crm.work.models import State
from crm.work.renewal import Renewal, renewing, swept
from crm.work.side_by_side import SECONDS_BETWEEN_LOOKS, Pause, SideBySide, side_by_side
from crm.work.table import Table
from crm.work.tally import Counts

logger = logging.getLogger(__name__)

# Failures that were seen, and leases that ran out, before a row is given up.
MOST_ATTEMPTS = 5
MOST_CRASHES = 3
# While the database is away.
SECONDS_BETWEEN_KNOCKS = 0.2


def tables() -> tuple[Table, ...]:
    """Give the tables of work in the order of the settings."""
    return named("WORK_TABLES")


def drain(
    seconds: float,
    *,
    most: float = 0,
    tenant: Tenant | None = None,
    until: Callable[[], bool] = lambda: False,
    calls: Callable[[], int | None] | None = None,
) -> bool:
    """Work for so long, or until `until()`; say whether work may be left.

    Nothing is begun after that, but what others work on beside waits for nobody: as long as
    somebody outside has not answered, the rest goes on, and until `most` seconds are over more is
    begun beside it, so that threads don't stand idle for the slowest answer. `calls` counts the
    wake-ups that nobody has taken: whoever can be called need not look at all tables that often.
    """
    began = time.monotonic()
    with ExitStack() as stack:
        counts = Counts()
        stack.callback(swept, counts)
        sweep = _Sweep(
            stack.enter_context(renewing()), stack.enter_context(side_by_side()), counts, tenant
        )
        stack.callback(sweep.see_off)
        pause = Pause(sweep.threads, until, calls)
        while not until():
            is_late = time.monotonic() - began >= (max(seconds, most) if sweep.lots else seconds)
            if is_late:
                if not sweep.lots:
                    return True
                sweep.hurry()
            # Every table is looked at in every round: a long run does not hold up the leads.
            held = bool(sweep.lots)
            worked = [sweep.round(table, is_late=is_late) for table in tables()]
            # What the last of them left may be due, and has not been looked for since.
            if sweep.reap() or any(worked) or (held and not sweep.lots):
                pause.begin_anew()
                continue
            if not sweep.lots:
                return False
            pause.wait()
    return False


@dataclass
class _Lot:
    """Rows of one lease that are worked on beside, and what lets go of it."""

    lease: Lease
    futures: list[Future[None]]
    held: ExitStack


class _Sweep:
    """One drain's hands: what it holds, with which threads, and what it has done."""

    def __init__(
        self, renewal: Renewal, threads: SideBySide, counts: Counts, tenant: Tenant | None
    ) -> None:
        self.renewal, self.threads, self.counts, self.tenant = renewal, threads, counts, tenant
        self.lots: list[_Lot] = []

    def round(self, table: Table, *, is_late: bool = False) -> bool:
        """Claim rows of the table and see to them; say whether there were any."""
        most = table.batch
        if table.threads > 1:
            most = 0 if is_late else min(most, self.threads.free(table.key, table.threads))
        if not most:
            return False
        lease = self._claim(table, most)
        if lease is None:
            return False
        try:
            with ExitStack() as held:
                held.enter_context(self.renewal.holding(lease))
                rows = self._read(table, lease)
                if table.threads > 1:
                    self._begin(table, rows, lease, held.pop_all())
                else:
                    for row in rows:
                        self.one(table, row, lease)
        except Error as error:
            _let_go(lease, error)
        return True

    def _claim(self, table: Table, most: int) -> Lease | None:
        try:
            tenant = self.tenant.pk if self.tenant else None
            return leases.claim(table.model, most, tenant=tenant, suspects=table.suspects)
        except Error as error:
            if not (self.lots and trouble.is_away(error)):
                raise
            # What is under way beside has to be seen to its end first.
            connection.close()
            return None

    def _read(self, table: Table, lease: Lease) -> list[Any]:
        held: QuerySet[Any] = table.model._default_manager.filter(lease_token=lease.token)
        return list(held.select_related("tenant").order_by("due_at", "id"))

    def _begin(self, table: Table, rows: list[Any], lease: Lease, held: ExitStack) -> None:
        futures = self.threads.start(
            table.key, table.threads, rows, lambda row: self.one(table, row, lease)
        )
        self.lots.append(_Lot(lease, futures, held))

    def reap(self) -> bool:
        """Let go of the leases whose rows have all been seen to; say whether any are due again."""
        is_due = False
        for lot in [each for each in self.lots if all(map(Future.done, each.futures))]:
            self.lots.remove(lot)
            lot.held.close()
            errors = [error for each in lot.futures if (error := each.exception())]
            for error in errors[:1]:
                if not isinstance(error, Error):
                    raise error
                _let_go(lot.lease, error)
                is_due = True
        return is_due

    def hurry(self) -> None:
        """Have what can go on later stop soon: threads that are done have nothing to do."""
        for lot in self.lots:
            lot.lease.is_ending.set()

    def see_off(self) -> None:
        """Wait for what is still under way."""
        self.hurry()
        while self.lots:
            self.threads.any_done(SECONDS_BETWEEN_LOOKS)
            self.reap()

    @author.acting(via=Via.WORKER)
    def one(self, table: Table, row: Any, lease: Lease) -> None:
        """Work on a row, or give it up; whatever becomes of it stands in the row."""
        began = time.monotonic()
        crashes, is_good = row.crashes, False
        try:
            # The one in company says nothing against it.
            if crashes > MOST_CRASHES + (table.suspects > 1):
                why = "Its worker died again and again while working on it."
                _give_up(table, row, lease, why)
            else:
                is_good = _attempt(table, row, lease)
        except LeaseLost as lost:
            logger.warning("%s", lost)
        finally:
            seconds = time.monotonic() - began
            self.counts.add(table.label, seconds, is_good=is_good, was_interrupted=crashes > 0)


def _let_go(lease: Lease, error: BaseException) -> None:
    """Not even what became of a row could be written: let others take it up, or raise that."""
    if not (isinstance(error, Error) and trouble.is_away(error) and _abandon(lease)):
        raise error
    logger.warning("The database was away, and is back.")


def _abandon(lease: Lease) -> bool:
    """Let go of the rows as soon as the database answers; say whether it did in time."""
    end = time.monotonic() + leases.LEASE_SECONDS
    while time.monotonic() < end and not stopping.asked():
        try:
            lease.abandon()
        except Error:
            connection.close()
            time.sleep(SECONDS_BETWEEN_KNOCKS)
        else:
            return True
    return False


def _attempt(table: Table, row: Any, lease: Lease) -> bool:
    try:
        table.work(row, lease)
    except LeaseLost:
        raise
    except Exception as error:
        # One that went away in the middle may be back by now.
        is_its_own = not (trouble.is_of_the_database(error) or trouble.is_away(error))
        if is_its_own:
            logger.exception("%s failed", row)
        else:
            # Every row that is due says so every few seconds, for as long as that lasts.
            logger.warning("%s waits for the database: %s", row, str(error).split("\n")[0])
        connection.close_if_unusable_or_obsolete()
        # The database takes no NUL in a text.
        said = f"{type(error).__name__}: {error}".replace("\x00", "")[:2000]
        row.attempts += is_its_own
        if row.attempts >= MOST_ATTEMPTS:
            _give_up(table, row, lease, said)
        else:
            _put_off(table, row, lease, said, is_back=trouble.is_away(error))
        return False
    return True


def _put_off(table: Table, row: Any, lease: Lease, error: str, *, is_back: bool = False) -> None:
    """Try again a little later, and say so, in one transaction."""
    seconds = 0 if is_back else 2 ** max(1, row.attempts)
    with acting_for(row.tenant):
        table.hold(row)
        lease.write(
            row,
            state=State.READY,
            attempts=row.attempts,
            due_at=Now() + timedelta(seconds=seconds),
            last_error=error,
            **FREE,
        )
        row.last_error, row.due_at = error, timezone.now() + timedelta(seconds=seconds)
        _tell(table.put_off, row)


def _give_up(table: Table, row: Any, lease: Lease, error: str) -> None:
    """Mark the row dead and say so, in one transaction."""
    with acting_for(row.tenant):
        table.hold(row)
        lease.write(row, state=State.DEAD, attempts=row.attempts, last_error=error, **FREE)
        row.last_error = error
        _tell(table.gave_up, row)


def _tell(said: Callable[[Any], None], row: Any) -> None:
    """Tell the table's owner what became of the row; it stays what it is, even if that fails."""
    try:
        with transaction.atomic():
            said(row)
    except Exception:
        # A row that can't even be given up would come back for ever.
        logger.exception("Could not say what became of %s", row)
