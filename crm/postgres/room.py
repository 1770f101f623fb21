"""Whether the disk has room for a server that must recover."""

import shutil
from pathlib import Path

# Files of the log are 16 MB each, and a recovery may need some of them.
MEGABYTES_TO_RECOVER = 64


def lack(folder: Path) -> str:
    """Say that there is too little room, and what to do; "" when there is enough."""
    free = shutil.disk_usage(folder).free // 1_000_000
    if free >= MEGABYTES_TO_RECOVER:
        return ""
    return (
        f"The disk is full: {free} MB are free in {folder}, and PostgreSQL needs "
        f"{MEGABYTES_TO_RECOVER} MB to come back. Make room there."
    )
