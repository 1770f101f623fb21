"""`make run` as a person has it: its own data folder and port, found again by what it started."""

import json
import os
import queue
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# What the test session set for itself.
NOT_FOR_IT = {"DATABASE_URL", "DATABASE_OWNER_URL", "STATIC_MANIFEST", "MAKEFLAGS", "MAKELEVEL"}


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(fact: Callable[[], bool], seconds: float) -> bool:
    """Whether `fact` comes true in time."""
    deadline = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


class Make:
    """One `make run`."""

    def __init__(self, folder: Path, port: int, host: str = "127.0.0.1") -> None:
        self.folder, self.port, self.host = folder, port, host
        env = {name: value for name, value in os.environ.items() if name not in NOT_FOR_IT}
        self.process = subprocess.Popen(
            ["make", "run"],
            cwd=ROOT,
            env=env | {"DATA_DIR": str(folder), "PORT": str(port), "HOST": host},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # Whoever runs the tests in the background has interrupts ignored, and so would make.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self.said: list[str] = []
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line)
            self.lines.put(line)
        self.process.stdout.close()

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://{self.host}:{self.port}/"

    def wait_ready(self, seconds: float) -> float:
        """Wait for the line that says so; returns how long that took."""
        began = time.monotonic()
        while time.monotonic() < began + seconds:
            try:
                line = self.lines.get(timeout=0.2)
            except queue.Empty:
                assert self.process.poll() is None, "".join(self.said)
                continue
            if line == f"Ready: {self.address}\n":
                return time.monotonic() - began
        raise AssertionError(f"Not ready after {seconds} s:\n" + "".join(self.said))

    def health(self) -> tuple[int, dict[str, Any]]:
        """The answer of /healthz."""
        try:
            with urllib.request.urlopen(f"{self.address}healthz", timeout=5) as it:
                return it.status, json.load(it)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def end(self, seconds: float = 25) -> int:
        """Wait for its end; returns the exit status."""
        status = self.process.wait(seconds)
        self.reader.join(5)
        return status

    def processes(self) -> dict[int, str]:
        """Everything that it started and that still runs, by number and command line."""
        return processes_of(self.folder)

    def supervisor(self) -> int:
        """The process that is the parent of everything."""
        mine = (number for number, line in self.processes().items() if "-m crm.running" in line)
        return next(mine)


def processes_of(folder: Path) -> dict[int, str]:
    """Processes that name this data folder in their environment or on their command line."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            named = f"DATA_DIR={folder}\0".encode() in (entry / "environ").read_bytes()
        except OSError:
            continue
        if line and (named or str(folder) in line):
            found[int(entry.name)] = line
    return found
