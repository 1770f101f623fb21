"""When a source goes on asking, what it reckons to be missing, and what a run says at its end."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns import runs, unfound
from campaigns.asking import openness
from campaigns.models import Run, SourceRun, Verification
from crm.work.models import State
from tests.discovery.asked import wanted
from tests.factories.campaigns import (
    FindingFactory,
    InquiryFactory,
    RunFactory,
    SourceRunFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def run() -> Run:
    made: Run = RunFactory(state=Run.State.RUNNING, maximum=100)
    return made


def source(run: Run, slug: str = "openai_web", *, pending: int = 0, **more: Any) -> SourceRun:
    """A source that has asked once, with so many candidates that nobody has looked at."""
    later = timezone.now() + timedelta(minutes=1)
    row: SourceRun = SourceRunFactory(
        run=run, source=slug, **{"state": State.WAITING, "wave": 1, "due_at": later} | more
    )
    asked = InquiryFactory(source_run=row)
    for number in range(pending):
        VerificationFactory(inquiry=asked, key=f"{slug} {number}", state=State.READY)
    return row


def test_of_whom_it_waits_for_as_many_count_as_its_source_has_brought(run: Run) -> None:
    source(run, "companies_house", found=400, created=40)
    new = source(run, pending=45)
    # What others found says nothing of these: four of five, as a rule.
    assert openness.likely_missing(run) == 60 - 36
    SourceRun.of(run.tenant).filter(pk=new.pk).update(found=60, created=30)
    assert openness.likely_missing(run) == 30 - 22
    SourceRun.of(run.tenant).filter(pk=new.pk).update(created=60)
    assert openness.likely_missing(run) == 1


def test_whoever_waits_goes_on_when_those_of_another_source_come_to_nothing(run: Run) -> None:
    one, other = source(run, pending=30), source(run, "google_places", pending=71)
    done = source(run, "apollo", has_asked_all=True)
    assert openness.wake(other)
    assert states(one, other) == [State.WAITING] * 2
    Verification.of(run.tenant).filter(source_run=other, key__endswith=" 0").delete()
    Verification.of(run.tenant).filter(source_run=other, key__endswith=" 1").delete()
    openness.wake(other)
    assert states(one, other) == [State.READY] * 2
    # It has nothing more to ask, and no candidate that it waits for.
    assert not openness.wake(done)


def test_whoever_has_asked_all_waits_for_the_last_verdict(run: Run) -> None:
    row = source(run, pending=2, has_asked_all=True)
    assert openness.wake(row)
    assert states(row) == [State.WAITING]
    Verification.of(run.tenant).update(state=State.DONE)
    assert not openness.wake(row)
    assert states(row) == [State.READY]


def states(*rows: SourceRun) -> list[str]:
    return [SourceRun.of(row.tenant).get(pk=row.pk).state for row in rows]


def test_nobody_is_called_unknown_who_may_have_been_told_of_or_was_never_asked_for(
    run: Run,
) -> None:
    named = "Northmere\nAurora IT Support Ltd\nBluefern Holdings\nGone Away Ltd\nNobody Knows Ltd"
    asked = wanted("competitor_verification", extra={"companies": named})
    row = source(run)
    FindingFactory(run=run, name="Northmere Computer Services Ltd")
    FindingFactory(run=run, name="Aurora IT Support")
    InquiryFactory(source_run=row, trouble="No answer.", asked={"names": ["Bluefern Holdings"]})
    given_up = {"candidate": {"name": "GONE AWAY LIMITED"}}
    VerificationFactory(inquiry=InquiryFactory(source_run=row), key="gone", state=State.DEAD,
                        sighting=given_up)  # fmt: skip
    assert unfound.clause(run, asked) == " No source told of Nobody Knows Ltd."
    assert unfound.clause(run, wanted("healthcare")) == ""


def test_a_budget_is_blamed_only_where_something_was_left_to_ask(run: Run) -> None:
    row = source(run, cost_micros=100_000)
    run.wanted |= {"budget_pence": 12}
    assert not runs.is_pinched(run, [row])
    row.is_cut_short = True
    assert runs.is_pinched(run, [row])
