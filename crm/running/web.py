"""gunicorn's settings (`gunicorn -c python:crm.running.web`)."""

import os
import signal
from typing import Any

from crm import deathsig

HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = os.environ.get("PORT") or "8000"

bind = f"{HOST}:{PORT}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
graceful_timeout = 5
timeout = 60
max_requests = 5000
max_requests_jitter = 500
proc_name = "crm-web"
loglevel = "warning"


def post_fork(server: Any, worker: Any) -> None:
    """No worker outlives its parent."""
    deathsig.die_with_parent(signal.SIGKILL, server.pid)
