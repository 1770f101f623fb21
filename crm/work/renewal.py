"""Keeps leases and the sign of life fresh while a worker is busy."""

import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.utils import timezone

from crm.work.lease import LEASE_SECONDS, Lease
from crm.work.models import Heartbeat
from crm.work.tally import Counts

logger = logging.getLogger(__name__)

# Names the supervisor to the processes of its cluster; nobody else speaks for it.
SUPERVISOR = "CRM_SUPERVISOR"


def beat() -> None:
    """Write down that this process's cluster gets things done; outside of one do nothing."""
    name = os.environ.get(SUPERVISOR)
    if not name:
        return
    Heartbeat.objects.update_or_create(
        name=name,
        defaults={"at": timezone.now(), "host": socket.gethostname(), "pid": os.getpid()},
    )


def swept(counts: Counts) -> None:
    """Write down what a drain has done, and that there was one."""
    rows = counts.rows
    try:
        counts.write()
        if name := os.environ.get(SUPERVISOR):
            mine = Heartbeat.objects.filter(name=name)
            mine.update(swept_at=timezone.now(), swept_rows=rows)
    except DatabaseError as error:
        # The work itself stands in its rows.
        logger.warning("Could not write down a sweep: %s", error)


class Renewal:
    """The leases that are held at this moment."""

    def __init__(self) -> None:
        self.held: set[Lease] = set()
        self.stopped = threading.Event()

    @contextmanager
    def holding(self, lease: Lease) -> Iterator[None]:
        """Keep this lease alive for as long as the block takes."""
        self.held.add(lease)
        try:
            yield
        finally:
            self.held.discard(lease)

    def run(self) -> None:
        try:
            while not self.stopped.wait(LEASE_SECONDS / 3):
                self.renew()
        finally:
            connection.close()

    def renew(self) -> None:
        try:
            beat()
            for lease in tuple(self.held):
                lease.renew()
        except DatabaseError as error:
            # A lease that can't be renewed runs out, and its fence holds: nothing is lost.
            logger.warning("Could not renew leases: %s", error)
            connection.close()


@contextmanager
def renewing() -> Iterator[Renewal]:
    """Renew in a thread of its own, every third of a lease, until the block ends."""
    renewal = Renewal()
    thread = threading.Thread(target=renewal.run, name="renewal", daemon=True)
    thread.start()
    try:
        yield renewal
    finally:
        renewal.stopped.set()
        thread.join()
