"""A run that was killed, failed, revived, or meets what has changed since."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from campaigns import criteria, kinds, launching, runs, steering
from campaigns.discovery.sources import BY_SLUG
from campaigns.models import Campaign, Finding, Run, SourceRun
from crm.ids import uuid7
from crm.registers import spots
from crm.registers.models import Register, RegisterEntry
from crm.tenants.acting import acting_for
from crm.work import queue
from crm.work.drain import drain
from crm.work.models import State
from leads.models import Lead, Organisation, Proof, TimelineEntry
from tests.campaigns.conftest import PATIENCE, Launch, run_until_done
from tests.people import Cast
from tests.work.reviving import revive

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")


def entry_of(organisation: Organisation) -> RegisterEntry:
    return organisation.listings.get().entry


@pytest.fixture
def change(committed_db: None) -> Iterator[Callable[..., None]]:
    """Change rows of the registers for one test; they are bundled once for all of them."""
    kept: list[Any] = []

    def changing(rows: QuerySet[Any], **values: Any) -> None:
        kept.extend(rows)
        rows.update(**values)
        place(kept)

    yield changing
    for row in reversed(kept):
        row.save()
    place(kept)


def place(rows: list[Any]) -> None:
    """Let searches find the entries among the rows as they are now."""
    ids = [row.pk for row in rows if isinstance(row, RegisterEntry)]
    with connection.cursor() as cursor:
        spots.drop(cursor, "e.id = ANY(%s)", ids)
        spots.make(cursor, "e.id = ANY(%s)", ids)


def test_a_call_sees_the_run_of_a_killed_call_through(
    cast: Cast, launch: Launch, capsys: Any
) -> None:
    launch(max_results=30)
    SourceRun.of(cast.tenant).update(
        state=State.LEASED, lease_token=uuid7(), lease_until=timezone.now() - timedelta(hours=1)
    )
    call_command(
        "run_campaign",
        tenant=cast.tenant.slug,
        kind="healthcare",
        postcode="LE1 1AA",
        miles=15,
        max_results=30,
        json=True,
    )
    said = json.loads(capsys.readouterr().out)
    assert (said["status"], said["created"]) == ("completed", 30)
    assert Run.of(cast.tenant).count() == 1


def test_a_failed_run_goes_on_when_its_source_is_queued_again(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    SourceRun.of(cast.tenant).update(attempts=4, source="no-such-source")
    assert run_until_done(campaign).state == Run.State.FAILED
    SourceRun.of(cast.tenant).update(source="register")
    with acting_for(cast.tenant):
        assert revive(SourceRun.of(cast.tenant).get()) == ""
    run = run_until_done(campaign)
    assert (run.state, run.created, run.left) == (Run.State.COMPLETED, 3, 495)
    assert SourceRun.of(cast.tenant).get().attempts == 0


def test_a_newer_run_takes_over_what_failed(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    SourceRun.of(cast.tenant).update(attempts=4, source="no-such-source")
    failed = run_until_done(campaign)
    dead = SourceRun.of(cast.tenant).get()
    assert dead.state == State.DEAD
    with acting_for(cast.tenant):
        runs.start(campaign, Run.Mode.MORE, by=cast.ada)
        # Nobody expects anything of it any more, so it is not shown as failed.
        assert queue.in_all(queue.depth(cast.tenant))["dead"] == 0
        assert "has a newer run" in revive(dead)
    assert run_until_done(campaign).created == 3
    with acting_for(cast.tenant):
        assert "has a newer run" in revive(dead)
    failed.refresh_from_db()
    assert failed.state == Run.State.FAILED


@pytest.mark.parametrize(
    ("verb", "said"), [(steering.pause, "Resume it first"), (steering.cancel, "is cancelled")]
)
def test_a_dead_source_does_not_work_on_a_run_that_somebody_stopped(
    cast: Cast, launch: Launch, verb: Callable[..., Run], said: str
) -> None:
    launch(max_results=3)
    run = Run.of(cast.tenant).get()
    dead = SourceRun.of(cast.tenant).create(
        tenant=cast.tenant, run=run, source="other", state=State.DEAD
    )
    with acting_for(cast.tenant):
        verb(run, by=cast.ada)
        assert said in revive(dead)
    assert drain(PATIENCE) is False
    assert not Lead.of(cast.tenant).exists()


def test_all_sources_of_a_run_share_its_maximum(cast: Cast, launch: Launch) -> None:
    launch(max_results=50)
    run = Run.of(cast.tenant).get()
    SourceRun.of(cast.tenant).update(created=20)
    SourceRun.of(cast.tenant).create(tenant=cast.tenant, run=run, source="other", created=25)
    with acting_for(cast.tenant):
        assert runs.room(run) == 5


def test_running_again_tells_once_of_what_has_closed(
    cast: Cast, launch: Launch, change: Callable[..., None]
) -> None:
    campaign = launch(max_results=5)
    run_until_done(campaign)
    lead = Lead.of(cast.tenant).order_by("id")[2]
    entry = RegisterEntry.objects.filter(pk=entry_of(lead.organisation).pk)
    change(entry, status="closed")
    again = run_until_done(campaign, Run.Mode.AGAIN)
    finding = Finding.of(cast.tenant).get(run=again, reason="Closed in the register")
    assert (finding.verdict, finding.organisation) == ("rejected", lead.organisation)
    run_until_done(campaign, Run.Mode.AGAIN)
    told = TimelineEntry.of(cast.tenant).filter(lead=lead, text__contains="no longer lists it")
    assert told.count() == 1
    lead.organisation.refresh_from_db()
    assert lead.organisation.proof_label == "Closed in the register"


def test_running_again_takes_over_a_newer_proof(
    cast: Cast, launch: Launch, change: Callable[..., None]
) -> None:
    campaign = launch(max_results=5)
    run_until_done(campaign)
    change(Register.objects.all(), as_of=timezone.localdate() - timedelta(days=3))
    run_until_done(campaign, Run.Mode.AGAIN)
    assert {each.proof for each in Organisation.of(cast.tenant)} == {Proof.VERIFIED}
    change(Register.objects.all(), as_of=date(2015, 1, 1))
    run_until_done(campaign, Run.Mode.AGAIN)
    assert {each.proof for each in Organisation.of(cast.tenant)} == {Proof.VERIFIED}


def test_a_known_entry_counts_as_known_under_a_new_name(
    cast: Cast, launch: Launch, change: Callable[..., None]
) -> None:
    campaign = launch(max_results=5)
    assert run_until_done(campaign).left == 493
    first = Lead.of(cast.tenant).order_by("id")[0].organisation
    entry = RegisterEntry.objects.filter(pk=entry_of(first).pk)
    change(entry, site_key="renamed|LE1 8FL")
    with acting_for(cast.tenant):
        source = BY_SLUG["register"]
        assert source.new(cast.tenant, criteria.of(campaign).target()) == 493


def test_one_page_sent_twice_with_other_criteria_is_two_campaigns(cast: Cast) -> None:
    token = uuid7()
    for miles in (7, 8):
        with acting_for(cast.tenant):
            wanted = criteria.check(
                kinds.get("healthcare"), postcode="LE1 1AA", miles=miles, max_results=5
            )
            launching.launch(wanted, tenant=cast.tenant, by=cast.ben, token=token)
    assert Campaign.of(cast.tenant).count() == Run.of(cast.tenant).count() == 2
