"""What a simulator remembers of the calls it got."""

import threading
from collections import Counter, deque
from typing import Any

KEPT = 100_000


class Tally:
    """The last calls, and counts of all of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        with self._lock:
            self._calls: deque[dict[str, Any]] = deque(maxlen=KEPT)
            self._by_path: Counter[str] = Counter()
            self._billed: Counter[str] = Counter()
            self._total = self._breaches = self._most = self._errors = 0
            self._now = 0

    def begin(self) -> None:
        with self._lock:
            self._now += 1
            self._most = max(self._most, self._now)

    def end(self, path: str, record: dict[str, Any]) -> None:
        with self._lock:
            self._now = max(0, self._now - 1)
            self._total += 1
            self._by_path[path] += 1
            self._calls.append(record)

    def breach(self) -> None:
        """A call came above the vendor's documented limit."""
        with self._lock:
            self._breaches += 1

    def bill(self, what: str, amount: float = 1) -> None:
        """The vendor would charge for this."""
        with self._lock:
            self._billed[what] += amount  # type: ignore[assignment]

    def broke(self) -> None:
        """The simulator itself went wrong."""
        with self._lock:
            self._errors += 1

    def calls(self) -> list[dict[str, Any]]:
        with self._lock:
            return list(self._calls)

    def stats(self) -> dict[str, Any]:
        with self._lock:
            return {
                "calls": self._total,
                "by_path": dict(self._by_path),
                "limit_breaches": self._breaches,
                "most_at_once": self._most,
                "billed": sum(self._billed.values()),
                "billed_for": dict(self._billed),
                "errors": self._errors,
            }
