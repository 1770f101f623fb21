"""Two people who overrule at the same moment, beside a run that is at work."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from campaigns import overruling
from campaigns.models import Finding, Run
from crm.pipeline.models import Kind
from crm.tenants.acting import acting_for
from leads.intake.grounds import Ground
from leads.models import Lead, Organisation
from leads.moving import board
from tests.campaigns.conftest import Launch, run_until_done
from tests.campaigns.meeting import met, overrule, refused, run_of, some_candidate
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")


def at_once(cast: Cast, *acts: Callable[[], Any]) -> list[Any]:
    """Do these side by side; give what each returned, or said why not."""
    start = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=10)
            with acting_for(cast.tenant):
                return act()
        except (overruling.CannotOverrule, board.MoveRefused) as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_two_people_who_take_the_same_make_one_lead(cast: Cast) -> None:
    run = run_of(cast)
    for number in range(5):
        candidate = some_candidate(name=f"Harbour Dental {number}")
        finding = refused(run, Ground.EDGE, candidate)
        taken = at_once(
            cast,
            lambda it=finding: overrule(it, by=cast.ada),  # type: ignore[misc]
            lambda it=finding: overrule(it, by=cast.ben),  # type: ignore[misc]
        )
        assert sum(isinstance(each, Finding) for each in taken) == 1
        assert sum("took it already" in str(each) for each in taken) == 1
    assert Lead.of(cast.tenant).count() == 5


def test_selections_that_overlap_crosswise_do_not_wait_for_ever(cast: Cast) -> None:
    run = run_of(cast)
    names = [f"Harbour Dental {number}" for number in range(8)]
    mine, yours = (
        [refused(each, Ground.EDGE, some_candidate(name=name)) for name in names]
        for each in (run, run_of(cast, campaign=run.campaign))
    )
    shared = [refused(run, Ground.EDGE, some_candidate(name=f"Quay Smiles {n}")) for n in range(40)]
    answers = at_once(
        cast,
        lambda: overruling.overrule_all([*shared, *mine], campaign=run.campaign, by=cast.ada),
        lambda: overruling.overrule_all(
            [*shared[::-1], *yours], campaign=run.campaign, by=cast.ben
        ),
    )
    taken = [answer for both in answers for answer in both if not answer.refusal]
    assert len(taken) == Lead.of(cast.tenant).count() == Organisation.of(cast.tenant).count() == 48


def test_selections_of_two_kinds_that_mean_the_same_do_not_wait_for_ever(cast: Cast) -> None:
    """Ada takes these near the edge and pursues those again; Ben the other way round."""
    run = run_of(cast)
    again = run_of(cast, campaign=run.campaign)
    lost = cast.stage(Kind.LOST)
    edge, before = [], []
    for number in range(16):
        candidate = some_candidate(name=f"Harbour Dental {number}")
        lead = met(run, candidate).lead
        assert lead is not None
        board.move(lead, to=lost, by=cast.ben)
        before.append(met(run_of(cast, campaign=run.campaign), candidate))
        edge.append(refused(again, Ground.EDGE, candidate))
    at_once(
        cast,
        lambda: overruling.overrule_all(edge[:8] + before[8:], campaign=run.campaign, by=cast.ada),
        lambda: overruling.overrule_all(edge[8:] + before[:8], campaign=run.campaign, by=cast.ben),
    )
    assert Lead.of(cast.tenant).filter(closed_at=None).count() == 16


def test_who_is_reopened_on_the_board_meanwhile_is_pursued_once(cast: Cast) -> None:
    run = run_of(cast)
    discovery, lost = cast.stage(Kind.DISCOVERY), cast.stage(Kind.LOST)
    for number in range(5):
        candidate = some_candidate(name=f"Harbour Dental {number}")
        lead = met(run, candidate).lead
        assert lead is not None
        board.move(lead, to=lost, by=cast.ben)
        finding = met(run_of(cast, campaign=run.campaign), candidate)
        assert finding.ground == Ground.LOST
        at_once(
            cast,
            lambda it=finding: overrule(it, by=cast.ada),  # type: ignore[misc]
            lambda it=lead: board.move(it, to=discovery, by=cast.ben),  # type: ignore[misc]
        )
        pursued = Lead.of(cast.tenant).filter(organisation=lead.organisation_id, closed_at=None)
        assert pursued.count() == 1


@pytest.mark.usefixtures("bundled")
def test_a_run_adds_up_whatever_is_taken_of_it(cast: Cast, launch: Launch) -> None:
    campaign = launch(postcode="TR1 2HW", miles=8, max_results=500)
    before = run_until_done(campaign)
    edge = list(Finding.of(cast.tenant).filter(run=before, ground=Ground.EDGE)[:20])
    leads = Lead.of(cast.tenant).count()
    with acting_for(cast.tenant):
        answers = overruling.overrule_all(edge, campaign=campaign, by=cast.ben)
    # Of those that are entered twice, the second one is known by then.
    taken = sum(not answer.refusal for answer in answers)
    assert taken > 10
    assert Lead.of(cast.tenant).count() == leads + taken
    after = Run.across_tenants.with_counts().get(pk=before.pk)
    counts = ("found", "created", "duplicates", "rejected", "left")
    assert [getattr(after, name) for name in counts] == [getattr(before, name) for name in counts]
    assert after.found == after.created + after.duplicates + after.rejected
    assert Finding.of(cast.tenant).filter(run=before).count() == after.found
    again = run_until_done(campaign, Run.Mode.AGAIN)
    assert (again.created, again.found) == (0, before.found)
    assert Lead.of(cast.tenant).count() == leads + taken
