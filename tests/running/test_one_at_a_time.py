"""Two machines that start at the same moment on one database that is behind."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from crm.postgres.cluster import Cluster
from tests import moulds
from tests.running.processes import ROOT


@pytest.fixture
def server() -> Iterator[Cluster]:
    """A PostgreSQL server without the tables of one application and without the demo."""
    folder = Path(tempfile.mkdtemp(prefix="crm-two-machines-"))
    folder.chmod(0o711)
    cluster = Cluster(folder, throwaway=True)
    moulds.fill(folder, moulds.BARE)
    cluster.ensure()
    moulds.run(machine(cluster, folder / "before"), "migrate", "axes", "zero")
    yield cluster
    cluster.stop()


def machine(server: Cluster, folder: Path) -> dict[str, str]:
    """What the environment of a machine says."""
    return {
        "DATA_DIR": str(folder),
        "DATABASE_URL": server.url("crm_app"),
        "DATABASE_OWNER_URL": server.url("crm_owner"),
        "DEMO": "1",
    }


def test_two_machines_prepare_one_database_one_after_the_other(
    server: Cluster, tmp_path: Path
) -> None:
    machines = []
    for name in ("one", "two"):
        machines.append(
            subprocess.Popen(
                [sys.executable, "manage.py", "prepare"],
                cwd=ROOT,
                env=os.environ | machine(server, tmp_path / name),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
    said = [machine.communicate(timeout=180)[0] for machine in machines]
    assert [machine.returncode for machine in machines] == [0, 0], said
    assert "".join(said).count("Another machine is bringing the database up to date") == 1
    assert "".join(said).count("Bringing the database up to date.") == 1
    with psycopg.connect(server.url("crm_app")) as connection:
        demo = connection.execute("SELECT count(*) FROM tenants_tenant").fetchone()
    assert demo == (1,)
