"""`make run` from the first start to the last process, with real processes."""

import os
import shutil
import signal
import socket
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.processes import Make, eventually, free_port, processes_of

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="crm-run-"))
    folder.chmod(0o711)
    yield folder
    for number in processes_of(folder):
        os.kill(number, signal.SIGKILL)
    assert eventually(lambda: not processes_of(folder), 15)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


def test_it_comes_up_refuses_a_second_one_and_ends_with_sigterm(folder: Path, port: int) -> None:
    first = Make(folder, port)
    first.wait_ready(120)
    status, report = first.health()
    assert (status, report["status"], report["database"], report["migrations"]) == (
        (200, "ok", "ok", "ok")
    )
    assert report["worker"]["heartbeat_age_s"] < 20
    assert set(report["queue"]) == {"ready", "waiting", "leased", "dead", "oldest_waiting_s"}

    second = Make(folder, free_port())
    assert second.end() != 0
    assert f"It is running already (process {first.supervisor()}" in "".join(second.said)

    os.kill(first.supervisor(), signal.SIGTERM)
    assert first.end(20) == 0
    assert not first.processes()


def test_killed_without_mercy_it_leaves_nothing_and_comes_back(folder: Path, port: int) -> None:
    first = Make(folder, port)
    assert first.wait_ready(30) < 10
    os.kill(first.supervisor(), signal.SIGKILL)
    first.end()
    assert eventually(lambda: not first.processes(), 5), first.processes()

    # All of it at once, PostgreSQL included, and again without a pause.
    second = Make(folder, port)
    assert second.wait_ready(30) < 10
    for number in second.processes():
        os.kill(number, signal.SIGKILL)
    second.end()
    third = Make(folder, port)
    assert third.wait_ready(30) < 10

    # make keeps an interrupt to itself, and waits.
    os.kill(third.process.pid, signal.SIGINT)
    assert third.end(20) != 0
    assert eventually(lambda: not third.processes(), 5), third.processes()


def test_it_ends_when_make_is_killed(folder: Path, port: int) -> None:
    run = Make(folder, port)
    run.wait_ready(30)
    os.kill(run.process.pid, signal.SIGKILL)
    assert eventually(lambda: not run.processes(), 20), run.processes()
    run.end()


def test_it_is_found_where_it_listens(folder: Path, port: int) -> None:
    run = Make(folder, port, "127.0.0.2")
    run.wait_ready(30)
    with urllib.request.urlopen(run.address, timeout=5) as page:
        assert (page.status, page.url) == (200, f"{run.address}sign-in/?next=/")
    run.process.send_signal(signal.SIGINT)
    run.end()


def test_a_busy_port_is_said_before_anything_is_done(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        run = Make(folder, port)
        assert run.end() != 0
    assert f"Port {port} is taken by another program. Choose another: PORT={port + 1} make run" in (
        "".join(run.said)
    )
    assert not run.processes()
