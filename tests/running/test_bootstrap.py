"""What `make` says on a machine where something is missing, and what it skips."""

import subprocess
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest

from crm import bootstrap

Usage = namedtuple("Usage", "total used free")
FILES = {"requirements.txt": "a==1\n", "tests/requirements.txt": "b==1\n"}


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A project folder of its own; what would have been run, instead of running it."""
    calls: list[str] = []

    def run(*words: Any) -> subprocess.CompletedProcess[str]:
        calls.append(" ".join(map(str, words)))
        status = int(calls[-1].endswith((tmp_path / "fails").read_text() or "nothing"))
        return subprocess.CompletedProcess(words, status, "", "one\nNo matching distribution\n")

    for name, text in (FILES | {bootstrap.POSTGRES: "c==1\n", "fails": ""}).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "installed.json")
    monkeypatch.setattr(bootstrap, "run", run)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return calls


def installs(calls: list[str]) -> list[str]:
    return [call.split()[-1] for call in calls if " install " in call]


def test_packages_are_installed_once_and_again_when_a_file_changes(
    calls: list[str], tmp_path: Path
) -> None:
    bootstrap.install("run")
    assert installs(calls) == ["requirements.txt", bootstrap.POSTGRES]
    bootstrap.install("test")
    assert installs(calls)[2:] == ["tests/requirements.txt"]
    bootstrap.install("run")
    assert len(installs(calls)) == 3
    (tmp_path / "requirements.txt").write_text("a==2\n")
    bootstrap.install("run")
    assert installs(calls)[3:] == ["requirements.txt"]


def test_a_server_of_ones_own_needs_no_embedded_one(calls: list[str], tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DEBUG=1\nDATABASE_URL=postgres://app@db/crm\n")
    bootstrap.install("run")
    assert installs(calls) == ["requirements.txt"]


@pytest.mark.parametrize("line", ["DATABASE_URL=", "DATABASE_URL=''", "# DATABASE_URL=postgres://"])
def test_a_server_that_is_not_named_is_none(calls: list[str], tmp_path: Path, line: str) -> None:
    (tmp_path / ".env").write_text(f"{line}\n")
    bootstrap.install("run")
    assert installs(calls) == ["requirements.txt", bootstrap.POSTGRES]


def test_what_pip_could_not_do_is_said_with_its_last_lines(
    calls: list[str], tmp_path: Path
) -> None:
    (tmp_path / "fails").write_text("tests/requirements.txt")
    with pytest.raises(SystemExit, match=r"tests/requirements.txt could not.*\n.*\nNo matching"):
        bootstrap.install("test")
    # What was installed before that is not installed again.
    (tmp_path / "fails").write_text("")
    del calls[:]
    bootstrap.install("test")
    assert installs(calls) == ["tests/requirements.txt", bootstrap.POSTGRES]


def test_a_full_disk(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda path: Usage(1, 1, 90_000_000))
    with pytest.raises(SystemExit, match="The disk is full: 90 MB are free"):
        bootstrap.install("run")
    assert not calls


def test_debians_python_without_its_venv_package(monkeypatch: pytest.MonkeyPatch) -> None:
    find = bootstrap.importlib.util.find_spec
    monkeypatch.setattr(
        bootstrap.importlib.util,
        "find_spec",
        lambda name: None if name == "ensurepip" else find(name),
    )
    with pytest.raises(SystemExit, match="python3-venv is missing: apt-get install python3-venv"):
        bootstrap.check_machine()
