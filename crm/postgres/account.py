"""Which account runs the server: PostgreSQL refuses to run as root."""

import os
import pwd
from pathlib import Path
from typing import NamedTuple


class Account(NamedTuple):
    """A system user, by numbers."""

    uid: int
    gid: int

    @property
    def is_me(self) -> bool:
        """Whether this process already runs as this user."""
        return self.uid == os.geteuid()

    def reaches(self, folder: Path) -> bool:
        """Whether this user may pass through `folder` and everything above it."""
        return all(self._passes(part) for part in (folder, *folder.parents))

    def _passes(self, folder: Path) -> bool:
        status = folder.stat()
        shift = 6 if status.st_uid == self.uid else 3 if status.st_gid == self.gid else 0
        return bool(status.st_mode >> shift & 1)

    def give(self, folder: Path) -> None:
        """Make `folder` this user's alone."""
        folder.mkdir(parents=True, exist_ok=True)
        if not self.is_me:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)


def for_server(data: Path) -> Account:
    """Me; as root whoever owns the database already, else `nobody`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if data.exists() and data.stat().st_uid:
        return Account(data.stat().st_uid, data.stat().st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)
