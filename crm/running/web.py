"""gunicorn's settings (`gunicorn -c python:crm.running.web`)."""

import gc
import os
import signal
from typing import Any

from crm import deathsig, listening, settings
from crm.metrics import folder

bind = listening.authority(settings.HOST, settings.PORT)
worker_class = "gthread"
workers = listening.number("WEB_PROCESSES", os.environ.get("WEB_PROCESSES"), default=2, most=64)
# What a campaign asks for in somebody's own words is part of the wizard's addresses.
limit_request_line = 8190
threads = listening.web_threads()
graceful_timeout = 5
timeout = 60
max_requests = 5000
max_requests_jitter = 500
proc_name = "crm-web"
loglevel = "warning"


def when_ready(server: Any) -> None:
    """The port is ours, so the figures of whoever had it are of the past."""
    folder.begin()


def post_fork(server: Any, worker: Any) -> None:
    """No worker outlives its parent."""
    deathsig.die_with_parent(signal.SIGKILL, server.pid)
    folder.join(worker.pid)


def post_worker_init(worker: Any) -> None:
    """Look for no cycles among what was loaded since Django was ready, either."""
    gc.freeze()


def child_exit(server: Any, worker: Any) -> None:
    """What a worker has counted outlives it."""
    folder.bury(worker.pid)
