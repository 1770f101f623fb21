"""Workers as separate machines have them: each `manage.py runworker` for itself."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from crm import deathsig
from tests.running.processes import ROOT


class Host:
    """One `manage.py runworker`; what it says is kept in a file."""

    def __init__(self, name: str, folder: Path, **env: str) -> None:
        self.name, self.env = name, os.environ | env
        self.log = folder / f"{name}.log"
        self.start()

    def start(self) -> None:
        with self.log.open("a") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "runworker"],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stderr=output,
                preexec_fn=deathsig.mortal(signal.SIGTERM),
            )

    def has(self, process: int) -> bool:
        """Whether the process runs on this host."""
        while process > 1:
            if process == self.process.pid:
                return True
            process = _parent(process)
        return False

    def kill(self) -> None:
        """Pull the plug: the kernel takes down what it has started."""
        self.process.kill()
        self.process.wait()

    def revive(self) -> None:
        """Start it again if it was killed."""
        if self.process.poll() is not None:
            self.start()

    def end(self) -> int:
        """Ask it to end, and wait; gives its exit status."""
        self.process.terminate()
        return self.process.wait(25)


def _parent(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("PPid:")), 0)
