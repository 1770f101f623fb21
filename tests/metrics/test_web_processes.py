"""Several processes serve; whichever is asked, it answers for all of them."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from prometheus_client.mmap_dict import MmapedDict

from tests.metrics.conftest import TOKEN, read, value
from tests.running.processes import ROOT, eventually, free_port

pytestmark = [pytest.mark.processes, pytest.mark.usefixtures("committed_db")]
PAGE = {"view": "tenants:sign_in", "method": "GET", "status": "2xx"}


class Server:
    """gunicorn as the product starts it, on the session's database."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.files = folder / "metrics"
        own = {"DATA_DIR": str(folder), "PORT": str(self.port), "METRICS_TOKEN": TOKEN}
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        self.process = subprocess.Popen(
            [sys.executable, gunicorn, "-c", "python:crm.running.web", "crm.wsgi"],
            cwd=ROOT,
            env=os.environ | own | {"WEB_PROCESSES": "2", "WEB_THREADS": "1"},
            stdin=subprocess.DEVNULL,
        )

    def get(self, path: str, **headers: str) -> str:
        request = urllib.request.Request(self.url + path, headers=headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return str(answer.read().decode())

    def is_up(self) -> bool:
        try:
            self.get("/sign-in/")
        except OSError:
            return False
        return True

    def asked(self) -> float | None:
        """How often the sign-in page was asked for, by what /metrics says."""
        samples = read(self.get("/metrics", Authorization=f"Bearer {TOKEN}"))
        return value(samples, "http_request_duration_seconds_count", **PAGE)

    def counting(self) -> list[int]:
        """The processes that have counted anything."""
        return [
            int(file.stem.removeprefix("histogram_"))
            for file in self.files.glob("histogram_[0-9]*.db")
            if any(MmapedDict.read_all_values_from_file(str(file)))
        ]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    try:
        assert eventually(server.is_up, 30)
        yield server
    finally:
        server.process.terminate()
        server.process.wait(15)


def test_processes_add_up_and_the_dead_are_not_forgotten(server: Server) -> None:
    asked = server.asked()
    assert asked is not None
    with ThreadPoolExecutor(8) as people:
        while len(server.counting()) < 2:
            list(people.map(server.get, ["/sign-in/"] * 8))
            asked += 8
            assert asked < 1000, "One process answers everybody."
    assert [server.asked() for _ in range(6)] == [asked] * 6
    victim = server.counting()[0]
    os.kill(victim, signal.SIGTERM)
    gone = server.files / f"histogram_{victim}.db"
    assert eventually(lambda: not gone.exists(), 15)
    assert eventually(server.is_up, 15)
    assert server.asked() == asked + 1
    for _ in range(10):
        server.get("/sign-in/")
    assert [server.asked() for _ in range(6)] == [asked + 11] * 6
    assert len(list(server.files.glob("*.db"))) == 3
