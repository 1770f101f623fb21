"""A throw-away PostgreSQL for the test session, up before Django reads its settings.

Loaded by `-p tests.cluster`. When pytest is killed, the server notices and removes itself.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from crm.postgres.cluster import Cluster
from tests import moulds

running: list[Cluster] = []


def start(*, serves: bool) -> None:
    """Have a migrated cluster; the environment of this process points at it."""
    folder = Path(tempfile.mkdtemp(prefix="crm-tests-"))
    # The server runs as another user when the tests run as root.
    folder.chmod(0o711)
    cluster = Cluster(folder, throwaway=True)
    running.append(cluster)
    if serves:
        moulds.fill(folder, moulds.BARE)
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
        # Nor calls anybody: names that are not in this file do not exist.
        "HTTP_NAMES": os.devnull,
    }


def manage(*words: str) -> str:
    """What a command of `manage.py` prints, run in a process of its own on the session's data."""
    return moulds.run({}, *words)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, args: list[str]
) -> Generator[None, None, None]:
    """Start before pytest-django reads the settings."""
    if not {"--help", "-h", "--version", "-V"} & set(args):
        # Whoever only deals the tests out to others runs none.
        deals = bool(getattr(early_config.known_args_namespace, "numprocesses", None))
        start(serves=not deals or "PYTEST_XDIST_WORKER" in os.environ)
    return (yield)


def pytest_unconfigure() -> None:
    """Stop, and remove the folder."""
    while running:
        cluster = running.pop()
        cluster.stop()
        shutil.rmtree(cluster.data_dir, ignore_errors=True)
