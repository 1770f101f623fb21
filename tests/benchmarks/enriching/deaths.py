"""Workers that die at random instants, all through a run."""

import time
from random import Random

from tests.benchmarks.installation import Installation
from tests.benchmarks.vendors.deaths import Deaths

LEAST_SECONDS = 0.2


class Spread(Deaths):
    """So many kills in about so many seconds; `due` is called again and again."""

    def __init__(
        self, product: Installation, many: int, chance: Random, *, seconds: float
    ) -> None:
        super().__init__(product, many, chance)
        self.apart = seconds / max(1, many)

    def due(self) -> None:
        """Kill somebody if it is time."""
        if not self.left or time.monotonic() < self.next:
            return
        if self.next and self._kill():
            self.left -= 1
        # The sum of so many is near what is meant, and each comes when nobody expects it.
        pause = max(LEAST_SECONDS, self.chance.uniform(0, 2 * self.apart))
        self.next = time.monotonic() + pause
