"""A process on the product's database that stays, and calls functions of `furnish` when asked."""

import json
import signal
import subprocess
import sys
import traceback
from typing import Any

from crm import deathsig
from tests.benchmarks.installation import Installation
from tests.running.processes import ROOT

SERVE = "from tests.browser import furnisher; furnisher.serve()"


class Furnisher:
    """To start one for each call would take seconds each time."""

    def __init__(self, product: Installation) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", SERVE],
            cwd=ROOT,
            env=product.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=deathsig.mortal(signal.SIGTERM),
        )

    def call(self, function: str, **given: Any) -> Any:
        """Call a function with JSON in and out."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([function, given]) + "\n")
        self.process.stdin.flush()
        value, error = json.loads(self.process.stdout.readline())
        if error:
            raise RuntimeError(f"{function} failed:\n{error}")
        return value

    def end(self) -> None:
        """Let it go; only then the product's database can end."""
        self.process.communicate(timeout=15)


def serve() -> None:
    """Answer line by line, inside `manage.py`, until nobody asks any more."""
    # Django is set up there only.
    from django.db import connection  # noqa: PLC0415

    from tests.browser import furnish  # noqa: PLC0415

    for line in sys.stdin:
        function, given = json.loads(line)
        try:
            said = [getattr(furnish, function)(**given), ""]
        except Exception:
            said = [None, traceback.format_exc()]
        connection.close()
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
