"""What happens to `make` happens to us, even where make itself does not pass it on."""

import os
import signal
import threading
import time
from pathlib import Path

from crm import deathsig

MAKES = {"make", "gmake"}
SECONDS_BETWEEN_LOOKS = 0.3


def follow_make() -> None:
    """End with SIGTERM when make is killed, or interrupted; without make as parent do nothing.

    GNU make keeps a SIGINT that was sent to it alone to itself and waits for its child. It shows:
    make's own handler is gone from then on.
    """
    parent = os.getppid()
    if _line(parent, "Name") not in MAKES:
        return
    deathsig.die_with_parent(signal.SIGTERM, parent)
    threading.Thread(target=_watch, args=(parent,), name="follow-make", daemon=True).start()


def _watch(parent: int) -> None:
    while not _was_interrupted(parent):
        time.sleep(SECONDS_BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)


def _was_interrupted(parent: int) -> bool:
    masks = [_line(parent, name) for name in ("SigCgt", "SigIgn")]
    if not all(masks):
        return False  # Gone altogether; the kernel tells us about that.
    bit = 1 << (signal.SIGINT - 1)
    return not any(int(mask, 16) & bit for mask in masks)


def _line(process: int, name: str) -> str:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return ""
    return next((line.split()[1] for line in lines if line.startswith(f"{name}:")), "")
