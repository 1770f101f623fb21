"""What cannot be started says why, and what to do, in a sentence."""

import os
from collections import namedtuple
from pathlib import Path

import pytest

from crm.postgres import account, binaries, folders, initdb
from crm.postgres.cluster import CannotStart, Cluster

Usage = namedtuple("Usage", "total used free")


def test_a_database_of_another_version_is_left_alone(folder: Path) -> None:
    cluster = Cluster(folder, throwaway=True)
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("15\n")
    with pytest.raises(CannotStart, match=r"made by PostgreSQL 15.*set PG_BIN"):
        cluster.ensure()
    assert [path.name for path in cluster.data.iterdir()] == ["PG_VERSION"]


def test_a_full_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(initdb.shutil, "disk_usage", lambda path: Usage(1, 1, 12_000_000))
    with pytest.raises(CannotStart, match="The disk is full: 12 MB are free"):
        Cluster(folder, throwaway=True).ensure()


def test_a_wrong_pg_bin(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BIN", "/nowhere")
    with pytest.raises(CannotStart, match="PG_BIN is /nowhere"):
        Cluster(folder, throwaway=True).ensure()


def test_no_postgresql_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(binaries, "WHEEL", "no_such_wheel")
    monkeypatch.setattr(binaries, "DEBIAN", tmp_path)
    with pytest.raises(CannotStart, match="No PostgreSQL was found"):
        binaries.folder(account.for_server(tmp_path))


def test_a_data_folder_that_is_no_database(folder: Path) -> None:
    cluster = Cluster(folder, throwaway=True)
    (cluster.data / "something").mkdir(parents=True)
    with pytest.raises(CannotStart, match="holds no complete PostgreSQL database"):
        cluster.ensure()


def test_a_socket_folder_that_somebody_else_laid_there(tmp_path: Path) -> None:
    me = account.Account(os.geteuid(), os.getegid())
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotStart, match="not private"):
        folders.claim(tmp_path / "run", me)


def test_a_long_path_gets_a_short_socket_folder() -> None:
    assert len(str(folders.socket_folder(Path("/" + "deep/" * 40)))) < 80


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another place")
def test_root_keeps_the_database_elsewhere_when_the_project_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    home = folders.home(tmp_path / "data")
    assert home.parent == folders.SHARED
    # The same answer every time, and after the project was moved.
    (tmp_path / "data").rename(tmp_path / "moved")
    assert folders.home(tmp_path / "moved") == home
