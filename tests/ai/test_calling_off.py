"""A question whose time is over: it is called off, and counted at what it can have cost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.ai import ai
from tests.ai.responses import FOUND, IDENT, error, response, search, told, usage
from tests.ai.vendor import CUT, Vendor

pytestmark = pytest.mark.django_db
CANCEL = f"POST /responses/{IDENT}/cancel"
Look = Callable[..., Any]


def long_ago() -> datetime:
    """A start whose time is over: 240 of the vendor's seconds are 12 of ours."""
    return timezone.now() - timedelta(seconds=13)


def test_a_question_whose_time_is_over_is_called_off(look: Look, vendor: Vendor) -> None:
    vendor.on(CANCEL, response("cancelled", usage=None))

    with pytest.raises(ai.Late, match="called off") as late:
        look(response("in_progress"), started_at=long_ago())

    assert len(vendor.calls(CANCEL)) == 1
    assert late.value.cost_micros == ai.most()


def test_what_a_question_cost_until_it_was_called_off_is_booked_where_it_is_told(
    look: Look, vendor: Vendor
) -> None:
    vendor.on(CANCEL, response("cancelled", usage=usage(given=100)))

    with pytest.raises(ai.Late) as late:
        look(response("in_progress"), started_at=long_ago())

    assert 0 < late.value.cost_micros < ai.most()


def test_an_answer_that_comes_in_the_last_moment_counts(look: Look, vendor: Vendor) -> None:
    vendor.on(CANCEL, told())

    answer = look(response("in_progress"), started_at=long_ago())

    assert answer.data == FOUND


def test_an_answer_that_was_there_before_it_could_be_called_off_counts(
    look: Look, vendor: Vendor
) -> None:
    vendor.on(CANCEL, error("invalid_request_error", "It is completed."), status=400)

    answer = look(response("in_progress"), told(), started_at=long_ago())

    assert answer.data == FOUND


def test_nobody_waits_on_when_calling_off_fails(look: Look, vendor: Vendor) -> None:
    vendor.on(CANCEL, CUT)

    with pytest.raises(ai.Late) as late:
        look(response("in_progress"), started_at=long_ago())

    assert late.value.cost_micros == ai.most()


def test_an_answer_that_is_there_counts_however_late_somebody_looks(look: Look) -> None:
    assert look(told(), started_at=long_ago()).data == FOUND


def test_a_question_that_was_called_off_elsewhere_is_over_and_counts_at_the_most(
    look: Look,
) -> None:
    with pytest.raises(ai.Late, match="called off") as late:
        look(response("cancelled", output=[search([])], usage=None))

    assert late.value.cost_micros == ai.most()


def test_one_looks_soon_at_first_then_more_seldom(settings: Any) -> None:
    settings.VENDOR_CLOCK = 1.0
    start = timezone.now()

    def pause(passed: float) -> float:
        now = start + timedelta(seconds=passed)
        return (ai.next_look(start, now) - now).total_seconds()

    assert pause(0) == pytest.approx(2)
    assert pause(60) == pytest.approx(7.5)
    assert pause(180) == pytest.approx(15)
    assert pause(235) == pytest.approx(5), "at the deadline"
    assert pause(900) == pytest.approx(15)


def test_one_looks_as_often_as_the_vendors_clock_is_faster(settings: Any) -> None:
    settings.VENDOR_CLOCK = 20.0
    now = timezone.now()

    assert (ai.next_look(now, now) - now).total_seconds() == pytest.approx(0.1)
