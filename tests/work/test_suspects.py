"""Rows whose worker died, of a table that lets several of them be tried together."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.work.drain import drain
from crm.work.lease import claim
from crm.work.models import State
from leads.models import FlowStep
from tests.work.conftest import Steps, holder_dies, use
from tests.work.test_lease import held_by

pytestmark = pytest.mark.usefixtures("committed_db")


def test_of_those_that_crashed_once_several_may_be_tried_together(steps: Steps) -> None:
    rows = steps(7)
    assert claim(FlowStep, 7) is not None
    once, twice = rows[:5], rows[5:]
    long_ago = timezone.now() - timedelta(minutes=5)
    for each in rows:
        holder_dies(each)
    held = FlowStep.of(rows[0].tenant)
    held.update(lease_until=long_ago)
    held.filter(pk__in=[each.pk for each in twice]).update(crashes=1)

    leases = [claim(FlowStep, 9, suspects=3) for _ in range(3)]
    assert [held_by(each.token) for each in leases if each] == [[each.pk] for each in once[:3]]
    # No more beside them, until it is known that none of them is at fault.
    assert claim(FlowStep, 9, suspects=3) is None
    for lease, each in zip(leases, once, strict=False):
        assert lease is not None
        each.refresh_from_db()
        assert each.crashes == 1
        lease.finish(each)
    rest = [claim(FlowStep, 9, suspects=3) for _ in range(3)]
    assert [held_by(each.token) for each in rest if each] == [[each.pk] for each in once[3:]]
    # Beside those that crashed once none is tried that crashed again.
    assert rest[2] is None


def test_of_those_that_crashed_again_each_is_alone_however_many_may_be_tried(
    steps: Steps,
) -> None:
    rows = steps(3)
    assert claim(FlowStep, 3) is not None
    long_ago = timezone.now() - timedelta(minutes=5)
    FlowStep.of(rows[0].tenant).update(lease_until=long_ago, crashes=1)

    alone = claim(FlowStep, 9, suspects=3)

    assert alone is not None
    assert held_by(alone.token) == [rows[0].pk]
    assert claim(FlowStep, 9, suspects=3) is None


@pytest.mark.parametrize(("deaths", "state"), [(4, State.DONE), (5, State.DEAD)])
def test_a_crash_in_company_is_forgiven_beside_three_alone(
    steps: Steps, settings: Any, deaths: int, state: State
) -> None:
    use(settings, "STEPS_WITH_SUSPECTS")
    (step,) = steps(1)
    for _ in range(deaths):
        assert claim(FlowStep, 1, suspects=3) is not None
        holder_dies(step)
    drain(20)
    step.refresh_from_db()
    assert step.state == state


def test_whoever_crashed_again_is_not_passed_by_those_behind_that_crashed_once(
    steps: Steps,
) -> None:
    rows = steps(4)
    assert claim(FlowStep, 4) is not None
    for each in rows:
        holder_dies(each)
    held = FlowStep.of(rows[0].tenant)
    held.update(lease_until=timezone.now() - timedelta(minutes=5))
    held.filter(pk=rows[1].pk).update(crashes=1)
    first = claim(FlowStep, 9, suspects=3)

    assert first is not None
    assert held_by(first.token) == [rows[0].pk]
    assert claim(FlowStep, 9, suspects=3) is None
    rows[0].refresh_from_db()
    first.finish(rows[0])
    alone = claim(FlowStep, 9, suspects=3)
    assert alone is not None
    assert held_by(alone.token) == [rows[1].pk]
