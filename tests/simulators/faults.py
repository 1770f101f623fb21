"""Faults that a test sets, and the calls they hit."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

# The kinds every simulator can act out; any other kind is the vendor's own.
STATUSES = {"429": 429, "429-bare": 429, "500": 500, "502": 502, "503": 503}
HUGE = 60_000_000
ENDLESS = 86_400.0  # how long a hang lasts that names no seconds


@dataclass
class Fault:
    """Something that goes wrong for `times` calls (None: for ever), after `skip` good ones."""

    kind: str
    path: str = ""  # hits only calls whose path begins so
    times: int | None = 1
    skip: int = 0
    seconds: float | None = None  # Retry-After of a 429, length of a hang
    method: str = ""
    host: str = ""
    simulator: str = ""

    @classmethod
    def read(cls, given: Any) -> "Fault":
        """A fault from JSON; ValueError with a reason when it makes no sense."""
        names = {field.name for field in fields(cls)}
        if not isinstance(given, dict) or not given.get("kind"):
            raise ValueError("A fault is an object with a kind.")
        if strange := sorted(set(given) - names):
            raise ValueError(f"A fault has no {', '.join(strange)}.")
        return cls(**{**given, "kind": str(given["kind"])})

    def hits(self, method: str, path: str, host: str) -> bool:
        return (
            path.startswith(self.path)
            and self.method in ("", method)
            and self.host in ("", host)
            and self.times != 0
        )


class Faults:
    """The faults of one simulator. The first that fits a call is used up by it."""

    def __init__(self, simulator: str) -> None:
        self.simulator = simulator
        self._set: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, kind: str, **options: Any) -> Fault:
        """`faults.add("429", seconds=3, times=2, skip=1, path="/v1/responses")`."""
        fault = Fault(kind, **options)
        self.extend([fault])
        return fault

    def extend(self, faults: Iterable[Fault]) -> None:
        mine = [fault for fault in faults if fault.simulator in ("", self.simulator)]
        with self._lock:
            self._set.extend(mine)

    def clear(self) -> None:
        with self._lock:
            self._set.clear()

    def left(self) -> list[Fault]:
        with self._lock:
            return [fault for fault in self._set if fault.times != 0]

    def take(self, method: str, path: str, host: str = "") -> Fault | None:
        """The fault that hits this call; a call that a fault lets pass meets the next one."""
        with self._lock:
            for fault in self._set:
                if not fault.hits(method, path, host):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None
