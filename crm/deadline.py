"""One time limit over a whole conversation, from looking up a name to the last answer.

A socket's own timeout is no such limit: it begins anew with each address and each byte.
"""

import socket
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any


class Deadline:
    """Counts from now on; once it holds a connection, it hangs up when the time is over."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds
        self._held: socket.socket | None = None
        self._timer: threading.Timer | None = None

    def left(self) -> float:
        """The seconds that remain; raises TimeoutError where none do."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        return left

    def is_over(self) -> bool:
        return time.monotonic() >= self._at

    def hold(self, connection: socket.socket) -> None:
        """End this conversation in time; whoever waits for an answer in it hears of it."""
        # A handle of our own: TLS takes the socket itself away when its handshake begins.
        self._held = connection.dup()
        self._start()

    def reset(self, seconds: float) -> None:
        """Count anew, from now on."""
        self._stop()
        self._at = time.monotonic() + seconds
        if self._held is not None:
            self._start()

    def close(self) -> None:
        self._stop()
        if self._held is not None:
            self._held.close()

    def _start(self) -> None:
        self._timer = threading.Timer(max(0.0, self._at - time.monotonic()), self._hang_up)
        self._timer.daemon = True
        self._timer.start()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()

    def _hang_up(self) -> None:
        with suppress(OSError):
            if self._held is not None:
                self._held.shutdown(socket.SHUT_RDWR)


def addresses(host: str, port: int, *, seconds: float) -> list[tuple[str, int]]:
    """Look up where a host is; raises OSError or UnicodeError, and TimeoutError after `seconds`."""
    answer: Future[list[tuple[str, int]]] = Future()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.set_result([_place(address) for *_, address in found])
        except (OSError, UnicodeError) as error:
            answer.set_exception(error)

    # The system's look-up knows no time limit: one that hangs is left behind.
    threading.Thread(target=look_up, name=f"look up {host}", daemon=True).start()
    return answer.result(seconds)


def connect(
    places: Sequence[tuple[str, int]], deadline: Deadline, *, seconds: float
) -> socket.socket:
    """Connect to the first of the places that answers, each having its share of the time.

    None has more than `seconds`. What is given is held by the deadline, and keeps its share as its
    timeout.
    """
    failure = OSError("the name has no address")
    for position, place in enumerate(places):
        share = deadline.left() / (len(places) - position)
        try:
            found = socket.create_connection(place, min(share, seconds))
        except OSError as error:
            failure = error
        else:
            deadline.hold(found)
            return found
    raise failure


def _place(address: tuple[Any, ...]) -> tuple[str, int]:
    """Give address and port, as text and number; some addresses hold on one link only."""
    host, port, *more = address
    link = more[1] if len(more) > 1 else 0
    return (f"{host}%{link}" if link else host), port
