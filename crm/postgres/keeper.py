"""The server's parent: keeps it for as long as somebody uses it, then stops it.

`make run`, a command and a test run are users alike. Each holds a shared lock that the kernel
releases even when the user is killed, so a server never outlives its last user. Killing the
keeper stops the server as well.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any, TypedDict

from crm import deathsig
from crm.postgres import locks

PATIENCE = 10.0


class Order(TypedDict):
    """What the keeper is told to do, as JSON."""

    argv: list[str]
    uid: int
    gid: int
    users: str
    remove: list[str]


def keep(order: Order) -> int:
    """Run the server until nobody is left; returns the server's exit status."""
    leaving: list[int] = []

    def leave(number: int, frame: FrameType | None) -> None:
        leaving.append(number)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    server = _start(order)
    unused = False
    with Path(order["users"]).open("a") as users:
        while server.poll() is None and not leaving and not unused:
            time.sleep(0.1)
            unused = locks.is_last(users)
        status = _stop(server)
        if unused:
            for folder in order["remove"]:
                shutil.rmtree(folder, ignore_errors=True)
    return status


def _start(order: Order) -> subprocess.Popen[bytes]:
    me = os.geteuid() == order["uid"]
    other: dict[str, Any] = {"user": order["uid"], "group": order["gid"], "extra_groups": []}
    return subprocess.Popen(
        order["argv"],
        cwd="/",
        # PostgreSQL's fast stop: clients are sent away, and nothing has to be recovered.
        preexec_fn=deathsig.mortal(signal.SIGINT),
        **({} if me else other),
    )


def _stop(server: subprocess.Popen[bytes]) -> int:
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is None:
            server.send_signal(number)
            try:
                return server.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                continue
    return server.wait()


if __name__ == "__main__":
    sys.exit(keep(json.loads(sys.argv[1])))
