"""What a vendor lets a key do in a span of simulated time."""

import threading
from collections import defaultdict, deque

from tests.simulators.clock import Clock


class Window:
    """At most `limit` calls of one key in any `seconds`; calls that were refused do not count."""

    def __init__(self, clock: Clock, limit: int, seconds: float) -> None:
        self.clock, self.limit, self.seconds = clock, limit, seconds
        self._let_in: dict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def _recent(self, key: str, now: float) -> deque[float]:
        recent = self._let_in[key]
        while recent and recent[0] <= now - self.seconds:
            recent.popleft()
        return recent

    def wait(self, key: str) -> float:
        """Nought, and the call is counted; or the simulated seconds until one more may come."""
        now = self.clock.now()
        with self._lock:
            recent = self._recent(key, now)
            if len(recent) >= self.limit:
                return recent[0] + self.seconds - now
            recent.append(now)
        return 0.0

    def left(self, key: str) -> int:
        """How many more calls this key may make now."""
        with self._lock:
            return self.limit - len(self._recent(key, self.clock.now()))
