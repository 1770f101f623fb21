"""`make test`: lint, types, contracts, tests, benchmarks' self-check; ends at the first failure.

Of the benchmarks each commit has a third: to run all of them takes as long as all else that starts
the product, and they change seldom. `python -m tests.benchmarks --self-check` runs them all.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from crm import deathsig
from crm.running import parent

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(sys.executable).parent
ALONE = "processes or browser"
TWO_FILES = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
# The first two files begin at once, and each other goes to whoever has little left: so `kills` and
# `make_run`, who both look closely at the clock, come one after the other.
FIRST = ["kills", "two_hosts_with_redis", "make_run", "two_workers"]


def marked(mark: str) -> list[str]:
    """The files with tests of this kind; to import all others takes as long as some of these."""
    files = [
        file
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        if f"mark.{mark}" in file.read_text()
    ]
    names = [*FIRST, *(file.stem.removeprefix("test_") for file in files)]
    files.sort(key=lambda file: names.index(file.stem.removeprefix("test_")))
    return [str(file.relative_to(ROOT)) for file in files]


TURNS = 3


def turn() -> list[str]:
    """Say which third of the benchmarks this commit checks; all where there are no commits."""
    command = ["git", "rev-parse", "--short=8", "HEAD"]
    try:
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        return [str(int(said.strip()[:8], 16) % TURNS), str(TURNS)]
    except (OSError, ValueError, subprocess.CalledProcessError):
        return []


STEPS = {
    "lint": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy"],
    "contracts": [str(SCRIPTS / "lint-imports"), "--no-cache"],
    # Whoever has done its tests takes over the last ones of the other: a file stays together.
    "tests": ["-m", "pytest", "-n", "2", "--dist", "worksteal", "-rs", "-m", f"not ({ALONE})"],
    # By files, since those of one share what they have started.
    "browser": ["-m", "pytest", *TWO_FILES, "-m", "browser", "tests/browser", *marked("browser")],
    "benchmarks": ["-m", "tests.benchmarks", "--self-check", *turn()],
    # They start whole products, and look so closely at the clock that nothing goes on beside them.
    "processes": ["-m", "pytest", *TWO_FILES, "-m", "processes", *marked("processes")],
}
# What begins with a step already, since both wait now and then; it is told of when its turn comes.
BESIDE = {"browser": "benchmarks"}


def main() -> int:
    """Run the steps in order; the exit status is that of the first that fails."""
    os.chdir(ROOT)
    # Hundreds of processes are to come, and each would compile all of this anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
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
    begun: dict[str, Beside] = {}
    try:
        for name, words in STEPS.items():
            began = time.monotonic()
            if other := BESIDE.get(name):
                begun[other] = Beside(STEPS[other])
            status = begun[name].wait() if name in begun else run(words)
            verdict = f"FAILED (status {status})" if status else "ok"
            print(f"{name}: {verdict}, {time.monotonic() - began:.1f} s", flush=True)  # noqa: T201
            if status:
                return status if status > 0 else 1
        return 0
    finally:
        for each in begun.values():
            each.end()


def run(words: list[str]) -> int:
    """Do it alone; gives its exit status."""
    return subprocess.run(
        [sys.executable, *words], stdin=subprocess.DEVNULL, check=False
    ).returncode


class Beside:
    """A step that goes on beside others; what it says is kept until it is waited for."""

    def __init__(self, words: list[str]) -> None:
        self.said = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self.process = subprocess.Popen(
            [sys.executable, *words],
            stdin=subprocess.DEVNULL,
            stdout=self.said,
            stderr=self.said,
            preexec_fn=deathsig.mortal(signal.SIGTERM),
        )

    def wait(self) -> int:
        """See it through, and show what it said; gives its exit status."""
        status = self.process.wait()
        self.said.seek(0)
        sys.stdout.write(self.said.read().decode(errors="replace"))
        return status

    def end(self) -> None:
        """Let nothing of it go on."""
        self.process.terminate()
        self.process.wait()
        self.said.close()


if __name__ == "__main__":
    sys.exit(main())
