"""Connections that go to the very address that was checked, and no further than their time."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from crm.deadline import Deadline, connect
from crm.outside import addresses, names, trust
from crm.outside.errors import Forbidden


@dataclass
class Flight:
    """One exchange on its way. `allowed` are hosts and ports that may be private; `was_sent` says
    whether the other side can have read any of it, `was_kept` whether the connection is older.
    """

    deadline: Deadline
    connect: float
    allowed: frozenset[tuple[str, int]]
    was_sent: bool = False
    was_kept: bool = False


# What this thread is at, as the libraries between hand nothing on; and its open connections.
here = threading.local()


class Checked:
    """A connection that looks up and checks by itself where it goes, each time that it connects."""

    plain: socket.socket | None = None
    flight: Flight | None = None

    def _new_conn(self: Any) -> socket.socket:
        found = _connected(self._dns_host, self.port, here.flight)
        # TLS takes the socket itself away; by this handle it can still be hung up.
        self.plain, self.flight = found.dup(), here.flight
        return found

    def putrequest(self: Any, *args: Any, **kwargs: Any) -> Any:
        if self.plain is not None and self.flight is not here.flight:
            here.flight.deadline.hold(self.plain)
            here.flight.was_kept = True
            self.flight = here.flight
        return super().putrequest(*args, **kwargs)  # type: ignore[misc]

    def send(self: Any, data: Any) -> None:
        if self.sock is None:
            self.connect()
        here.flight.was_sent = True
        super().send(data)  # type: ignore[misc]

    def close(self: Any) -> None:
        if self.plain is not None:
            self.plain.close()
            self.plain = None
        super().close()  # type: ignore[misc]


class CheckedHTTP(Checked, HTTPConnection):
    pass


class CheckedHTTPS(Checked, HTTPSConnection):
    pass


class HTTPPool(HTTPConnectionPool):
    ConnectionCls = CheckedHTTP


class HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = CheckedHTTPS


class Adapter(HTTPAdapter):
    """Keeps connections for the next call; knows neither proxies nor cookies nor redirects."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=trust.context(), **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": HTTPPool, "https": HTTPSPool}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Ask for a certificate; whom to trust stands in the context and is not read anew."""
        conn.cert_reqs = "CERT_REQUIRED"


@contextmanager
def adapter(*, is_fresh: bool) -> Iterator[Adapter]:
    """Give this thread's adapter, or a fresh one, for as long as the block takes.

    Whoever stays at a website has one for that stay.
    """
    if not is_fresh:
        yield _kept()
        return
    if (visiting := getattr(here, "visiting", None)) is not None:
        yield visiting
        return
    with closing(Adapter()) as fresh:
        yield fresh


@contextmanager
def staying() -> Iterator[None]:
    """Keep connections for the pages that this thread fetches in the block, then close them."""
    with closing(Adapter(pool_connections=4, pool_maxsize=1)) as visiting:
        here.visiting = visiting
        try:
            yield
        finally:
            here.visiting = None


def _kept() -> Adapter:
    """Give this thread's adapter; a forked process has connections of its own."""
    if getattr(here, "pid", None) != os.getpid():
        here.adapter, here.pid = Adapter(pool_connections=20, pool_maxsize=1), os.getpid()
    found: Adapter = here.adapter
    return found


def _connected(host: str, port: int, flight: Flight) -> socket.socket:
    """Connect to the first place that answers, if all of them may be called."""
    places = names.places(host, port, seconds=min(flight.deadline.left(), flight.connect))
    for place in places:
        _check(host, port, place, flight)
    try:
        found = connect([each[:2] for each in places], flight.deadline, seconds=flight.connect)
    except OSError as error:
        raise Unreachable(str(error)) from error
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return found


class Unreachable(OSError):
    """No place of the host takes a connection."""


def _check(host: str, port: int, place: names.Place, flight: Flight) -> None:
    if place.is_given or (host.lower(), port) in flight.allowed:
        return
    if not addresses.is_open(place.address):
        raise Forbidden(f"{host} is a private address, and none of those are called.")
