"""Whether the web server will get its port; asked before the slow work."""

import errno
import socket
import time

from crm.listening import authority

# A server that was killed a moment ago may not be gone yet.
PATIENCE = 2.0


class PortTaken(Exception):
    """Another program listens there, or this user may not; the sentence says what to type."""


def check(host: str, port: int) -> None:
    """Raise PortTaken unless `host:port` can be had."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            _bind(host, port)
            return
        except OSError as error:
            if error.errno == errno.EADDRINUSE and time.monotonic() < deadline:
                time.sleep(0.2)
                continue
            raise PortTaken(_sentence(host, port, error)) from error


def _bind(host: str, port: int) -> None:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)


def _sentence(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65_535 else 8000
        return f"Port {port} is taken by another program. Choose another: PORT={other} make run"
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for root. Choose one above 1023: PORT=8000 make run"
    return f"Nothing can listen on {authority(host, port)} ({error.strerror}). Check HOST and PORT."
