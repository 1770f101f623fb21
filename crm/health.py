"""`GET /healthz`: whether the installation does its job, for machines to ask."""

import functools
from typing import Any

import psycopg
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from crm.work import signs_of_life
from crm.work.queue import depth, in_all


class MigrationsMissing(Exception):
    """The database is older than this code: `manage.py migrate` was not run."""


def healthz(request: HttpRequest) -> JsonResponse:
    """Database, migrations, worker and queue; 503 as soon as one of them is down."""
    report: dict[str, Any] = {
        "status": "down",
        "database": "down",
        "migrations": "unknown",
        "worker": {"status": "down", "heartbeat_age_s": None},
        "queue": None,
    }
    try:
        _connect()
        report["database"] = "ok"
        require_migrations()
        report["migrations"] = "ok"
        age = signs_of_life.age()
        alive = signs_of_life.is_fresh(age)
        report["worker"] = {"status": "ok" if alive else "down", "heartbeat_age_s": age}
        report["queue"] = in_all(depth())
        report["status"] = "ok" if alive else "down"
    except MigrationsMissing:
        report["migrations"] = "missing"
    except (Error, psycopg.Error):
        report["database"] = "down"
    answer = JsonResponse(report, status=200 if report["status"] == "ok" else 503)
    # Asked every few seconds, and it says itself what is wrong: no line in the log each time.
    setattr(answer, "_has_been_logged", True)  # noqa: B010 - Django's own mark, unknown to its types
    return answer


@functools.cache
def require_migrations() -> None:
    """Raise MigrationsMissing unless all are applied; once they are, that is remembered."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MigrationsMissing("The database is not migrated: run manage.py migrate.")


def _connect() -> None:
    # Not through the pool, which waits half a minute for a server that is away.
    parameters = connection.get_connection_params() | {"connect_timeout": 3}
    for of_django in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(of_django, None)
    psycopg.connect(**parameters).close()
