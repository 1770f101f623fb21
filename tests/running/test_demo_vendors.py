"""`make demo-vendors`: the simulated vendors start by themselves and end with the product."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from crm.running import vendors
from tests.running.processes import ROOT, eventually

# Stands for the product, which this process becomes.
SCRIPT = """
import json, sys
from pathlib import Path
from crm.running import vendors
print(json.dumps(vendors.start("100", Path(sys.argv[1]))), flush=True)
sys.stdin.read()
"""
pytestmark = pytest.mark.processes


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_control/stats", timeout=5) as reply:
            return reply.status == 200
    except (urllib.error.URLError, OSError):
        return False


def test_simulated_vendors_end_with_whoever_started_them(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        settings = json.loads(process.stdout.readline())
        assert settings["SIMULATED_VENDORS"] == "1"
        assert Path(settings["HTTP_NAMES"]).is_relative_to(tmp_path)
        url = settings["COMPANIES_HOUSE_URL"]
        assert answers(url)
        process.kill()
    assert eventually(lambda: not answers(url), 5)


class Became(Exception):
    """The process has become the product."""


@pytest.mark.parametrize("exported", ["", "/srv/real", "elsewhere"])
def test_it_keeps_its_companies_apart_from_the_data_that_are_used_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, exported: str
) -> None:
    """An exported DATA_DIR is where the real database lies: never that folder itself."""
    real = (tmp_path / exported).absolute() if exported else ROOT / ".data"
    monkeypatch.chdir(tmp_path)
    # Put back afterwards, whatever becomes of it.
    for name in ("DATABASE_URL", "SPEED", "VENDOR_CLOCK"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("DATA_DIR", exported)
    folders: list[Path] = []

    def start(speed: str, folder: Path) -> dict[str, str]:
        folders.append(folder)
        return {}

    def become(*args: object) -> None:
        raise Became

    monkeypatch.setattr(vendors.parent, "follow_make", lambda: None)
    monkeypatch.setattr(vendors, "start", start)
    monkeypatch.setattr(vendors.os, "execv", become)
    with pytest.raises(Became):
        vendors.main()
    assert Path(os.environ["DATA_DIR"]) == real / "vendors"
    assert folders == [real / "vendors" / "simulators"]
    assert os.environ["DATABASE_URL"] == ""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"SPEED": "fast"}, "SPEED is a number from 0.1 to 1000, and not fast."),
        ({"SPEED": "0"}, "SPEED is a number"),
        ({"DATABASE_URL": "postgres://app@db/crm"}, "DATABASE_URL= make demo-vendors"),
    ],
)
def test_what_cannot_be_is_refused_in_words(more: dict[str, str], said: str) -> None:
    words = [sys.executable, "-m", "crm.running.vendors"]
    answer = subprocess.run(
        words, cwd=ROOT, env=os.environ | more, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert said in answer.stderr
