"""/healthz tells the truth with the right status."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.test import Client
from django.utils import timezone

from crm import health
from crm.work.models import Heartbeat

pytestmark = pytest.mark.django_db


def ask() -> tuple[int, dict[str, Any]]:
    answer = Client().get("/healthz")
    return answer.status_code, answer.json()


def beat(seconds_ago: float, name: str = "worker:one") -> None:
    at = timezone.now() - timedelta(seconds=seconds_ago)
    Heartbeat.objects.create(name=name, at=at, host="here", pid=1)


def test_all_is_well() -> None:
    beat(1)
    status, report = ask()
    assert (status, report["status"]) == (200, "ok")
    assert report["worker"]["heartbeat_age_s"] < 5
    assert report["queue"]["dead"] == 0


def test_a_worker_that_has_never_been_there_is_down() -> None:
    status, report = ask()
    assert (status, report["worker"]) == (503, {"status": "down", "heartbeat_age_s": None})


def test_a_silent_worker_is_down() -> None:
    beat(21)
    status, report = ask()
    assert (status, report["status"], report["worker"]["status"]) == (503, "down", "down")
    assert report["database"] == "ok"


def test_one_worker_that_lives_will_do() -> None:
    beat(21)
    beat(1, "worker:two")
    beat(3600, "worker:three")
    assert ask()[0] == 200


def test_it_connects_as_the_installation_does(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    asked: dict[str, Any] = {}

    def away(**parameters: Any) -> None:
        asked.update(parameters)
        raise psycopg.OperationalError("not now")

    monkeypatch.setattr(health.psycopg, "connect", away)
    options = {"sslmode": "verify-full", "sslrootcert": "/etc/our.crt", "pool": True}
    monkeypatch.setitem(health.connection.settings_dict, "OPTIONS", options)
    assert ask()[0] == 503
    assert (asked["sslmode"], asked["sslrootcert"]) == ("verify-full", "/etc/our.crt")
    assert asked["connect_timeout"] == 3
    # Each of them a word that libpq knows.
    psycopg.conninfo.make_conninfo(**asked)


def test_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**parameters: Any) -> None:
        raise psycopg.OperationalError("connection refused")

    monkeypatch.setattr(health.psycopg, "connect", away)
    status, report = ask()
    assert (status, report["database"], report["migrations"]) == (503, "down", "unknown")


def test_a_database_that_is_older_than_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise health.MigrationsMissing("run manage.py migrate")

    monkeypatch.setattr(health, "require_migrations", missing)
    status, report = ask()
    assert (status, report["migrations"]) == (503, "missing")
