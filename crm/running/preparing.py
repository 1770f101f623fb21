"""The step between a running database and a running product, as one process."""

import signal
import subprocess
import sys

from crm import deathsig


class PreparationFailed(Exception):
    """The database could not be brought up to date; the reason was printed by the step itself."""


def prepare() -> None:
    """Run `manage.py prepare` to its end."""
    status = subprocess.run(
        [sys.executable, "manage.py", "prepare"],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=deathsig.mortal(signal.SIGKILL),
        check=False,
    ).returncode
    if status:
        raise PreparationFailed(
            f"The database could not be prepared (status {status}); the reason stands above."
        )
