"""A fresh installation of the product: real processes, a port and a data folder of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg

from crm import deathsig
from crm.postgres.cluster import Cluster
from tests import moulds
from tests.running.processes import ROOT, free_port

LENT = "lent.json"
SECONDS_TO_COME_UP = 120
SECONDS_TO_END = 25
# What a surrounding test session has set for itself.
NOT_FOR_IT = {"DATABASE_OWNER_URL", "DATABASE_ROLE", "STATIC_MANIFEST", "DEBUG"}


class NotUp(Exception):
    """The product ended, or was not ready in time; what it said is in the message."""


class Process(Protocol):
    """The parent of all of it."""

    pid: int

    def poll(self) -> int | None:
        """Give its exit status once it has ended."""


class Installation:
    """What `make run` runs, behind the packages and its first start.

    PostgreSQL keeps its promises (fsync).
    """

    process: Process

    def __init__(self, **env: str) -> None:
        self.lay(Path(tempfile.mkdtemp(prefix="crm-product-")), **env)
        self.serve()

    def lay(self, folder: Path, **env: str) -> None:
        """Have the data in this folder, and start nothing; one that is filled stays as it is."""
        self.folder = folder
        if not (folder / "demo-people.txt").exists():
            # The server runs as another user when we run as root.
            folder.chmod(0o711)
            moulds.fill(folder, moulds.WITH_DEMO)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_FOR_IT}
        own = {"DATA_DIR": str(self.folder), "PORT": str(self.port), "DATABASE_URL": ""}
        # Whatever `.env` says: its demo writes to nobody.
        own |= {"EMAIL_URL": "", "MAIL_FROM": "", "BASE_URL": ""}
        self.env = inherited | own | env
        self.log = self.folder / "output"

    def serve(self) -> None:
        """Start the product on this data."""
        with self.log.open("w") as output:
            self.process = self._own = subprocess.Popen(
                [sys.executable, "-m", "crm.running"],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=deathsig.mortal(signal.SIGTERM),
            )

    def wait(self) -> None:
        """Wait until it answers."""
        deadline = time.monotonic() + SECONDS_TO_COME_UP
        while f"Ready: {self.url}/" not in self.log.read_text():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise NotUp(self.log.read_text())
            time.sleep(0.05)

    def password(self, email: str) -> str:
        """The password of one of the demo's people."""
        words = (self.folder / "demo-people.txt").read_text().split()
        return words[words.index(email) + 1]

    def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database answers to its superuser, who may do what no page allows."""
        with psycopg.connect(Cluster(self.folder).url("postgres")) as connection:
            # Without values a percent sign stands for itself.
            cursor = connection.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def vacuum(self) -> None:
        """Let the database look at what it was filled with, as it does by itself in a few hours."""
        with psycopg.connect(Cluster(self.folder).url("postgres"), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")

    def call(self, module: str, function: str, **given: Any) -> Any:
        """Call a function with JSON in and out in a process of `manage.py`, on this database."""
        code = (
            f"import json; from {module} import {function} as it; "
            f"print(json.dumps(it(**json.loads({json.dumps(given)!r}))))"
        )
        answer = subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode:
            raise RuntimeError(f"{module}.{function} failed:\n{answer.stderr}")
        return json.loads(answer.stdout)

    def lend(self) -> None:
        """Let others find it by its folder, once it is up."""
        self.wait()
        said = {"port": self.port, "process": self.process.pid}
        (self.folder / LENT).write_text(json.dumps(said))

    def stop(self) -> None:
        """End all processes; the data stay."""
        if self._own.poll() is None:
            self._own.terminate()
        self._own.wait(SECONDS_TO_END)

    def remove(self) -> None:
        """End, and leave nothing behind."""
        self.stop()
        shutil.rmtree(self.folder)


@dataclass
class Foreign:
    """A process that is no child of ours."""

    pid: int

    def poll(self) -> int | None:
        return None if Path(f"/proc/{self.pid}").exists() else 1


class Lent(Installation):
    """One that somebody else has started, and will end."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.lay(folder, **env)
        said = json.loads((folder / LENT).read_text())
        self.port, self.process = said["port"], Foreign(said["process"])
        self.url = f"http://127.0.0.1:{self.port}"
