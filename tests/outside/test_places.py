"""The first place of a host that answers is the one that is spoken with."""

import socket
from contextlib import closing
from typing import Any

import pytest

from crm.deadline import Deadline, addresses, connect


@pytest.fixture
def listening() -> Any:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_place_behind_one_that_is_closed_is_found(listening: int) -> None:
    with closing(Deadline(2)) as deadline:
        found = connect([("127.0.0.2", listening), ("127.0.0.1", listening)], deadline, seconds=5)

        assert found.getpeername() == ("127.0.0.1", listening)
        # No place has more than its share, nor more than it may have.
        assert found.gettimeout() <= 2
        found.close()


def test_a_time_that_is_over_tries_no_place(listening: int) -> None:
    with closing(Deadline(0)) as deadline, pytest.raises(TimeoutError):
        connect([("127.0.0.1", listening)], deadline, seconds=5)


def test_a_host_without_a_place_has_none() -> None:
    with closing(Deadline(2)) as deadline, pytest.raises(OSError, match="has no address"):
        connect([], deadline, seconds=5)


def test_an_address_of_one_link_keeps_its_link(monkeypatch: Any) -> None:
    found = [
        (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("fe80::1", 25, 0, 3)),
        (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("2a00::1", 25, 0, 0)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", 25)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    places = addresses("mail.example", 25, seconds=2)

    assert places == [("fe80::1%3", 25), ("2a00::1", 25), ("192.0.2.1", 25)]
