"""Uses a cluster from a process of its own: `python -m tests.postgres.users FOLDER`."""

import sys
from pathlib import Path

from crm.postgres.cluster import Cluster

if __name__ == "__main__":
    started = Cluster(Path(sys.argv[1]), throwaway="--keep" not in sys.argv).ensure()
    sys.stdout.write(f"{started}\n")
    sys.stdout.flush()
    # Until the test closes our stdin, or kills us.
    sys.stdin.read()
