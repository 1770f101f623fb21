"""`make test`: lint, types, contracts, tests, benchmarks' self-check; ends at the first failure."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from crm import deathsig
from crm.running import parent

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(sys.executable).parent
ALONE = "processes or browser"
TWO_FILES = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
STEPS = {
    "lint": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy"],
    "contracts": [str(SCRIPTS / "lint-imports"), "--no-cache"],
    "tests": ["-m", "pytest", "-n", "2", "-m", f"not ({ALONE})"],
    # By files, since those of one share what they have started.
    "browser": ["-m", "pytest", *TWO_FILES, "-m", "browser"],
    # One after the other: they start whole products, and look at the clock.
    "processes": ["-m", "pytest", "-m", "processes and not browser"],
    "benchmarks": ["-m", "tests.benchmarks", "--self-check"],
}


def main() -> int:
    """Run the steps in order; the exit status is that of the first that fails."""
    os.chdir(ROOT)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    parent.follow_make()
    # While types are looked at one core is idle; should it fail, the tests say why.
    ahead = subprocess.Popen(
        [sys.executable, "-m", "tests.moulds"],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=deathsig.mortal(signal.SIGTERM),
    )
    try:
        return walk()
    finally:
        ahead.terminate()
        ahead.wait()


def walk() -> int:
    """Take one step after the other."""
    for name, words in STEPS.items():
        began = time.monotonic()
        status = subprocess.run([sys.executable, *words], stdin=subprocess.DEVNULL, check=False)
        verdict = "ok" if status.returncode == 0 else f"FAILED (status {status.returncode})"
        print(f"{name}: {verdict}, {time.monotonic() - began:.1f} s", flush=True)  # noqa: T201
        if status.returncode:
            return status.returncode if status.returncode > 0 else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
