"""“Find more” goes on behind a run that asked vendors: nothing that was paid for is lost."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from campaigns import runs, schedules, steering, unanswered
from campaigns.asking import sightings
from campaigns.asking.openness import wake
from campaigns.discovery.live import Seen
from campaigns.models import Campaign, Inquiry, Run, SourceRun, Verification
from crm.outside import pace
from crm.tenants.acting import acting_for
from crm.work.drain import drain
from crm.work.models import State
from leads.identity.candidate import Candidate
from tests.asking.conftest import PATIENCE, Launch, see_through, standing
from tests.factories.campaigns import InquiryFactory
from tests.people import Cast
from tests.simulators import Running

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")
FEW = 3
WAITING = [f"Waiting Room {number} Ltd" for number in range(5)]


def more(campaign: Campaign, cast: Cast) -> Run:
    with acting_for(cast.tenant):
        runs.start(campaign, Run.Mode.MORE, by=cast.ben)
    return see_through(campaign)


def kept(cast: Cast) -> list[str]:
    """The keys of what was told of and not looked at, and can still be."""
    rows = Verification.of(cast.tenant).filter(last_error__startswith="Not looked at")
    return [each.key for each in rows.exclude(sighting={})]


def test_what_was_paid_for_and_not_needed_is_looked_at_before_anybody_is_asked(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    campaign = launch("openai_web", max_results=FEW)
    first = see_through(campaign)
    assert first.created == FEW, standing(campaign)
    left = kept(cast)
    assert len(left) >= FEW
    asked = Inquiry.of(cast.tenant).count()
    second = more(campaign, cast)
    assert second.created == FEW, standing(campaign)
    assert Inquiry.of(cast.tenant).count() == asked
    found = Verification.of(cast.tenant).filter(source_run__run=second)
    assert {each.key for each in found} == set(left)


def test_of_a_place_nothing_is_kept_and_its_question_is_asked_once_more(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    campaign = launch("google_places", kind="healthcare", miles=3, max_results=1)
    see_through(campaign)
    assert not kept(cast)
    vendors.google_places.forget()
    second = more(campaign, cast)
    assert vendors.google_places.calls(), standing(campaign)
    assert second.created == 1, standing(campaign)


def test_what_was_not_asked_when_a_run_was_cancelled_is_asked_by_the_next(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    campaign = launch("companies_house", max_results=FEW)
    see_through(campaign)
    [row] = SourceRun.of(cast.tenant).filter(run__campaign=campaign)
    # A question that followed from an answer, and that no plan tells of.
    one = Inquiry.of(cast.tenant).filter(source_run=row, trouble="", told__gt=FEW).first()
    assert one is not None
    follows = {**one.asked, "window": ["2015-01-01", "2015-12-31"]}
    with acting_for(cast.tenant):
        Inquiry.of(cast.tenant).create(
            tenant=cast.tenant,
            source_run=row,
            key="follows",
            asked=follows,
            state=State.DONE,
            trouble=unanswered.NOT_NEEDED,
        )
    second = more(campaign, cast)
    asked = Inquiry.of(cast.tenant).filter(source_run__run=second, key="follows")
    assert asked.exists(), standing(campaign)


def test_a_call_that_never_went_out_is_asked_again_and_not_paid_for(
    cast: Cast, vendors: Running, launch: Launch, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = []
    take = pace.take

    def away_at_first(*given: Any, **more: Any) -> None:
        turns.append(given)
        if len(turns) == 1:
            raise OperationalError("server closed the connection unexpectedly")
        take(*given, **more)

    monkeypatch.setattr(pace, "take", away_at_first)
    campaign = launch("openai_web", max_results=FEW)
    run = see_through(campaign)
    assert run.created == FEW, standing(campaign)
    asked = Inquiry.of(cast.tenant).filter(source_run__run=run)
    assert not asked.filter(trouble=unanswered.LOST).exists()
    assert all(each.credits == 15 for each in asked.filter(trouble=""))


def test_a_run_with_all_it_wants_does_not_wait_for_a_vendor_that_is_away(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    vendors.companies_house.faults.add("revoked", times=None)
    campaign = launch("register", "companies_house", kind="healthcare", max_results=FEW)
    run = see_through(campaign)
    assert (run.state, run.created) == (Run.State.COMPLETED, FEW), standing(campaign)


def test_a_cancelled_run_says_which_questions_were_not_asked(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    campaign = launch("openai_web", max_results=FEW)
    run = Run.of(cast.tenant).get(campaign=campaign)
    row = SourceRun.of(cast.tenant).get(run=run)
    with acting_for(cast.tenant):
        for key, sent_at in (("waits", None), ("is out", timezone.now())):
            Inquiry.of(cast.tenant).create(
                tenant=cast.tenant, source_run=row, key=key, asked={}, sent_at=sent_at
            )
        steering.cancel(run, by=cast.ben)
    said = dict(Inquiry.of(cast.tenant).values_list("key", "trouble"))
    assert said == {"waits": unanswered.NOT_SENT, "is out": unanswered.CANCELLED}


def test_a_run_that_may_ask_no_more_does_not_say_that_there_is_nothing_left(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    campaign = launch("openai_web", max_results=100)
    SourceRun.of(cast.tenant).filter(run__campaign=campaign).update(questions_most=1)
    run = see_through(campaign)
    assert (run.state, run.left) == (Run.State.COMPLETED, None), standing(campaign)
    assert "stopped after as many questions as were foreseen for one run" in run.reason
    assert Inquiry.of(cast.tenant).exclude(sent_at=None).count() == 1


def half_way(launch: Launch, cast: Cast, wanted: int) -> tuple[Campaign, SourceRun]:
    """A run whose first question is answered, and whose candidates wait for somebody for hours."""
    campaign = launch("openai_web", max_results=wanted)
    later = timezone.now() + timedelta(hours=3)
    SourceRun.of(cast.tenant).update(state=State.WAITING, due_at=later, wave=1)
    row = SourceRun.of(cast.tenant).select_related("run").get()
    row.run.tenant = row.tenant = cast.tenant
    told = {"source_run": row, "key": "first", "told": len(WAITING), "fresh": len(WAITING)}
    asked = InquiryFactory(**told, state=State.DONE, wave=1)
    for name in WAITING:
        seen = Seen(Candidate(name=name, postcode="LE1 1AA", source="openai_web"), key=name)
        Verification.of(cast.tenant).create(
            tenant=cast.tenant,
            source_run=row,
            inquiry=asked,
            key=name,
            sighting=sightings.as_json(seen),
            state=State.WAITING,
            due_at=later,
        )
    with acting_for(cast.tenant):
        runs.locked(row.run)
        assert wake(row), "something is open"
    return campaign, row


def test_candidates_that_wait_for_their_checks_do_not_hold_up_the_next_questions(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    campaign, row = half_way(launch, cast, wanted=len(WAITING) + 4)
    drain(PATIENCE)
    later = Inquiry.of(cast.tenant).filter(source_run=row, wave=2)
    # Whoever waits is as well known to the questions as those that were found.
    assert later.exists()
    assert all(set(WAITING) <= set(each.asked["leave_out"]) for each in later)
    waiting = Verification.of(cast.tenant).filter(source_run=row, key__in=WAITING)
    assert {each.state for each in waiting} == {State.WAITING}
    waiting.update(due_at=timezone.now())
    run = see_through(campaign)
    assert run.created == len(WAITING) + 4, standing(campaign)


def test_nothing_is_asked_while_those_who_wait_may_be_enough(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    campaign, row = half_way(launch, cast, wanted=len(WAITING))
    SourceRun.of(cast.tenant).update(due_at=timezone.now())
    drain(1)
    row.refresh_from_db()
    assert row.due_at > timezone.now(), "it has looked"
    assert not Inquiry.of(cast.tenant).filter(source_run=row, wave__gt=1).exists()
    assert not vendors.openai.calls()
    # One of them is nothing, so that one more must be found.
    gone = Verification.of(cast.tenant).filter(source_run=row, key=WAITING[0])
    gone.update(state=State.READY, due_at=timezone.now())
    see_through(campaign)
    assert Inquiry.of(cast.tenant).filter(source_run=row, wave=2).exists(), standing(campaign)


def test_what_is_paid_for_each_time_is_not_scheduled_to_run_again(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    campaign = launch("openai_web", max_results=FEW)
    at = {"every": "week", "at": time(7), "by": cast.ben}
    with acting_for(cast.tenant):
        with pytest.raises(schedules.CannotSchedule, match="“Find more” goes on behind"):
            schedules.plan(campaign, mode=Run.Mode.AGAIN, **at)
        assert schedules.plan(campaign, mode=Run.Mode.MORE, **at).is_on
