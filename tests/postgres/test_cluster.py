"""A cluster runs while somebody uses it, however its users and its processes end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import psycopg

from crm.postgres.cluster import Cluster

ROOT = Path(__file__).resolve().parents[2]


def user(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.postgres.users", str(folder), *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def eventually(fact: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_two_users_at_once_start_one_server_and_the_last_one_out_stops_it(folder: Path) -> None:
    users = [user(folder, "--keep"), user(folder, "--keep")]
    answers = sorted(process.stdout.readline().strip() for process in users if process.stdout)
    assert answers == ["False", "True"]
    cluster = Cluster(folder)
    users[0].communicate()
    time.sleep(0.5)
    assert cluster.is_up
    # Killed: it cannot say goodbye.
    users[1].kill()
    users[1].communicate()
    assert eventually(lambda: not cluster.is_up)


def test_a_killed_server_comes_back_with_what_was_committed(folder: Path) -> None:
    cluster = Cluster(folder)
    assert cluster.ensure()
    with psycopg.connect(cluster.url("crm_owner")) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('here')")
    os.kill(postmaster(cluster), signal.SIGKILL)
    assert cluster.ensure()
    with psycopg.connect(cluster.url("crm_owner")) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("here",)]
    cluster.stop()
    assert not cluster.is_up


def test_a_server_that_is_killed_while_it_starts_is_started_once_more(folder: Path) -> None:
    cluster = Cluster(folder)
    cluster.ensure()
    first = postmaster(cluster)
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: not cluster.is_up)
    killed: list[int] = []

    def kill_the_next() -> None:
        assert eventually(lambda: cluster.is_up)
        killed.append(postmaster(cluster))
        os.kill(killed[0], signal.SIGKILL)

    thread = Thread(target=kill_the_next)
    thread.start()
    assert cluster.ensure()
    thread.join()
    assert killed != [first]
    assert postmaster(cluster) not in killed
    cluster.stop()


def test_a_throw_away_cluster_removes_itself_when_its_user_is_killed(folder: Path) -> None:
    process = user(folder)
    assert process.stdout
    assert process.stdout.readline().strip() == "True"
    assert Cluster(folder).is_up
    process.kill()
    process.communicate()
    assert eventually(lambda: not folder.exists())


def test_killing_the_keeper_stops_the_server(folder: Path) -> None:
    cluster = Cluster(folder, throwaway=True)
    cluster.ensure()
    server = postmaster(cluster)
    status = Path(f"/proc/{server}/status").read_text()
    keeper = next(line.split()[1] for line in status.splitlines() if line.startswith("PPid"))
    os.kill(int(keeper), signal.SIGKILL)
    assert eventually(lambda: not cluster.is_up)
    assert cluster.ensure()
    cluster.stop()
    assert not folder.exists()
