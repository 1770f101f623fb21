"""Bringing the server process up."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from crm.postgres import memory
from crm.postgres.failure import CannotStart
from crm.postgres.keeper import Order

ROOT = Path(__file__).resolve().parents[2]
# The children of a killed server hold its data folder until they have noticed.
PATIENCE = 15.0
TRANSIENT = ("lock file", "shared memory block", "is still in use", "already exists")
# The status of a keeper that was killed, or whose server was: that says nothing against either.
KILLED = {-signal.SIGKILL, 256 - signal.SIGKILL}
# Jit and parallel workers only cost with queries as short as ours.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "300",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
}
# Megabytes; PostgreSQL's own.
LEAST_WAL = 1024
THROWAWAY = {
    "shared_buffers": "128MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


def answers(socket_folder: Path) -> bool:
    """Whether a server accepts connections there now."""
    try:
        psycopg.connect(
            host=str(socket_folder), user="postgres", dbname="postgres", connect_timeout=5
        ).close()
    except psycopg.OperationalError:
        return False
    return True


def _lasting() -> dict[str, str]:
    """Settings of a server that is there for good.

    A page that changes is written to the log as a whole once between two checkpoints: where many
    do, the fewer checkpoints the better, and the log takes as much of the disk as tables of memory.
    """
    shared = memory.shared()
    return {"shared_buffers": f"{shared}MB", "max_wal_size": f"{max(LEAST_WAL, shared)}MB"}


def command(programs: Path, data: Path, socket_folder: Path, *, throwaway: bool) -> list[str]:
    """The server's command line."""
    settings = SETTINGS | {"unix_socket_directories": str(socket_folder)}
    settings |= THROWAWAY if throwaway else _lasting()
    words = [f"{name}={value}" for name, value in settings.items()]
    return [str(programs / "postgres"), "-D", str(data), *(f"-c{word}" for word in words)]


def start(order: Order, *, log: Path, socket_folder: Path) -> subprocess.Popen[bytes]:
    """Start the server under a keeper of its own and wait until it answers; returns the keeper."""
    deadline = time.monotonic() + PATIENCE
    while True:
        keeper = _keeper(order, log)
        while keeper.poll() is None and time.monotonic() < deadline:
            if answers(socket_folder):
                return keeper
            time.sleep(0.03)
        why = _last_words(log)
        may_pass = keeper.returncode in KILLED or any(word in why for word in TRANSIENT)
        if time.monotonic() > deadline or not may_pass:
            keeper.terminate()
            keeper.wait()
            raise CannotStart(f"PostgreSQL did not start: {why} (more in {log}).")
        time.sleep(0.3)


def _keeper(order: Order, log: Path) -> subprocess.Popen[bytes]:
    with log.open("w") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "crm.postgres.keeper", json.dumps(order)],
            cwd=ROOT,
            env={"PATH": os.defpath, "LC_ALL": "C", "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # Out of reach of the terminal's Ctrl-C: the last user decides when it ends.
            start_new_session=True,
        )


def _last_words(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()
    # Our own asking whether it is up fills the log with refusals, which tell nothing.
    lines = [line for line in lines if "the database system is" not in line]
    telling = [line for line in lines if "FATAL" in line or "PANIC" in line or "rror" in line]
    words = (telling or lines or ["it said nothing"])[-1]
    return words.split("FATAL:")[-1].strip()
