"""Starting the simulators, as a process and in a test."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.simulating.calling import ask
from tests.simulators import fakes, running

ROOT = Path(__file__).parents[2]


@pytest.mark.processes
def test_the_process_says_where_the_vendors_are(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.simulators", "--speed", "20", "--folder", str(tmp_path)]
    began = time.monotonic()
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": "."}
    ) as process:
        assert process.stdout is not None
        lines = []
        while (line := process.stdout.readline().strip()) != "ready":
            assert line, "The simulators ended before they were ready."
            lines.append(line)
        took = time.monotonic() - began
        env = dict(line.split("=", 1) for line in lines)
        answer = ask(f"{env['HUNTER_URL']}/account", headers={"X-API-KEY": env["HUNTER_KEY"]})
        process.send_signal(signal.SIGTERM)
        ended = process.wait(timeout=10)

    assert answer.status == 200
    assert ended == 0
    assert took < 10
    assert (tmp_path / "env").read_text().splitlines() == lines
    assert set(env) == {
        "OPENAI_BASE_URL", "OPENAI_API_KEY", "COMPANIES_HOUSE_URL", "COMPANIES_HOUSE_KEY",
        "GOOGLE_PLACES_URL", "GOOGLE_PLACES_KEY", "APOLLO_URL", "APOLLO_KEY", "HUNTER_URL",
        "HUNTER_KEY", "HTTP_NAMES", "SIMULATED_VENDORS", "ZEROBOUNCE_URL", "ZEROBOUNCE_KEY",
        "TWILIO_URL", "TWILIO_KEY", "CLEARBIT_URL", "CLEARBIT_KEY", "COMPANIES_HOUSE_DOCUMENTS_URL",
        "DNS_SERVER",
    }  # fmt: skip


def test_names_that_do_not_exist_stand_before_the_wildcard() -> None:
    with running("sites") as vendors:
        lines = Path(vendors.env["HTTP_NAMES"]).read_text().splitlines()

    assert lines[-1] == f"*.example 127.0.0.1:{vendors.sites.port}"
    assert {line for line in lines[:-1] if not line.startswith("www.")} == {
        *(f"{domain} -" for domain in fakes.missing_domains()),
        # Networks that forbid robots lead here, where a visit is noticed.
        *(f"{name}linkedin.com 127.0.0.1:{vendors.sites.port}" for name in ("", "uk.")),
    }


def test_a_test_starts_only_what_it_names() -> None:
    with running("hunter", speed=100) as vendors:
        status = ask(f"{vendors.hunter.url}/v2/account", headers={"X-API-KEY": "any"}).status

    assert status == 200
    assert set(vendors.env) == {"HUNTER_URL", "HUNTER_KEY", "SIMULATED_VENDORS"}
