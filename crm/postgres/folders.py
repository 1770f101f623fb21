"""Where a server keeps its data, its socket and its locks: always the same for one `DATA_DIR`."""

import hashlib
import os
import secrets
import stat
from pathlib import Path

from crm.postgres import account
from crm.postgres.account import Account
from crm.postgres.failure import CannotStart

# For root when the project lies under a closed folder, which the server's user cannot enter.
SHARED = Path("/var/lib/leadcrm")
# The kernel takes 107 bytes for a socket's path, file name included.
LONGEST_SOCKET_FOLDER = 80


def home(data_dir: Path) -> Path:
    """The server's folder: inside `data_dir`, or where a link inside `data_dir` says.

    A link (rather than a name made from the path) moves with the project, and removing
    `data_dir` means beginning with an empty database.
    """
    inside = data_dir.resolve() / "postgres"
    if not inside.is_symlink() and os.geteuid() == 0:
        _settle(inside)
    return inside.readlink() if inside.is_symlink() else inside


def _settle(inside: Path) -> None:
    """Decide once, as root, whether the database can live in place."""
    if not inside.parent.exists():
        inside.parent.mkdir(parents=True, exist_ok=True)
        inside.parent.chmod(0o711)
    if inside.exists():
        return
    near = account.for_server(inside / "data").reaches(inside.parent)
    try:
        if near and len(bytes(inside)) < LONGEST_SOCKET_FOLDER:
            inside.mkdir()
            inside.chmod(0o711)
        else:
            inside.symlink_to(SHARED / secrets.token_hex(6))
    except FileExistsError:
        pass  # Somebody else decided at the same moment.


def make(folder: Path) -> None:
    """Create a server's home, open to pass through and nothing more."""
    for part in (folder, folder.parent):
        if not part.exists():
            part.mkdir(parents=True, exist_ok=True)
            part.chmod(0o711)


def socket_folder(folder: Path) -> Path:
    """Where the server of this home listens; never so long that the kernel would refuse it."""
    near = folder / "run"
    if len(bytes(near)) < LONGEST_SOCKET_FOLDER:
        return near
    name = hashlib.sha256(bytes(folder)).hexdigest()[:12]
    owner = account.for_server(folder / "data").uid
    return Path(f"/tmp/leadcrm-{owner}-{name}")  # noqa: S108 - `claim` checks whose it is


def claim(folder: Path, user: Account) -> None:
    """Make the socket's folder the server's alone, or refuse one that somebody else laid there."""
    if not os.path.lexists(folder):
        folder.mkdir(mode=0o700)
        user.give(folder)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != user.uid or status.st_mode & 0o077:
        raise CannotStart(
            f"The folder {folder} for the database's socket is not private to this installation: "
            "remove it, or set DATA_DIR to a shorter path."
        )
