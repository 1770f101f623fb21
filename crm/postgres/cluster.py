"""One PostgreSQL cluster of ours: where it is, and that it runs while somebody uses it."""

import os
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import psycopg

from crm.postgres import account, binaries, folders, initdb, locks, roles, server
from crm.postgres.failure import CannotStart
from crm.postgres.keeper import Order

__all__ = ["CannotStart", "Cluster"]

# By home. A process is a user until it ends, even when it lets go of the Cluster.
_presences: dict[Path, IO[str]] = {}
_keepers: dict[Path, subprocess.Popen[bytes]] = {}


class Cluster:
    """The cluster of one data folder; constructing it starts nothing.

    A throw-away cluster trades safety for speed and is removed with `data_dir` when its last
    user leaves or is killed.
    """

    def __init__(self, data_dir: Path, *, throwaway: bool = False) -> None:
        self.data_dir = data_dir.resolve()
        self.throwaway = throwaway
        self.home = folders.home(data_dir)
        self.data = self.home / "data"
        self.socket_folder = folders.socket_folder(self.home)
        self.log = self.home / "log"

    def url(self, role: str = roles.APP, database: str = roles.DATABASE) -> str:
        """The address for one role, as DATABASE_URL understands it."""
        return f"postgres://{role}@/{database}?host={quote(str(self.socket_folder))}"

    def django(self, role: str = roles.APP, database: str = roles.DATABASE) -> dict[str, Any]:
        """The entry for Django's DATABASES."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": database,
            "USER": role,
            "HOST": str(self.socket_folder),
        }

    def ensure(self) -> bool:
        """Have the server running with our roles and database; says whether this call started it.

        From now on this process counts as a user: the server stays until it has called `stop` or
        ended.
        """
        try:
            folders.make(self.home)
            with locks.alone(self.home / "start.lock"):
                # Waits for a server that is just being stopped.
                if self.home not in _presences:
                    _presences[self.home] = locks.join(self.home / "users.lock")
                running = server.answers(self.socket_folder)
                if not running:
                    self._start()
                self._prepare()
                return not running
        except PermissionError as error:
            raise CannotStart(
                f"The database in {self.home} belongs to another user ({error}): run this as that "
                "user, or set DATA_DIR to a folder of yours."
            ) from error
        except OSError as error:
            raise CannotStart(f"PostgreSQL did not start in {self.home}: {error}.") from error

    def _start(self) -> None:
        user = account.for_server(self.data)
        programs = binaries.folder(user)
        initdb.initialise(self.data, programs, user, fast=self.throwaway)
        folders.claim(self.socket_folder, user)
        order = Order(
            argv=server.command(programs, self.data, self.socket_folder, throwaway=self.throwaway),
            uid=user.uid,
            gid=user.gid,
            users=str(self.home / "users.lock"),
            remove=[str(folder) for folder in self._removable()],
        )
        _keepers[self.home] = server.start(order, log=self.log, socket_folder=self.socket_folder)

    def _prepare(self) -> None:
        prepared = self.home / "prepared"
        if prepared.exists() and prepared.read_text() == roles.READY:
            return
        try:
            roles.prepare(str(self.socket_folder))
        except psycopg.Error as error:
            raise CannotStart(
                f"PostgreSQL runs, but its database could not be made ready: {error}"
            ) from error
        prepared.write_text(roles.READY)

    def stop(self, *, patience: float = 0) -> None:
        """Leave; the server stops when nobody else uses it, and then it has when this returns.

        `patience` is for how many seconds others are waited for.
        """
        presence, keeper = _presences.pop(self.home, None), _keepers.pop(self.home, None)
        if presence is None:
            return
        deadline = time.monotonic() + patience
        while not (last := locks.is_last(presence)) and time.monotonic() < deadline:
            time.sleep(0.05)
        presence.close()
        deadline = time.monotonic() + 20
        while last and self._lingers() and time.monotonic() < deadline:
            time.sleep(0.03)
        if last and keeper:
            keeper.wait(20)

    def _removable(self) -> list[Path]:
        return [self.home, self.socket_folder, self.data_dir] if self.throwaway else []

    def _lingers(self) -> bool:
        return self.is_up or (self.throwaway and self.data_dir.exists())

    @property
    def is_up(self) -> bool:
        """Whether a server process holds the data folder."""
        with suppress(OSError, ValueError, IndexError):
            process = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            os.kill(process, 0)
            return True
        return False
