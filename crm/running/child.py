"""A process of ours that is started again when it dies."""

import logging
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress

from crm import deathsig

logger = logging.getLogger(__name__)

QUICK = 10.0
MOST_QUICK_DEATHS = 3


class KeepsDying(Exception):
    """A child ended at once several times in a row: trying again will not help."""


class Child:
    """One process in a session of its own, so that a terminal's Ctrl-C reaches only its parent."""

    def __init__(self, name: str, argv: list[str], env: Mapping[str, str] | None = None) -> None:
        self.name = name
        self.argv = argv
        self.env = dict(env or os.environ)
        self.quick_deaths = 0
        self.start()

    def start(self) -> None:
        """Start it; from the main thread, since it ends with the thread that started it."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.argv,
            env=self.env,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=deathsig.mortal(signal.SIGKILL),
        )

    def revive(self) -> None:
        """Start it again if it has died, a little later each time."""
        status = self.process.poll()
        if status is None:
            return
        lived = time.monotonic() - self.started
        if lived < self.quick_deaths:
            return
        # Whoever was killed from outside did not fail by itself, however often that happens.
        if status != -signal.SIGKILL:
            self.quick_deaths = self.quick_deaths + 1 if lived < QUICK else 0
        if self.quick_deaths >= MOST_QUICK_DEATHS:
            raise KeepsDying(
                f"The {self.name} ended {MOST_QUICK_DEATHS} times right after its start "
                f"(status {status}); what it said stands above."
            )
        logger.warning("The %s ended (status %s) and is started again.", self.name, status)
        self.start()

    def ask_to_end(self) -> None:
        """Send SIGTERM."""
        if self.process.poll() is None:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        """Wait for it until `deadline`, then kill it with whatever it has started."""
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            logger.warning("The %s did not end in time and is killed.", self.name)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
