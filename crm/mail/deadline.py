"""One time limit over a whole conversation, from looking up a name to the last answer.

A socket's own timeout is no such limit: it begins anew with each address and each byte.
"""

import socket
import threading
import time
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


def connect(host: str, port: int, deadline: Deadline, seconds: float) -> socket.socket:
    """Connect to the first address of the host that answers, each having its share of the time.

    No address has more than `seconds`, which is also the timeout of what is given.
    """
    addresses = _addresses(host, port, deadline)
    failure = OSError("the name has no address")
    for position, (family, kind, protocol, _, address) in enumerate(addresses):
        share = deadline.left() / (len(addresses) - position)
        found = None
        try:
            found = socket.socket(family, kind, protocol)
            found.settimeout(min(share, seconds))
            found.connect(address)
            found.settimeout(seconds)
            deadline.hold(found)
            return found
        except OSError as error:
            failure = error
            if found is not None:
                found.close()
    raise failure


def _addresses(host: str, port: int, deadline: Deadline) -> list[Any]:
    answer: Future[list[Any]] = Future()

    def look_up() -> None:
        try:
            answer.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answer.set_exception(error)

    # The system's look-up knows no time limit: one that hangs is left behind.
    threading.Thread(target=look_up, daemon=True).start()
    return answer.result(deadline.left())
