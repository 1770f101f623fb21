"""A worker that is killed at the worst moment leaves a doubt at most, never a second letter."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from crm.mail.models import Fate, Mail
from crm.work.models import State
from tests.mail.conftest import Post, again, work
from tests.mail.smtp_server import SmtpServer
from tests.people import Cast, as_person
from tests.running.processes import ROOT, eventually
from tests.work.reviving import revive

pytestmark = pytest.mark.usefixtures("committed_db")
DRAIN = "from crm.work.drain import drain; drain(60)"


@pytest.fixture
def worker(mail_server: SmtpServer) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes that work; none outlives its test."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for each in started:
        each.kill()
        each.wait()


def start(worker: list[subprocess.Popen[bytes]], server: SmtpServer) -> subprocess.Popen[bytes]:
    worker.append(
        subprocess.Popen(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", DRAIN],
            cwd=ROOT,
            env=os.environ | {"EMAIL_URL": server.url(), "MAIL_FROM": "crm@mail.example"},
            stdin=subprocess.DEVNULL,
        )
    )
    return worker[-1]


def killed_at(
    step: str, worker: list[subprocess.Popen[bytes]], server: SmtpServer, mail: Mail
) -> None:
    """Kill a worker while the server has not answered this step; its lease runs out."""
    server.faults.hangs.add(step)
    process = start(worker, server)
    assert server.hanging.wait(30)
    if step == "dot":
        assert again(mail).sending_at is not None
    process.kill()
    process.wait()
    server.faults.clear()
    long_ago = timezone.now() - timedelta(hours=1)
    assert Mail.of(mail.tenant).filter(state=State.LEASED).update(lease_until=long_ago) == 1


def test_behind_the_last_dot_nobody_can_know(
    post: Post, mail_server: SmtpServer, worker: list[subprocess.Popen[bytes]], cast: Cast
) -> None:
    (mail,) = post()
    killed_at("dot", worker, mail_server, mail)
    work()
    assert len(mail_server.letters) == 1, "it is not sent a second time"
    mail = again(mail)
    assert (mail.state, mail.fate) == (State.DEAD, Fate.UNKNOWN)
    said = as_person(cast.ada).get("/admin/mail/mail/").content.decode()
    assert "May have been sent" in said
    assert "The worker ended while the mail server had it. Ask its reader" in said


def test_a_person_may_decide_to_send_it_once_more(
    post: Post, mail_server: SmtpServer, worker: list[subprocess.Popen[bytes]], cast: Cast
) -> None:
    (mail,) = post()
    killed_at("dot", worker, mail_server, mail)
    work()
    assert revive(again(mail)) == ""
    work()
    identities = {letter.message["Message-ID"] for letter in mail_server.letters}
    assert (len(mail_server.letters), identities) == (2, {mail.message_id})
    assert again(mail).fate == Fate.SENT


@pytest.mark.parametrize("step", ["connect", "RCPT", "DATA"])
def test_before_the_last_dot_it_is_sent_as_if_nothing_had_been(
    post: Post, mail_server: SmtpServer, worker: list[subprocess.Popen[bytes]], step: str
) -> None:
    (mail,) = post()
    killed_at(step, worker, mail_server, mail)
    assert mail_server.letters == []
    work()
    assert len(mail_server.letters) == 1
    assert again(mail).fate == Fate.SENT


def test_two_workers_send_each_letter_once(
    post: Post, mail_server: SmtpServer, worker: list[subprocess.Popen[bytes]], cast: Cast
) -> None:
    for _ in range(10):
        post(cast.ada, cast.ben, cast.vera)
    for _ in range(2):
        start(worker, mail_server)
    work()
    assert eventually(lambda: len(mail_server.letters) == 30, 30)
    for process in worker:
        assert process.wait(30) == 0
    assert len({letter.message["Message-ID"] for letter in mail_server.letters}) == 30
    assert set(Mail.of(cast.tenant).values_list("fate", flat=True)) == {Fate.SENT}
