"""The simulated vendors, in a process of their own, and what they tell of it afterwards."""

import json
import signal
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from crm import deathsig
from tests.running.processes import ROOT
from tests.simulators.starting import VENDORS

ADDRESSES = {name: variable for name, (_, _, variable, _, _) in VENDORS.items() if variable}
PATIENCE = 120
# Beyond this speed our own seconds, to import a client and the like, are minutes of the vendors'.
HURRIED, PATIENCE_OF_THE_HURRIED = 20, 3_600
Record = dict[str, Any]


def options(parser: ArgumentParser, speed: str) -> None:
    """What every benchmark with simulated vendors can be told."""
    parser.add_argument("--speed", type=float, help=f"how fast the vendors' time runs; {speed}")
    parser.add_argument(
        "--vendors", type=Path, help="the folder of simulated vendors that run already"
    )
    parser.add_argument(
        "--product", type=Path, help="the folder of a product that asks those, and runs already"
    )


def given_by(given: Namespace, speed: float) -> "Vendors":
    """Give those that run already, or start them; at this speed where none is given."""
    return Vendors(given.speed or speed, given.vendors)


class Vendors:
    """`env` is what points the product at them; `speed` is how many times faster they live."""

    def __init__(self, speed: float, folder: Path | None = None) -> None:
        self.process: subprocess.Popen[str] | None = None
        if folder is not None:
            self.folder = folder
        else:
            self._temporary = tempfile.TemporaryDirectory(prefix="vendors-")
            self.folder = Path(self._temporary.name)
            self._start(speed)
        lines = (self.folder / "env").read_text().splitlines()
        self.env = dict(line.split("=", 1) for line in lines)
        self.speed = float(self._ask("openai", "clock")["speed"])
        self.env["VENDOR_CLOCK"] = f"{self.speed:g}"
        if self.speed > HURRIED:
            self.env["OPENAI_DEADLINE_SECONDS"] = str(PATIENCE_OF_THE_HURRIED)

    def __enter__(self) -> "Vendors":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _start(self, speed: float) -> None:
        words = ["--speed", f"{speed:g}", "--folder", str(self.folder)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.simulators", *words],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=deathsig.mortal(signal.SIGTERM),
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.strip() == "ready":
                return
        raise RuntimeError("The simulated vendors did not start.")

    def warm(self) -> None:
        """Wait until their world is there, so that nobody waits for it while it is measured."""
        body = {"textQuery": "dentist in Leicester", "pageSize": 1}
        headers = {"X-Goog-Api-Key": "warm", "X-Goog-FieldMask": "places.id"}
        address = f"{self.env['GOOGLE_PLACES_URL']}/places:searchText"
        _open(Request(address, json.dumps(body).encode(), headers))
        # By a name and by a place: to look one up by its number needs nothing that takes long.
        for path in ("/search/companies?q=a", "/advanced-search/companies?location=leicester"):
            address = f"{self.env['COMPANIES_HOUSE_URL']}{path}"
            _open(Request(address, headers={"Authorization": "Basic d2FybTo="}))
        self.forget()

    def stop(self) -> None:
        """End them, if we have started them."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE)
            self._temporary.cleanup()

    # What they tell.

    def calls(self, vendor: str) -> list[Record]:
        """What came, the first first; `at` is in the vendors' seconds."""
        found: list[Record] = self._ask(vendor, "calls")
        return sorted(found, key=lambda call: call["at"])

    def stats(self) -> dict[str, Record]:
        return {vendor: self._ask(vendor, "stats") for vendor in ADDRESSES}

    def breaches(self) -> int:
        """How often one of them was called above its documented limit."""
        return sum(said["limit_breaches"] for said in self.stats().values())

    def forget(self) -> None:
        """Let them count from here."""
        for vendor in ADDRESSES:
            self._ask(vendor, "calls", "DELETE")

    def spoil(self, vendor: str, *faults: Record) -> None:
        """Let something go wrong there from now on; without any, let all be well again."""
        self._ask(vendor, "faults", "DELETE")
        if faults:
            self._ask(vendor, "faults", "POST", list(faults))

    def took(self, response: str) -> tuple[float, float]:
        """When the model began with an answer and when it was there, in the vendors' seconds."""
        key = {"Authorization": "Bearer looking"}
        request = Request(f"{self.env['OPENAI_BASE_URL']}/responses/{response}", headers=key)
        said = json.loads(_open(request))
        return said["created_at"], said["completed_at"] or said["created_at"]

    def moment(self, real: float) -> float:
        """Turn seconds since 1970 of ours into theirs."""
        now, theirs = time.time(), self._ask("openai", "clock")["now"]
        return float(theirs + (real - now) * self.speed)

    def _ask(self, vendor: str, subject: str, method: str = "GET", given: Any = None) -> Any:
        base = self.env[ADDRESSES[vendor]].split("/", 3)
        address = f"{base[0]}//{base[2]}/_control/{subject}"
        data = None if given is None else json.dumps(given).encode()
        return json.loads(_open(Request(address, data, method=method)))


def _open(request: Request) -> bytes:
    try:
        with urlopen(request, timeout=PATIENCE) as answer:
            body: bytes = answer.read()
    except OSError as error:
        read = getattr(error, "read", None)
        if read is None:
            raise
        body = read()
    return body
