"""How much of this machine's memory the server may fill with its tables and indexes."""

import os
from pathlib import Path

# What a container may use, of all that the machine has.
LIMIT = Path("/sys/fs/cgroup/memory.max")
MEGABYTE = 1024 * 1024
# The part of it, in megabytes: the web's and workers' processes are on the same machine. With a
# million leads each score changes a page of each index of leads, which together have gigabytes.
SHARE, LEAST, MOST = 8, 128, 4096


def shared() -> int:
    """Give the megabytes of `shared_buffers`; they are taken only as they are filled."""
    return max(LEAST, min(MOST, _there() // MEGABYTE // SHARE))


def _there() -> int:
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        said = LIMIT.read_text().strip()
    except OSError:
        return whole
    return min(whole, int(said)) if said.isdecimal() else whole
