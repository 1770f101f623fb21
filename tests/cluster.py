"""A throw-away PostgreSQL for the test session, up before Django reads its settings.

Loaded by `-p tests.cluster`. When pytest is killed, the server notices and removes itself.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from crm.postgres.cluster import Cluster

ROOT = Path(__file__).resolve().parent.parent
running: list[Cluster] = []


def start() -> None:
    """Have a migrated cluster; the environment of this process points at it."""
    folder = Path(tempfile.mkdtemp(prefix="crm-tests-"))
    # The server runs as another user when the tests run as root.
    folder.chmod(0o711)
    cluster = Cluster(folder, throwaway=True)
    running.append(cluster)
    cluster.ensure()
    (folder / "static").mkdir()
    os.environ |= {
        "DATA_DIR": str(folder),
        "DATABASE_URL": cluster.url("crm_app"),
        "DATABASE_OWNER_URL": cluster.url("crm_owner"),
        "DJANGO_SETTINGS_MODULE": "crm.settings",
        "STATIC_MANIFEST": "false",
        # Whatever `.env` says: no test writes to anybody.
        "EMAIL_URL": "",
        "MAIL_FROM": "",
        "BASE_URL": "",
    }
    manage("migrate", "--verbosity=0")


def manage(*words: str) -> str:
    """What a command of `manage.py` prints, run in a process of its own on the session's data."""
    answer = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise RuntimeError(f"manage.py {' '.join(words)} failed:\n{answer.stdout}{answer.stderr}")
    return answer.stdout


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(args: list[str]) -> Generator[None, None, None]:
    """Start before pytest-django reads the settings."""
    if not {"--help", "-h", "--version", "-V"} & set(args):
        start()
    return (yield)


def pytest_unconfigure() -> None:
    """Stop, and remove the folder."""
    while running:
        running.pop().stop()
