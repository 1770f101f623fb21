"""Which process of an installation is which, followed through deaths and rebirths."""

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crm.postgres.cluster import Cluster
from tests.benchmarks.killing.family import children

WEB, SENTINEL, PUSHER = "web", "sentinel", "pusher"
BUSY, IDLE, GROUP, POSTGRES = "busy worker", "idle worker", "group", "postgres"
ROLES = (WEB, SENTINEL, PUSHER, BUSY, IDLE, GROUP, POSTGRES)

WORKER, MONITOR = "worker", "monitor"
SECONDS_BETWEEN_LOOKS = 0.02


@dataclass(frozen=True)
class Victims:
    """Who plays a role now; a group is named by its first process."""

    numbers: list[int]
    is_group: bool = False


class Roles:
    """The tree below `make run`'s parent of all: `web` and its workers; the worker's supervisor,
    whose child is the cluster, whose child is the sentinel, whose children are the rest.

    The sentinel forks its workers first, then the monitor, then the pusher. When some have died it
    forks the new ones in the same order, which is how we know them.
    """

    def __init__(self, root: int, folder: Path, workers: int) -> None:
        self.root, self.postmaster = root, Cluster(folder).data / "postmaster.pid"
        self.order = [WORKER] * workers + [MONITOR, PUSHER]
        self.sentinel = 0
        self.known: dict[int, str] = {}
        self.vacant: list[str] = []
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._follow, name="roles", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Look no more."""
        self.stopped.set()
        self.thread.join()

    def now(self, holder: str) -> dict[str, Victims]:
        """Give who plays each role; `holder` ("host:pid") holds the row in flight."""
        with self.lock:
            # Some may have died since we last looked.
            living = set(children(self.sentinel)) if self.sentinel else set()
            known = {each: role for each, role in self.known.items() if each in living}
        host, _, number = holder.rpartition(":")
        busy = int(number) if host == socket.gethostname()[:90] else 0
        workers = [each for each, role in known.items() if role == WORKER]
        # Nobody is idle for sure between two pieces, when nobody holds the row.
        idle = [each for each in workers if each != busy] if busy in workers else []
        cluster = self._cluster()
        return {
            WEB: Victims(self._web()),
            SENTINEL: Victims(self._sentinels(cluster)),
            PUSHER: Victims([each for each, role in known.items() if role == PUSHER]),
            BUSY: Victims([each for each in workers if each == busy]),
            IDLE: Victims(idle),
            GROUP: Victims([cluster] if cluster else [], is_group=True),
            POSTGRES: Victims(self._postgres()),
        }

    @property
    def are_complete(self) -> bool:
        """Say whether nobody is missing."""
        with self.lock:
            return len(self.known) == len(self.order) and bool(self._web() and self._postgres())

    def _follow(self) -> None:
        while not self.stopped.wait(SECONDS_BETWEEN_LOOKS):
            self._look()

    def _look(self) -> None:
        sentinel = next(iter(self._sentinels(self._cluster())), 0)
        living = children(sentinel) if sentinel else []
        with self.lock:
            if sentinel != self.sentinel:
                self.sentinel, self.known, self.vacant = sentinel, {}, []
            if not self.known:
                # Until all are there nobody can be told apart.
                if len(living) == len(self.order):
                    self.known = dict(zip(living, self.order, strict=True))
                return
            self.vacant += [self.known.pop(each) for each in set(self.known) - set(living)]
            self.vacant.sort(key=self.order.index)
            for each in living:
                if each not in self.known and self.vacant:
                    self.known[each] = self.vacant.pop(0)

    def _cluster(self) -> int:
        for child in children(self.root):
            if "runworker" in _words(child):
                return next(iter(children(child)), 0)
        return 0

    def _sentinels(self, cluster: int) -> list[int]:
        """Give the one, if there is one; a cluster that needs PostgreSQL may start that, too."""
        return [each for each in children(cluster) if "--cluster" in _words(each)]

    def _web(self) -> list[int]:
        for child in children(self.root):
            if any(word.endswith("/gunicorn") for word in _words(child)):
                return [child, *children(child)]
        return []

    def _postgres(self) -> list[int]:
        with suppress(OSError, ValueError, IndexError):
            lines = self.postmaster.read_text().splitlines()
            # A number that the dead left behind may be somebody else's by now.
            if str(self.postmaster.parent) in _words(int(lines[0])):
                return [int(lines[0])]
        return []


def _words(process: int) -> list[str]:
    """Give its command line; an empty one when it is gone."""
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
    return []
