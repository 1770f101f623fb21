"""/metrics: who may ask, and whether the figures are true."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from crm import upward
from crm.work import tally
from crm.work.drain import tables
from crm.work.models import Heartbeat, State, Tally
from tests.factories.campaigns import CampaignFactory, RunFactory, SourceRunFactory
from tests.metrics.conftest import TOKEN, ask, read, value
from tests.people import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_token")]
STEPS, SOURCES = "leads.flowstep", "campaigns.sourcerun"


def test_without_a_token_there_is_no_such_page(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    answer = client.get("/metrics", headers={"Authorization": "Bearer "})
    assert answer.status_code == 404
    assert "Set METRICS_TOKEN to a long random text" in answer.content.decode()


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", f"Basic {TOKEN}", TOKEN, "Bearer é", f"Bearer {TOKEN}x"]
)
def test_without_the_right_token_nothing_is_told(client: Client, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="metrics"'
    assert "fieldfare_" not in answer.content.decode()


def test_every_family_says_what_it_is_and_bears_a_good_name(cast: Cast) -> None:
    Tally.objects.create(name="service:google", minute=timezone.now(), done=1)
    text = ask()
    found = {family.name: family for family in text_string_to_metric_families(text)}
    assert len(found) >= 14
    for name, family in found.items():
        assert re.fullmatch(r"fieldfare_[a-z_]+", name)
        assert family.documentation.endswith("."), name
        assert family.type in ("gauge", "counter", "histogram"), name
        assert f"# HELP {name}" in text
        for sample in family.samples:
            assert (family.type == "counter") == sample.name.endswith("_total"), sample.name
    assert "milli" not in text


def test_rows_are_counted_by_table_and_state(cast: Cast) -> None:
    run = RunFactory(campaign=CampaignFactory(tenant=cast.tenant), state="failed")
    theirs = RunFactory(campaign=CampaignFactory(tenant=cast.other), state="running")
    ago = timezone.now() - timedelta(minutes=5)
    SourceRunFactory(run=run, state=State.DEAD)
    SourceRunFactory(run=theirs, state=State.READY, due_at=ago)
    samples = read(ask())
    assert value(samples, "work_rows", table=SOURCES, state="dead") == 1
    assert value(samples, "work_rows", table=SOURCES, state="ready") == 1
    assert value(samples, "work_rows", table=STEPS, state="dead") == 0
    assert 299 < (value(samples, "work_oldest_waiting_seconds", table=SOURCES) or 0) < 330
    assert value(samples, "campaign_runs", state="failed") == 1
    assert value(samples, "campaign_runs", state="running") == 1
    assert value(samples, "campaign_runs", state="paused") == 0
    assert value(samples, "database_up") == 1
    assert (value(samples, "database_connections_limit") or 0) >= 10


def test_a_host_is_as_alive_as_its_liveliest_worker() -> None:
    now = timezone.now()
    for name, host, age in (("a", "one", 2), ("b", "one", 3000), ("c", "two", 100)):
        at = now - timedelta(seconds=age)
        Heartbeat.objects.create(name=f"worker:{name}", host=host, pid=1, at=at)
    samples = read(ask())
    assert 2 <= (value(samples, "worker_heartbeat_age_seconds", host="one") or 0) < 30
    assert 100 <= (value(samples, "worker_heartbeat_age_seconds", host="two") or 0) < 130


def test_totals_go_on_when_old_minutes_are_folded() -> None:
    now = timezone.now()
    for name in ("leads' next steps", "service:google"):
        for age in (timedelta(minutes=1), timedelta(days=3), timedelta(days=9)):
            Tally.objects.create(
                name=name, minute=now - age, done=10, failed=2, interrupted=1, busy_ms=1500
            )
    before = read(ask())
    tally.forget()
    assert Tally.objects.count() == 4
    after = read(ask())
    for samples in (before, after):
        assert value(samples, "work_done_total", table=STEPS) == 30
        assert value(samples, "work_failed_total", table=STEPS) == 6
        assert value(samples, "work_interrupted_total", table=STEPS) == 3
        assert value(samples, "work_busy_seconds_total", table=STEPS) == 4.5
        assert value(samples, "work_done_total", table=SOURCES) == 0
        assert value(samples, "service_calls_total", service="google", outcome="ok") == 30
        assert value(samples, "service_calls_total", service="google", outcome="failed") == 6
        assert value(samples, "service_call_seconds_total", service="google") == 4.5


def test_asking_is_cheap(django_assert_max_num_queries: Any) -> None:
    two_per_table = 2 * len(tables())
    with django_assert_max_num_queries(two_per_table + 5):
        ask()


@pytest.fixture
def _database_is_away(settings: Any) -> Iterator[None]:
    settings.METRICS = ["tests.metrics.away.read"]
    upward.named.cache_clear()
    yield
    upward.named.cache_clear()


@pytest.mark.usefixtures("_database_is_away")
def test_without_a_database_that_is_said_and_the_pages_are_told_of() -> None:
    Client().get("/healthz")
    samples = read(ask())
    assert value(samples, "database_up") == 0
    assert any(name.startswith("fieldfare_http_request") for name, _ in samples)
    assert not any(name.startswith("fieldfare_work") for name, _ in samples)
