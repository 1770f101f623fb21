"""A campaign's walk through the circle: nothing missed, nothing doubled, every count explained."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns import runs
from campaigns.models import Campaign, Finding, Run, SourceRun
from campaigns.walk import PIECE
from crm.notices.models import Notice
from crm.pipeline.models import Kind
from crm.tenants.acting import acting_for
from crm.upward import named
from crm.work.drain import drain
from crm.work.models import State
from leads.intake.grounds import Ground
from leads.models import Lead, Organisation
from leads.moving import board
from tests.campaigns import dying
from tests.campaigns.conftest import PATIENCE, Launch, run_until_done
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")


def adds_up(run: Run) -> bool:
    """Every sighting has its verdict, and a finding of its own."""
    total = run.created + run.duplicates + run.rejected
    return run.found == total == Finding.across_tenants.filter(run=run).count()


def test_a_circle_is_walked_in_slices_until_nothing_is_left(cast: Cast, launch: Launch) -> None:
    campaign = launch()
    first = run_until_done(campaign)
    assert (first.state, first.created, first.left) == (Run.State.COMPLETED, 100, 398)
    assert first.reason == "100 new leads; 398 left."
    again = run_until_done(campaign, Run.Mode.AGAIN)
    assert (again.created, again.left) == (0, 398)
    assert again.duplicates == first.found - first.rejected
    assert adds_up(first)
    assert adds_up(again)
    created = []
    while Lead.of(cast.tenant).count() < 498:
        run = run_until_done(campaign, Run.Mode.MORE)
        assert adds_up(run)
        assert run.created > 0
        created.append(run.created)
    assert created == [100, 100, 100, 98]
    assert run.left == 0
    assert run.reason.startswith(
        "98 new leads; nothing certain left within 15 miles of LE1 1AA. 20"
    )
    none = run_until_done(campaign, Run.Mode.MORE)
    assert (none.created, none.left) == (0, 0)
    assert Organisation.of(cast.tenant).count() == Lead.of(cast.tenant).count() == 498
    # Four sites are entered twice in one register: a person says whether they are one.
    walked = Run.across_tenants.with_counts().exclude(mode=Run.Mode.AGAIN)
    assert sum(each.duplicates for each in walked) == 0
    assert Finding.across_tenants.filter(ground=Ground.MAYBE).count() >= 4
    assert not Lead.of(cast.other).exists()


def test_a_wider_circle_would_add_what_the_run_says(cast: Cast, launch: Launch) -> None:
    small = run_until_done(launch(postcode="LE15 6AA", miles=1, max_results=500))
    assert small.left == 0
    told = re.search(r"6 miles would add ([0-9,]+)", small.reason)
    assert told is not None
    promised = int(told[1].replace(",", ""))
    wide = run_until_done(launch(postcode="LE15 6AA", miles=6, max_results=500))
    assert wide.created == promised
    assert wide.duplicates >= small.created


def test_what_lies_near_the_edge_is_rejected_with_the_reason(cast: Cast, launch: Launch) -> None:
    run = run_until_done(launch(postcode="TR1 2HW", miles=8, max_results=500))
    edge = Finding.of(cast.tenant).filter(run=run, reason="Near the edge of the circle")
    assert run.rejected == edge.count() > 0
    one = edge.first()
    assert one is not None
    assert "is known only to" in one.detail
    assert one.lead is None
    assert adds_up(run)


def test_those_near_the_edge_are_taken_on_request(cast: Cast, launch: Launch) -> None:
    place = {"kind": "education", "postcode": "TR1 1AA", "miles": 3, "max_results": 500}
    without = run_until_done(launch(**place))
    assert (without.created, without.left) == (0, 0)
    assert "were left out" in without.reason
    taken = run_until_done(launch(**place, takes_edge=True))
    assert taken.created > 0
    assert taken.created + taken.rejected == without.rejected
    miles = Finding.of(cast.tenant).filter(run=taken, verdict="created")
    assert all(each.miles is not None and each.miles <= 3 for each in miles)
    assert adds_up(taken)


def test_the_nearest_come_first(cast: Cast, launch: Launch) -> None:
    run_until_done(launch(max_results=20))
    walked = Finding.of(cast.tenant).order_by("id").values_list("miles", flat=True)
    assert list(walked) == sorted(walked)
    assert walked[0] < 0.2


def test_a_customer_is_met_again_as_one_in_every_later_campaign(cast: Cast, launch: Launch) -> None:
    run_until_done(launch(max_results=5))
    lead = Lead.of(cast.tenant).order_by("id")[0]
    board.move(lead, to=cast.stage(Kind.CUSTOMER), by=cast.ben)
    run_until_done(launch(max_results=10))
    finding = Finding.of(cast.tenant).get(organisation=lead.organisation, verdict="duplicate")
    assert finding.reason == "Existing customer"


def test_a_worker_that_is_killed_in_the_middle_loses_and_doubles_nothing(
    cast: Cast, launch: Launch, settings: Any
) -> None:
    campaign = launch(max_results=3 * PIECE)
    dying.ends_with[0] = dying.Killed
    with using(settings, "tests.campaigns.dying.TABLE"):
        # Killed in its first piece, at the end of that, and at the end of the second.
        for writes, kept in ((0, 0), (1, 0), (3, PIECE)):
            dying.writes_left[0] = writes
            with pytest.raises(dying.Killed):
                drain(PATIENCE)
            assert Finding.of(cast.tenant).count() == kept
            assert SourceRun.of(cast.tenant).get().state == State.LEASED
            assert drain(PATIENCE) is False
            # Long enough for whoever rests since its workers died again and again.
            SourceRun.of(cast.tenant).update(lease_until=timezone.now() - timedelta(minutes=2))
    finished_well(campaign)


def test_a_walk_that_fails_in_a_piece_does_that_piece_once_more(
    cast: Cast, launch: Launch, settings: Any
) -> None:
    campaign = launch(max_results=3 * PIECE)
    dying.ends_with[0] = RuntimeError
    dying.writes_left[0] = 3
    with using(settings, "tests.campaigns.dying.TABLE"):
        drain(PATIENCE)
    row = SourceRun.of(cast.tenant).get()
    assert (row.state, row.attempts, row.found) == (State.READY, 1, PIECE)
    assert row.last_error == "RuntimeError: the end"
    SourceRun.of(cast.tenant).update(due_at=timezone.now())
    finished_well(campaign)


@contextmanager
def using(settings: Any, *names: str) -> Iterator[None]:
    """Have the drain look at other tables for a while."""
    kept = settings.WORK_TABLES
    settings.WORK_TABLES = list(names)
    named.cache_clear()
    yield
    settings.WORK_TABLES = kept
    named.cache_clear()


def finished_well(campaign: Campaign) -> None:
    """The run of three pieces ends as if nothing had happened."""
    run = run_until_done(campaign)
    assert (run.state, run.created) == (Run.State.COMPLETED, 3 * PIECE)
    assert adds_up(run)
    keys = Finding.of(campaign.tenant).values_list("key", flat=True)
    assert len(keys) == len(set(keys)) == run.found
    assert Lead.of(campaign.tenant).count() == 3 * PIECE
    walked = Finding.of(campaign.tenant).order_by("id").values_list("miles", flat=True)
    assert list(walked) == sorted(walked)


def test_the_person_who_started_a_run_is_told_and_nobody_else(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    notice = Notice.across_tenants.get()
    assert (notice.user, notice.tenant, notice.read_at) == (cast.ben, cast.tenant, None)
    assert notice.text == "Healthcare within 15 miles of LE1 1AA: 3 new leads; 495 left."
    assert notice.url == campaign.get_absolute_url()


def test_a_run_that_is_given_up_has_failed_and_says_why(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    SourceRun.of(cast.tenant).update(attempts=4, source="no-such-source")
    run = run_until_done(campaign)
    assert run.state == Run.State.FAILED
    assert run.reason.startswith("Stopped by an error.")
    assert run.reason[:80] in Notice.across_tenants.get().text
    assert SourceRun.of(cast.tenant).get().last_error == "KeyError: 'no-such-source'"


def test_a_campaign_runs_once_at_a_time(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    with pytest.raises(runs.AlreadyRunning, match="is running already"), acting_for(cast.tenant):
        runs.start(campaign, Run.Mode.AGAIN, by=cast.ada)
    assert Run.of(cast.tenant).count() == 1
    run_until_done(campaign)
    assert run_until_done(campaign, Run.Mode.AGAIN, by=cast.ada).created == 0
