"""HOST and PORT, and the sentences for those that will not do."""

import os
import subprocess
import sys

import pytest

from crm import listening
from crm.running import port
from tests.running.processes import ROOT


@pytest.mark.parametrize("text", [None, "", " "])
def test_an_empty_setting_means_the_default(text: str | None) -> None:
    assert listening.number("PORT", text, default=8000, most=65_535) == 8000
    assert listening.host(text) == "127.0.0.1"


@pytest.mark.parametrize("text", ["abc", "0", "65536", "99999", "-1", "8000.0", "٣", "1" * 5000])
def test_a_port_that_is_none_is_answered_with_a_sentence(text: str) -> None:
    with pytest.raises(SystemExit) as refused:
        listening.number("PORT", text, default=8000, most=65_535)
    assert str(refused.value) == (
        f"PORT={text} is not a number from 1 to 65535. Leave it out or write one, like PORT=8000."
    )


@pytest.mark.parametrize("module", ["crm.running", "crm.running.web"])
def test_the_sentence_is_all_that_is_said(module: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env=os.environ | {"PORT": "abc"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith("PORT=abc is not a number")
    assert answer.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("named", "bound", "found"),
    [
        ("127.0.0.2", "127.0.0.2:80", "127.0.0.2:80"),
        ("0.0.0.0", "0.0.0.0:80", "127.0.0.1:80"),
        ("::1", "[::1]:80", "[::1]:80"),
        ("[::1]", "[::1]:80", "[::1]:80"),
        ("::", "[::]:80", "[::1]:80"),
        ("crm.example", "crm.example:80", "crm.example:80"),
    ],
)
def test_where_it_listens_and_where_it_is_found(named: str, bound: str, found: str) -> None:
    host = listening.host(named)
    assert listening.authority(host, 80) == bound
    assert listening.authority(listening.reachable(host), 80) == found


def test_a_host_that_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(port.PortTaken, match=r"Nothing can listen on 192.0.2.1:8000 \(.*Check"):
        port.check("192.0.2.1", 8000)
    with pytest.raises(port.PortTaken, match=r"listen on no\.such\.invalid:8000"):
        port.check("no.such.invalid", 8000)
