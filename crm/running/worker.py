"""Supervises django-q's cluster, which can hang for good when one of its processes is killed.

Its proof of life is end to end: we queue a beat for it alone, one of its workers writes it down, we
read it. When that is stale, the whole process group is killed and begun anew, however well the
clusters of other machines are; rows of work outlive that. While the broker is away the cluster
wakes itself, which serves as a beat.

What a process of the cluster held that died is free at once, before its lease runs out.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from crm import deathsig, stopping, tasks
from crm.ledger import months
from crm.running.births import BIRTHS, Births, lives
from crm.upward import named
from crm.work import queue, tally
from crm.work.models import Heartbeat
from crm.work.renewal import SUPERVISOR

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_GLANCES = 0.5
SECONDS_BETWEEN_BEATS = 3.0
STALE_SECONDS = 12.0
# While the broker is away: it may lie behind a name server that does not answer either.
STALE_SECONDS_ALONE = 60.0
SECONDS_TO_END = 12.0
# Supervisors that were killed leave their signs of life behind.
REMEMBERED = timedelta(days=1)
SECONDS_BETWEEN_TIDYING = 3600.0
SECONDS_BETWEEN_MINUTES = 60.0


class Supervisor:
    """One cluster in a process group of its own."""

    def __init__(self) -> None:
        self.name = f"worker:{uuid4().hex}"
        self.stop = threading.Event()
        self.database_is_away = self.broker_is_away = False
        # Not the time that the beat says: somebody may set the clock back.
        self.last_beat: datetime | None = None
        self.tidied = self.minute = time.monotonic()
        self.births = Births()
        # Processes of the cluster, and those that died whose rows are not free yet.
        self.members: set[int] = set()
        self.dead: set[int] = set()

    def run(self) -> None:
        """Keep a cluster running until `stop` is set."""
        self._ask(_forget_the_dead)
        self.start()
        try:
            looked = time.monotonic()
            while not self.stop.wait(SECONDS_BETWEEN_GLANCES):
                if self.glance() or time.monotonic() - looked > SECONDS_BETWEEN_BEATS:
                    looked = time.monotonic()
                    self.look()
        finally:
            self.end()

    def start(self) -> None:
        """Begin a new cluster."""
        # One that waits was meant for the dead.
        self._ask(self._forget_beats)
        self._free()
        self.since = self.begun = time.monotonic()
        self.cluster = subprocess.Popen(
            [sys.executable, "manage.py", "runworker", "--cluster"],
            cwd=settings.BASE_DIR,
            env=os.environ | {SUPERVISOR: self.name, BIRTHS: str(self.births.writer)},
            pass_fds=[self.births.writer],
            start_new_session=True,
            preexec_fn=deathsig.mortal(signal.SIGKILL),
        )
        # Waits for the cluster in the queue, so that its first sign of life comes at once.
        self._ask(self._send_beat)

    def glance(self) -> bool:
        """Look for deaths and free what the dead held; say whether there is reason to `look`."""
        self.members |= self.births.new()
        self.dead |= {each for each in self.members if not lives(each)}
        self.members -= self.dead
        if self._free():
            return True
        # A cluster that can't even start is not begun anew that often.
        is_young = time.monotonic() - self.begun < SECONDS_BETWEEN_BEATS
        return self.database_is_away or (self.cluster.poll() is not None and not is_young)

    def look(self) -> None:
        """Begin anew when the cluster is dead or has gone silent; else send a beat."""
        if self.cluster.poll() is not None:
            # While the database is away, too: a cluster takes its time to start.
            self._renew(f"ended (status {self.cluster.returncode})")
        elif not self._ask(self._send_beat):
            return
        elif self._ask(self._read) and time.monotonic() - self.since > self._patience:
            self._renew(f"has shown no sign of life for {self._patience:.0f} s")
        if time.monotonic() - self.minute > SECONDS_BETWEEN_MINUTES:
            self.minute = time.monotonic()
            for do in named("EVERY_MINUTE"):
                self._ask(do)
        if time.monotonic() - self.tidied > SECONDS_BETWEEN_TIDYING:
            self.tidied = time.monotonic()
            self._ask(tally.forget)
            self._ask(_tidy_the_trail)
            for tidy in named("TIDYING"):
                self._ask(tidy)

    def end(self) -> None:
        """Let workers finish the row in hand, then end the cluster, at last by force."""
        self._signal(stopping.SIGNAL)
        if self.cluster.poll() is None:
            # Only the first process: the others would drop what they do.
            self.cluster.terminate()
            try:
                self.cluster.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                logger.warning("The worker's cluster did not end in time and is killed.")
        self._kill()
        self._free()
        self._ask(self._leave)

    def _renew(self, why: str) -> None:
        logger.warning("The worker's cluster %s and is started again.", why)
        self._kill()
        self.start()

    def _kill(self) -> None:
        self._signal(signal.SIGKILL)
        self.cluster.wait()
        self.dead |= self.members | self.births.new()
        self.members = set()

    def _signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.cluster.pid, number)

    def _read(self) -> None:
        for at in Heartbeat.objects.filter(name=self.name).values_list("at", flat=True):
            if at != self.last_beat:
                self.last_beat, self.since = at, time.monotonic()

    @property
    def _patience(self) -> float:
        return STALE_SECONDS_ALONE if self.broker_is_away else STALE_SECONDS

    def _send_beat(self) -> None:
        try:
            tasks.send_beat(self.name)
        except tasks.BrokerAway:
            self.broker_is_away = True
            return
        if self.broker_is_away:
            self.broker_is_away = False
            self.since = time.monotonic()

    def _forget_beats(self) -> None:
        tasks.forget_beats(self.name)

    def _leave(self) -> None:
        self._forget_beats()
        Heartbeat.objects.filter(name=self.name).delete()

    def _free(self) -> bool:
        """Free what the dead held; say whether somebody had died and it is free now."""
        if not self.dead or not self._ask(lambda: queue.bury(self.dead)):
            return False
        self.dead = set()
        return True

    def _ask(self, question: Callable[[], object]) -> bool:
        """Ask the database; while it is away that is said once, not every time."""
        try:
            question()
        except Error as error:
            if not self.database_is_away:
                logger.warning("The database does not answer; waiting for it. (%s)", error)
            self.database_is_away = True
            connection.close()
            return False
        if self.database_is_away:
            logger.warning("The database is back.")
            self.database_is_away, self.since = False, time.monotonic()
        return True


def _tidy_the_trail() -> None:
    """Look after the months; a fault of theirs is told as that, and work goes on."""
    try:
        months.tidy()
    except Error as error:
        if not connection.is_usable():
            raise
        logger.exception("The months of the audit trail could not be looked after: %s", error)


def _forget_the_dead() -> None:
    silent = Heartbeat.objects.filter(at__lt=timezone.now() - REMEMBERED)
    for name in silent.values_list("name", flat=True):
        tasks.forget_beats(name)
    silent.delete()
