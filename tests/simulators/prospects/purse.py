"""The credits of each key."""

import threading
from collections import Counter

from tests.simulators.keys import Keys


class Purse:
    def __init__(self, keys: Keys, credits: float) -> None:
        self.keys, self.credits = keys, credits
        self.used: Counter[str] = Counter()
        self._lock = threading.Lock()

    def left(self, key: str) -> float:
        return 0 if key in self.keys.exhausted else self.credits - self.used[key]

    def pay(self, key: str, price: float) -> None:
        with self._lock:
            self.used[key] += price  # type: ignore[assignment]

    def leave(self, key: str, left: float) -> None:
        """Let a key have so many from now on."""
        with self._lock:
            self.used[key] = self.credits - left  # type: ignore[assignment]
