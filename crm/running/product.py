"""The whole product as processes: database, web server, worker."""

import logging
import sys
import time
from pathlib import Path

from crm import listening, settings
from crm.postgres import room
from crm.postgres.cluster import CannotStart, Cluster
from crm.running.child import Child
from crm.running.preparing import prepare
from crm.running.ready import is_ready

logger = logging.getLogger(__name__)

# Of the 20 s that an end may take; the rest is the database's.
SECONDS_TO_END = 14.0


class Product:
    """Starts what is missing, keeps it alive, and takes all of it down again."""

    def __init__(self) -> None:
        self.cluster = Cluster(settings.DATA_DIR) if settings.EMBEDDED else None
        self.children: list[Child] = []
        self.ready = self.waits_for_room = False

    def start(self) -> None:
        """Bring everything up; the web server may take another moment to answer."""
        if self.cluster:
            self.cluster.ensure()
        prepare()
        # By its path: settings tell the web processes by the name of this script.
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        serve = [gunicorn, "-c", "python:crm.running.web", "crm.wsgi"]
        self.children = [
            Child("web server", [sys.executable, *serve]),
            Child("worker", [sys.executable, "manage.py", "runworker"]),
        ]

    def look_after(self) -> None:
        """Revive what has died; announce the address once it answers."""
        if self.cluster and not self.cluster.is_up:
            self._revive(self.cluster)
        for child in self.children:
            child.revive()
        host = listening.reachable(settings.HOST)
        if not self.ready and is_ready(host, settings.PORT, self._name()):
            self.ready = True
            print(f"Ready: {address()}", flush=True)  # noqa: T201 - the one line of `make run`

    def end(self) -> None:
        """Take everything down: children together, then the database."""
        deadline = time.monotonic() + SECONDS_TO_END
        for child in self.children:
            child.ask_to_end()
        for child in self.children:
            child.end(deadline)
        if self.cluster:
            # Processes that were killed a moment ago may still count as users.
            self.cluster.stop(patience=2)

    def _revive(self, cluster: Cluster) -> None:
        """Start PostgreSQL again; when its disk is full it can't recover, and waits for room."""
        if self.waits_for_room and room.lack(cluster.data):
            return
        logger.warning("PostgreSQL ended and is started again.")
        try:
            cluster.ensure()
            self.waits_for_room = False
        except CannotStart:
            lack = room.lack(cluster.data)
            if not lack:
                raise
            logger.warning("%s Then it is started by itself.", lack)
            self.waits_for_room = True

    @staticmethod
    def _name() -> str:
        named = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))]
        return named[0] if named else "localhost"


def address() -> str:
    """Where a browser on this machine finds the product."""
    return f"http://{listening.authority(listening.reachable(settings.HOST), settings.PORT)}/"
