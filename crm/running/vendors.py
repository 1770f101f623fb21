"""`make demo-vendors`: simulates the vendors on this machine, then becomes the product beside them.

Their companies are made up, so that all of it lies in a data folder of its own: in `vendors`,
below the one that is used otherwise.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from crm import deathsig
from crm.running import parent

ROOT = Path(__file__).resolve().parent.parent.parent
SIMULATORS = "tests.simulators"
READY = "ready"
# So many times faster than the real ones: an answer of the web takes a few seconds.
USUAL, SLOWEST, FASTEST = "20", 0.1, 1_000.0


def main() -> NoReturn:
    """Start the simulators, which end with us, and become the product."""
    parent.follow_make()
    speed = _speed(os.environ.get("SPEED", "").strip() or USUAL)
    if os.environ.get("DATABASE_URL"):
        sys.exit(
            "The vendors’ companies are made up, and must not come into a database of yours: "
            "DATABASE_URL= make demo-vendors"
        )
    # Whatever .env says, this is not where the real ones are.
    os.environ["DATABASE_URL"] = ""
    folder = Path(os.environ.get("DATA_DIR") or ROOT / ".data").absolute() / "vendors"
    os.environ["DATA_DIR"] = str(folder)
    os.environ.update(start(speed, folder / "simulators"), VENDOR_CLOCK=speed)
    sys.stderr.write(
        f"The vendors are simulated, {speed} times faster than life (SPEED=1 make demo-vendors "
        f"for their true pace); everything is kept in {folder}.\n"
    )
    os.execv(sys.executable, [sys.executable, "-m", "crm.running"])  # noqa: S606


def start(speed: str, folder: Path) -> dict[str, str]:
    """Start them, and give the settings that point the product at them."""
    if not (ROOT / SIMULATORS.replace(".", "/")).is_dir():
        sys.exit("The simulated vendors are not here: they come with the product’s tests.")
    words = [sys.executable, "-m", SIMULATORS, "--speed", speed, "--folder", str(folder)]
    process = subprocess.Popen(
        words,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_mortal(),
    )
    assert process.stdout is not None
    settings: dict[str, str] = {}
    for line in process.stdout:
        name, sign, value = line.rstrip("\n").partition("=")
        if sign:
            settings[name] = value
        elif name == READY:
            return settings
    sys.exit("The simulated vendors did not start; what they said stands above.")


def _mortal() -> Callable[[], None]:
    """It ends with us, also after we have become the product, and hears signals, which we don't
    yet."""
    die = deathsig.mortal(signal.SIGKILL)

    def prepare() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
        die()

    return prepare


def _speed(said: str) -> str:
    try:
        number = float(said)
    except ValueError:
        number = 0.0
    if not SLOWEST <= number <= FASTEST:
        sys.exit(f"SPEED is a number from {SLOWEST:g} to {FASTEST:g}, and not {said}.")
    return f"{number:g}"


if __name__ == "__main__":
    main()
