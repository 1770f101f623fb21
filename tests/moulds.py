"""Data folders that are filled already: made once, and copied by whoever needs one.

To migrate and to load the registers takes half a minute of two cores, and a copy takes a second.
What a first start does itself is seen to by `tests.running`, which begins with nothing.
`python -m tests.moulds` makes them ahead of whoever will need them.
"""

import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from crm.postgres import folders, roles
from crm.postgres.cluster import Cluster

ROOT = Path(__file__).resolve().parent.parent
# Bare has tables, places and registers; with the demo it is what `make run` serves.
BARE, WITH_DEMO = "bare", "with-demo"
KEPT = ROOT / ".venv" / "moulds"
CODE = ("crm", "enrichment", "scoring", "leads", "campaigns")
# Of all code these make tables, rights, triggers, places and registers.
MAKES_TABLES = re.compile(
    r"crm/[a-z]+\.py|.*/apps\.py|.*/(migrations|sql)/.*"
    r"|crm/(ledger|places|postgres|registers)/.*|crm/tenants/people\.py"
)
# What the triggers of the audit trail follow from.
MODEL = re.compile(rb"^class \w+\(.*Model\b|^    audited = ", re.MULTILINE)
# The demo tells of the last days, and plans for the next ones.
SECONDS_GOOD = 3600
DATABASE = "database"
# What makes a server slow and sure, and what keeps old parts of its log for later.
HURRIED = ("fsync", "synchronous_commit", "full_page_writes", "wal_recycle")


def fill(folder: Path, name: str) -> None:
    """Make a data folder like this mould."""
    with _made(name) as mould:
        home = folders.home(folder)
        folders.make(home)
        for part in mould.iterdir():
            _copy(part, home / "data" if part.name == DATABASE else folder / part.name)
        (home / "prepared").write_text(roles.READY)


@contextmanager
def _made(name: str) -> Iterator[Path]:
    """The mould, while nobody else makes or removes one."""
    KEPT.mkdir(exist_ok=True)
    with (KEPT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        mould = KEPT / f"{name}-{_fingerprint(name)}"
        if not mould.exists() or time.time() - mould.stat().st_mtime > SECONDS_GOOD:
            for old in KEPT.glob(f"{name}-*"):
                shutil.rmtree(old)
            _make(mould, name)
        yield mould


def _fingerprint(name: str) -> str:
    """What a mould depends on; the demo calls nearly everything."""
    seen = hashlib.sha256()
    for file in sorted(_sources(name)):
        seen.update(f"{file.relative_to(ROOT)} {file.stat().st_size}\n".encode())
        seen.update(file.read_bytes())
    return seen.hexdigest()[:16]


def _sources(name: str) -> Iterator[Path]:
    for folder in CODE:
        for file in (ROOT / folder).rglob("*"):
            if file.suffix == ".pyc" or not file.is_file():
                continue
            if name == WITH_DEMO or _makes_tables(file):
                yield file
    yield ROOT / "requirements.txt"


def _makes_tables(file: Path) -> bool:
    if MAKES_TABLES.fullmatch(str(file.relative_to(ROOT))):
        return True
    return file.suffix == ".py" and bool(MODEL.search(file.read_bytes()))


def _make(mould: Path, name: str) -> None:
    """Fill a folder as an installation does, and keep it once its server has ended."""
    # Not beside the code: the server may be another user, who does not come there.
    prefix = f"crm-mould-{name}-{hashlib.sha256(bytes(ROOT)).hexdigest()[:8]}-"
    for left in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        shutil.rmtree(Cluster(left).home, ignore_errors=True)
        shutil.rmtree(left, ignore_errors=True)
    draft, folder = mould.with_name(f"{name}-draft"), Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o711)
    cluster = Cluster(folder)
    try:
        if name == WITH_DEMO:
            fill(folder, BARE)
        cluster.ensure()
        _hurry(cluster)
        for words in _commands(name):
            run(_own(cluster), *words)
        _settle(cluster)
        cluster.stop(patience=20)
        draft.mkdir()
        _copy(cluster.data, draft / DATABASE)
        for part in folder.iterdir():
            if part.name != "postgres":
                _copy(part, draft / part.name)
        draft.rename(mould)
    finally:
        cluster.stop()
        shutil.rmtree(cluster.home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _hurry(cluster: Cluster) -> None:
    """Promise nothing while it is made: who is interrupted begins anew."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as superuser:
        for name in HURRIED:
            superuser.execute(f"ALTER SYSTEM SET {name} = off".encode())
        superuser.execute("SELECT pg_reload_conf()")


def _settle(cluster: Cluster) -> None:
    """Have nothing left to be tidied in any copy, and let copies keep what they promise."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as superuser:
        superuser.execute("VACUUM (FREEZE, ANALYZE)")
        superuser.execute("ALTER SYSTEM RESET ALL")


def _commands(name: str) -> list[list[str]]:
    if name == WITH_DEMO:
        return [["prepare"]]
    return [["migrate", "--verbosity=0"], ["load_places"], ["load_registers"]]


def _own(cluster: Cluster) -> dict[str, str]:
    """What the environment says of this folder, and nothing of a test session around it."""
    return {
        "DATA_DIR": str(cluster.data_dir),
        "DATABASE_URL": cluster.url("crm_app"),
        "DATABASE_OWNER_URL": cluster.url("crm_owner"),
        "DJANGO_SETTINGS_MODULE": "crm.settings",
        "STATIC_MANIFEST": "true",
        "DEMO": "1",
        "EMAIL_URL": "",
        "MAIL_FROM": "",
        "BASE_URL": "",
    }


def _copy(this: Path, there: Path) -> None:
    """With owner and times; the server's files are another user's when we are root."""
    subprocess.run(["cp", "-a", "--reflink=auto", this, there], check=True)


def run(env: dict[str, str], *words: str) -> str:
    """What a command of `manage.py` prints, run in a process of its own."""
    answer = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=os.environ | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise RuntimeError(f"manage.py {' '.join(words)} failed:\n{answer.stdout}{answer.stderr}")
    return answer.stdout


if __name__ == "__main__":
    # Whoever ends it wants nothing of it left.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with _made(WITH_DEMO):
        pass
