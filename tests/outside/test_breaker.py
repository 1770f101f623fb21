"""A service that does not answer is let alone, and tried again by one call."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm import http
from crm.outside import breaker
from crm.outside.errors import Away, Later
from crm.outside.models import Breaker
from tests.outside.conftest import key
from tests.outside.vendor import Vendor, answer
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def fail(times: int) -> None:
    for _ in range(times):
        breaker.failed(key(), "Hunter broke the connection off.")


def seconds_left() -> float:
    until = breaker.standing("hunter", key().ident).until
    assert until is not None
    return (until - timezone.now()).total_seconds()


def wait_is_over() -> None:
    Breaker.objects.update(until=timezone.now() - timedelta(seconds=1))


def test_after_five_failures_in_a_row_nobody_calls(vendor: Vendor) -> None:
    vendor.says(answer(500))
    with pytest.raises(Away):
        http.call(key(), "GET", "/x")
    with pytest.raises(Later):
        http.call(key(), "GET", "/x")
    with pytest.raises(Later, match="error of its own"):
        http.call(key(), "GET", "/x")

    assert len(vendor.seen) == 5
    assert breaker.standing("hunter", key().ident).is_open


def test_an_answer_in_between_begins_the_count_anew(vendor: Vendor) -> None:
    fail(4)
    vendor.says(answer(404))
    with pytest.raises(Exception, match="nothing of that kind"):
        http.call(key(), "GET", "/x")
    fail(4)

    assert not breaker.standing("hunter", key().ident).is_open


def test_each_further_failure_doubles_the_time(settings: Any) -> None:
    settings.VENDOR_CLOCK = 1.0
    fail(5)
    lengths = [seconds_left()]
    for _ in range(6):
        wait_is_over()
        fail(1)
        lengths.append(seconds_left())

    assert lengths == [pytest.approx(each, abs=2) for each in (30, 60, 120, 240, 480, 600, 600)]


def test_late_failures_of_the_same_trouble_double_nothing(settings: Any) -> None:
    settings.VENDOR_CLOCK = 1.0
    fail(12)

    assert seconds_left() == pytest.approx(30, abs=2)


def test_one_call_alone_tries_when_the_time_is_over(vendor: Vendor) -> None:
    vendor.says(answer())
    fail(5)
    wait_is_over()
    breaker.enter(key(), breaker.check(key()))

    with pytest.raises(Later):
        http.call(key(), "GET", "/x")
    Breaker.objects.update(probe_until=timezone.now() - timedelta(seconds=1))
    http.call(key(), "GET", "/x")

    assert breaker.standing("hunter", key().ident) == breaker.Standing()


def test_a_hold_that_comes_while_a_call_waits_for_its_turn_holds_it(
    vendor: Vendor, monkeypatch: Any, settings: Any
) -> None:
    settings.VENDOR_CLOCK = 1.0
    vendor.says(answer())
    mine = key("companies_house")
    http.call(mine, "GET", "/x")

    def meanwhile(seconds: float) -> None:
        until = timezone.now() + timedelta(minutes=5)
        breaker.hold(mine, until, "Companies House wants to be left alone for a while (429).")

    monkeypatch.setattr("crm.outside.pace.time.sleep", meanwhile)
    with pytest.raises(Later, match="wants to be left alone") as later:
        http.call(mine, "GET", "/x")

    assert later.value.until > timezone.now() + timedelta(minutes=4)
    assert len(vendor.seen) == 1


def test_another_key_is_not_held_back(vendor: Vendor) -> None:
    vendor.says(answer())
    fail(5)

    assert http.call(key(secret="another-key"), "GET", "/x").status == 200


def test_whoever_looks_after_the_installation_may_have_it_tried_now(
    cast: Cast, settings: Any
) -> None:
    settings.VENDOR_CLOCK = 1.0
    fail(5)
    row = Breaker.objects.get()
    cast.charlie.is_superuser = True
    cast.charlie.save()
    root = as_person(cast.charlie)

    page = root.get("/admin/outside/breaker/").content.decode()
    assert "let alone" in page
    assert "Hunter broke the connection off." in page
    root.post("/admin/outside/breaker/", {"action": "try_now", "_selected_action": [row.pk]})

    assert not breaker.standing("hunter", key().ident).is_open
    assert as_person(cast.ada).get("/admin/outside/breaker/").status_code in (302, 403)
