"""The time the simulated vendors live in, which may run faster than ours."""

import math
import threading
import time


class Clock:
    """Simulated seconds since 1970; it starts at the real time and runs `speed` times as fast."""

    def __init__(self, speed: float = 1.0) -> None:
        if speed <= 0:
            raise ValueError(f"A clock cannot run at speed {speed}.")
        self._speed = speed
        self._began = time.monotonic()
        self._offset = time.time()
        self._moved = threading.Condition()
        self._closed = False

    @property
    def speed(self) -> float:
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        """Run faster or slower from now on; what has passed stays passed."""
        with self._moved:
            now, self._began = self.now(), time.monotonic()
            self._offset, self._speed = now, speed
            self._moved.notify_all()

    def now(self) -> float:
        return self._offset + (time.monotonic() - self._began) * self._speed

    def sleep(self, seconds: float) -> None:
        """Wait that many simulated seconds, fewer when the clock is moved on or closed."""
        until = self.now() + seconds
        with self._moved:
            while not self._closed and (left := until - self.now()) > 0:
                self._moved.wait(left / self.speed)

    def advance(self, seconds: float) -> None:
        """Let that much time pass at once."""
        with self._moved:
            self._offset += seconds
            self._moved.notify_all()

    def real(self, seconds: float) -> int:
        """Whole seconds of our time that cover so many simulated ones: what Retry-After says."""
        return max(1, math.ceil(seconds / self.speed))

    def close(self) -> None:
        """Wake all who sleep; nobody sleeps any more."""
        with self._moved:
            self._closed = True
            self._moved.notify_all()
