"""Start all simulators, say where they are, and run until told to stop."""

import argparse
import signal
import sys
import tempfile
import threading
from pathlib import Path

from tests.simulators.clock import Clock
from tests.simulators.starting import VENDORS, Running


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulators", description=__doc__)
    parser.add_argument("--speed", type=float, default=1.0, help="how fast their time runs")
    parser.add_argument("--folder", type=Path, help="where env and names are written")
    parser.add_argument("--wild", type=float, default=0.0, help="the share of sites that misbehave")
    return parser.parse_args()


def main() -> None:
    given = options()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="simulators-"))
    folder.mkdir(parents=True, exist_ok=True)
    done = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: done.set())
    clock = Clock(given.speed)
    started = Running(VENDORS, clock, folder.resolve())
    started.sites.steer({"wild": given.wild})
    threading.Thread(target=warm, args=(started,), daemon=True).start()
    for name, value in started.env.items():
        sys.stdout.write(f"{name}={value}\n")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    done.wait()
    started.stop()


def warm(started: Running) -> None:
    """Build the world, then the register of companies, which takes longest."""
    for name in sorted(started.all, key=lambda name: name == "companies_house"):
        started.all[name].warm()


if __name__ == "__main__":
    main()
