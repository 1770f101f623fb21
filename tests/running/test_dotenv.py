"""`.env` means what it says, or is refused with a sentence."""

import re
from pathlib import Path

import environ
import pytest

from crm import dotenv
from tests.running.processes import ROOT


def read(folder: Path, text: str) -> dict[str, str]:
    (folder / ".env").write_text(text)
    return dotenv.read(folder / ".env")


def test_without_a_file_nothing_is_set(tmp_path: Path) -> None:
    assert dotenv.read(tmp_path / ".env") == {}


def test_values_as_they_are_written(tmp_path: Path) -> None:
    text = "# a comment\n\nA=1\nexport B= two words \nC='it # is'\nD=\"x\"\nE=\nF=a=b#c\r\n"
    assert read(tmp_path, text) == {
        "A": "1",
        "B": "two words",
        "C": "it # is",
        "D": "x",
        "E": "",
        "F": "a=b#c",
    }


@pytest.mark.parametrize("line", ["HTTPS=true   # behind a proxy", "HTTPS= # unset", 'HTTPS="1" #'])
def test_a_comment_behind_a_value_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(
        SystemExit, match=r"Line 2 of \.env has a comment behind the value of HTTPS"
    ):
        read(tmp_path, f"PORT=1\n{line}\n")


@pytest.mark.parametrize("line", ["HTTPS", "HTTPS = true", "HTTPS: true"])
def test_a_line_that_would_be_ignored_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(SystemExit, match=r"Line 1 of \.env is no setting\. Write NAME=value"):
        read(tmp_path, line)


def test_every_line_of_the_example_can_be_uncommented(tmp_path: Path) -> None:
    example = (ROOT / ".env.example").read_text()
    found = read(tmp_path, re.sub(r"(?m)^# (?=[A-Z_]+=)", "", example))
    assert all(found.values())
    env = environ.Env()
    env.ENVIRON = found
    for name in ("PORT", "WORKERS", "WEB_PROCESSES", "WEB_THREADS"):
        assert env.int(name) > 0
    for name in ("HTTPS", "DEBUG"):
        assert env.bool(name) is False
        assert found[name] == "false"


def test_the_example_and_the_readme_name_the_same_settings() -> None:
    in_example = set(re.findall(r"(?m)^# ([A-Z_]+)=", (ROOT / ".env.example").read_text()))
    table = re.findall(r"(?m)^\| (`[A-Z_]+`.*?) \|", (ROOT / "README.md").read_text())
    assert in_example == set(re.findall(r"`([A-Z_]+)`", " ".join(table)))
