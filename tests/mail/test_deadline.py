"""A letter is over in time, however slow a mail server is and however many addresses it has."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crm.mail import server
from crm.mail.models import Fate, Mail
from crm.work.models import State
from tests.mail.conftest import Post, Serve, again, becomes_due, work
from tests.mail.smtp_server import SmtpServer
from tests.work.reviving import revive

pytestmark = pytest.mark.usefixtures("committed_db")
IN_ALL = 1.5
# What a test's own work takes on a busy machine; the servers here would hold a letter for 15 s.
BESIDES = 2.5
Addresses = Callable[..., None]


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch, _quick: None) -> None:
    """No single answer takes too long: only all of them together do."""
    monkeypatch.setattr("crm.mail.smtp.SECONDS", 20.0)
    monkeypatch.setattr("crm.mail.smtp.SECONDS_IN_ALL", IN_ALL)


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of an address that answers nobody: its queue is full."""
    waiting = []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(3):
            waiting.append(socket.socket())
            waiting[-1].setblocking(False)
            waiting[-1].connect_ex(listener.getsockname())
        yield listener.getsockname()[1]
    for each in waiting:
        each.close()


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Addresses:
    """Sets up a mail server whose name has these ports of this machine for addresses."""
    usual = socket.getaddrinfo

    def having(*ports: int, after: float = 0.0) -> None:
        def look_up(host: Any, *rest: Any, **options: Any) -> Any:
            if host != "mail.example":
                return usual(host, *rest, **options)
            time.sleep(after)
            kind = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "")
            return [(*kind, ("127.0.0.1", port)) for port in ports]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        settings.MAIL_SERVER = server.read("smtp://mail.example")
        settings.MAIL_FROM = "Fieldfare <crm@mail.example>"

    return having


def is_put_off_in_time(mail: Mail) -> None:
    began = time.monotonic()
    work()
    assert IN_ALL * 0.9 < time.monotonic() - began < IN_ALL + BESIDES
    mail = again(mail)
    assert (mail.state, mail.fate, mail.sending_at, mail.deferrals) == (State.WAITING, "", None, 1)
    assert "can't be reached (it took longer than 1.5 s)" in mail.last_error


@pytest.mark.parametrize(
    ("scheme", "fault", "step"),
    [
        ("smtp", "dribbles", "connect"),
        ("smtp+tls", "dribbles", "connect"),
        ("smtp+ssl", "dribbles", "connect"),
        ("smtp+tls", "hangs", "TLS"),
        ("smtp+ssl", "hangs", "TLS"),
        ("smtp+tls", "dribbles", "EHLO"),
        ("smtp", "dribbles", "RCPT"),
    ],
)
def test_a_server_that_never_comes_to_an_end_is_left(
    post: Post,
    serve: Serve,
    tls: ssl.SSLContext,
    trusted: None,
    scheme: str,
    fault: str,
    step: str,
) -> None:
    found = serve(scheme, "localhost", tls=tls, at_once=scheme == "smtp+ssl")
    getattr(found.faults, fault).add(step)
    (mail,) = post()
    is_put_off_in_time(mail)
    found.faults.clear()
    found.released.set()
    becomes_due(mail)
    work()
    assert len(found.letters) == 1


def test_many_addresses_that_do_not_answer_take_no_longer_than_one(
    post: Post, addresses: Addresses, silent: int
) -> None:
    addresses(*[silent] * 5)
    (mail,) = post()
    is_put_off_in_time(mail)


def test_a_name_that_nobody_resolves_takes_no_longer(
    post: Post, addresses: Addresses, silent: int
) -> None:
    addresses(silent, after=8)
    (mail,) = post()
    is_put_off_in_time(mail)


def test_an_address_that_answers_behind_others_that_do_not_gets_the_letter(
    post: Post, addresses: Addresses, silent: int, mail_server: SmtpServer
) -> None:
    addresses(silent, silent, mail_server.port)
    (mail,) = post()
    work()
    assert again(mail).fate == Fate.SENT
    assert len(mail_server.letters) == 1


def test_a_server_that_has_the_letter_is_not_heard_out_at_leaving(
    post: Post, mail_server: SmtpServer
) -> None:
    mail_server.faults.dribbles.add("QUIT")
    (mail,) = post()
    began = time.monotonic()
    work()
    assert time.monotonic() - began < BESIDES
    assert again(mail).fate == Fate.SENT


def test_whoever_queues_a_letter_again_too_late_changes_nothing(
    post: Post, mail_server: SmtpServer
) -> None:
    mail_server.faults.drops.add("dot")
    (mail,) = post()
    work()
    seen = again(mail)
    assert (seen.state, seen.fate) == (State.DEAD, Fate.UNKNOWN)
    mail_server.faults.clear()
    assert revive(again(mail)) == ""
    work()
    assert revive(seen) == ""
    mail = again(mail)
    assert (mail.state, mail.fate) == (State.DONE, Fate.SENT)
    assert mail.ended_at is not None
