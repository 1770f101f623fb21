"""Connections that go to the very address that was checked, and no further than their time."""

import os
import socket
import threading
from dataclasses import dataclass
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from crm.mail.deadline import Deadline
from crm.outside import addresses, names
from crm.outside.errors import Forbidden


@dataclass
class Flight:
    """One exchange on its way. `allowed` are hosts and ports that may be private; `was_sent` says
    whether the other side can have read any of it.
    """

    deadline: Deadline
    connect: float
    allowed: frozenset[tuple[str, int]]
    was_sent: bool = False


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
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": HTTPPool, "https": HTTPSPool}


def kept() -> Adapter:
    """Give this thread's adapter; a forked process has connections of its own."""
    if getattr(here, "pid", None) != os.getpid():
        here.adapter, here.pid = Adapter(pool_connections=20, pool_maxsize=1), os.getpid()
    adapter: Adapter = here.adapter
    return adapter


def _connected(host: str, port: int, flight: Flight) -> socket.socket:
    """Connect to the first place that answers, each having its share of the time."""
    places = names.places(host, port, seconds=min(flight.deadline.left(), flight.connect))
    for place in places:
        _check(host, port, place, flight)
    failure = OSError("the name has no address")
    for position, place in enumerate(places):
        share = flight.deadline.left() / (len(places) - position)
        try:
            found = socket.create_connection(place[:2], min(share, flight.connect))
        except OSError as error:
            failure = error
        else:
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            flight.deadline.hold(found)
            return found
    raise Unreachable(str(failure))


class Unreachable(OSError):
    """No place of the host takes a connection."""


def _check(host: str, port: int, place: names.Place, flight: Flight) -> None:
    if place.is_given or (host.lower(), port) in flight.allowed:
        return
    if not addresses.is_open(place.address):
        raise Forbidden(f"{host} is a private address, and none of those are called.")
