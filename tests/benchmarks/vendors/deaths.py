"""Workers that die at random instants while runs are under way."""

import os
import signal
import time
from collections import Counter
from random import Random

from tests.benchmarks.installation import Installation
from tests.benchmarks.killing.roles import GROUP, SENTINEL, WORKER, Roles, Victims

WORKERS = 2
# Mostly one of those who ask; sometimes all of them at once.
VICTIMS = (WORKER, WORKER, WORKER, WORKER, SENTINEL, GROUP)
SECONDS_BETWEEN = (0.2, 3.0)


class Deaths:
    """So many kills, one after the other; `due` is called again and again."""

    def __init__(self, product: Installation, many: int, chance: Random) -> None:
        self.left, self.chance = many, chance
        self.killed: Counter[str] = Counter()
        self.roles = Roles(product.process.pid, product.folder, WORKERS)
        self.next = 0.0

    def due(self) -> None:
        """Kill somebody if it is time."""
        if not self.left or time.monotonic() < self.next:
            return
        if self.next and self._kill():
            self.left -= 1
        self.next = time.monotonic() + self.chance.uniform(*SECONDS_BETWEEN)

    def stop(self) -> None:
        self.roles.stop()

    def _kill(self) -> bool:
        """Kill one of them; say whether anybody was there."""
        role = self.chance.choice(VICTIMS)
        victims = self._victims(role)
        if not victims.numbers:
            return False
        process = self.chance.choice(victims.numbers)
        try:
            (os.killpg if victims.is_group else os.kill)(process, signal.SIGKILL)
        except ProcessLookupError:
            return False
        self.killed[role] += 1
        return True

    def _victims(self, role: str) -> Victims:
        if role != WORKER:
            return self.roles.now("")[role]
        with self.roles.lock:
            return Victims([each for each, known in self.roles.known.items() if known == WORKER])
