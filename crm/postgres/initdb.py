"""The making of an empty data folder, and the check of one that is there."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from crm.postgres import binaries
from crm.postgres.account import Account
from crm.postgres.failure import CannotStart

BYTES_NEEDED = 300_000_000


def initialise(data: Path, programs: Path, user: Account, *, fast: bool) -> None:
    """Have a data folder that these programs can serve; an existing one is only checked."""
    version = binaries.major(programs)
    if data.exists():
        _check(data, version)
        return
    free = shutil.disk_usage(data.parent).free
    if free < BYTES_NEEDED:
        raise CannotStart(
            f"The disk is full: {free // 1_000_000} MB are free at {data.parent}, and a new "
            f"database needs {BYTES_NEEDED // 1_000_000} MB. Free some space, or set DATA_DIR."
        )
    # Made aside and renamed, so that a killed initdb leaves nothing that looks like a database.
    draft = data.with_name("data.new")
    shutil.rmtree(draft, ignore_errors=True)
    user.give(draft)
    locale = ["--locale-provider=builtin"] if version >= 17 else []
    answer = subprocess.run(
        [
            *(programs / "initdb", "-D", draft, "-U", "postgres", "-A", "trust"),
            *("--encoding=UTF8", *locale, "--locale=C.UTF-8", "--no-instructions"),
            *(["--no-sync"] if fast else []),
        ],
        **as_user(user),
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        why = answer.stderr.strip().splitlines()[-1:] or ["no reason was given"]
        raise CannotStart(f"A new database could not be made in {data}: {why[0]}")
    draft.rename(data)


def as_user(user: Account) -> dict[str, Any]:
    """The arguments of `subprocess.run` that change to this user."""
    return {} if user.is_me else {"user": user.uid, "group": user.gid, "extra_groups": []}


def _check(data: Path, version: int) -> None:
    try:
        found = int((data / "PG_VERSION").read_text())
    except (OSError, ValueError):
        raise CannotStart(
            f"{data} holds no complete PostgreSQL database: restore it from a copy, or move the "
            "folder away to begin with an empty one."
        ) from None
    if found != version:
        raise CannotStart(
            f"The database in {data} was made by PostgreSQL {found}, but this is PostgreSQL "
            f"{version}: set PG_BIN to a folder of PostgreSQL {found}'s programs to go on with it "
            f"(dump it there with pg_dumpall to move it), or move {data} away to begin anew."
        )
    if os.geteuid() and data.stat().st_uid != os.geteuid():
        raise CannotStart(
            f"The database in {data} belongs to another user: run this as that user, or set "
            "DATA_DIR to a folder of yours."
        )
