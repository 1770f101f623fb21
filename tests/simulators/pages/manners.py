"""How a reader behaves towards each host."""

import threading
from collections import Counter
from typing import Any


class Manners:
    """Counts what a polite crawler avoids."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        with self._lock:
            self._now: Counter[str] = Counter()
            self._most: Counter[str] = Counter()
            self._pages: Counter[str] = Counter()
            self._last: dict[str, float] = {}
            self._asked_rules: set[str] = set()
            self._unasked: set[str] = set()
            self._forbidden = self._hurried = self._fenced = 0

    def begin(self, host: str, path: str, at: float, forbidden: list[str], delay: float) -> None:
        """`delay`: simulated seconds that the site asks for between two pages."""
        with self._lock:
            self._now[host] += 1
            self._most[host] = max(self._most[host], self._now[host])
            if path == "/robots.txt":
                self._asked_rules.add(host)
                return
            if host not in self._asked_rules:
                self._unasked.add(host)
            self._pages[host] += 1
            self._forbidden += any(path.startswith(each) for each in forbidden)
            self._hurried += delay > 0 and at - self._last.get(host, -delay) < delay
            self._last[host] = at

    def end(self, host: str) -> None:
        with self._lock:
            self._now[host] -= 1

    def fenced(self) -> None:
        """Somebody asked for a page of a network that forbids it to robots."""
        with self._lock:
            self._fenced += 1

    def stats(self) -> dict[str, Any]:
        with self._lock:
            return {
                "hosts": len(self._most),
                "most_at_once_per_host": max(self._most.values(), default=0),
                "most_pages_per_host": max(self._pages.values(), default=0),
                "hosts_without_robots_asked": len(self._unasked),
                "forbidden_pages": self._forbidden,
                "hurried_pages": self._hurried,
                "forbidden_networks": self._fenced,
            }
