"""One pace per service and key, whoever calls."""

import time
from bisect import bisect_right
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from crm.outside import pace
from crm.outside.errors import Later
from crm.outside.service import Pace
from crm.outside.services import COMPANIES_HOUSE, HUNTER, SERVICES
from tests.outside.conftest import key


def worst(given: list[float], seconds: float) -> int:
    """The most that any window of this length holds."""
    return max(bisect_right(given, at + seconds) - place for place, at in enumerate(given))


@pytest.mark.parametrize("each", [p for s in SERVICES.values() for p in s.paces], ids=str)
def test_no_window_ever_holds_more_than_is_allowed(each: Pace) -> None:
    """By reckoning: all of the burst at once, and on at the interval."""
    given = [0.0] * each.burst + [each.interval * n for n in range(1, each.calls + 1)]

    assert worst(given[: each.calls + each.burst], each.seconds) <= each.calls


def test_the_paces_are_those_of_the_vendors() -> None:
    assert COMPANIES_HOUSE.pace("/company/1").interval == pytest.approx(0.505)
    assert HUNTER.pace("/discover").interval > 60 / 50
    assert HUNTER.pace("/email-finder").interval < 0.13


def test_calls_of_many_connections_come_one_by_one(committed_db: None, settings: Any) -> None:
    settings.VENDOR_CLOCK = 20.0
    interval = COMPANIES_HOUSE.paces[0].interval / 20

    def take(_: int) -> list[float]:
        given = []
        for _ in range(3):
            pace.take(COMPANIES_HOUSE, key("companies_house"), "/x", patience=5)
            given.append(time.monotonic())
        connections.close_all()
        return given

    with ThreadPoolExecutor(6) as threads:
        given = sorted(at for each in threads.map(take, range(6)) for at in each)

    assert len(given) == 18
    assert given[-1] - given[0] >= 17 * interval - pace.GRACE / 20


@pytest.mark.django_db
def test_who_would_wait_too_long_takes_no_slot(settings: Any) -> None:
    settings.VENDOR_CLOCK = 1.0
    began = timezone.now()
    pace.take(COMPANIES_HOUSE, key("companies_house"), "/x", patience=0)
    for _ in range(3):
        with pytest.raises(Later, match="Companies House is called as often as it allows") as later:
            pace.take(COMPANIES_HOUSE, key("companies_house"), "/x", patience=0.1)

    # Had they taken theirs, the next would be two seconds away.
    pace.take(COMPANIES_HOUSE, key("companies_house"), "/x", patience=0.52)
    assert (timezone.now() - began).total_seconds() < 1
    assert later.value.until > began


@pytest.mark.django_db
def test_whoever_is_sent_away_comes_back_one_behind_the_other(settings: Any) -> None:
    settings.VENDOR_CLOCK = 1.0
    began = timezone.now()
    pace.take(COMPANIES_HOUSE, key("companies_house"), "/x", patience=0)
    turns = []
    for _ in range(200):
        with pytest.raises(Later) as later:
            pace.take(COMPANIES_HOUSE, key("companies_house"), "/x", patience=0.01)
        turns.append((later.value.until - began).total_seconds())

    # Two in a second can be let through; within a fifth of that each has its own moment.
    assert 15 < turns[39] < 25
    # However many wait, each tries again within a minute.
    assert 45 < max(turns) < 65


@pytest.mark.django_db
def test_whoever_stays_takes_nobodys_place_in_line(settings: Any) -> None:
    settings.VENDOR_CLOCK = 1.0
    pace.take(COMPANIES_HOUSE, key("companies_house"), "/x", patience=0)
    with pace.staying():
        for _ in range(50):
            with pytest.raises(Later) as later:
                pace.take(COMPANIES_HOUSE, key("companies_house"), "/x", patience=0.01)
            assert (later.value.until - timezone.now()).total_seconds() < 1
    with pytest.raises(Later) as later:
        pace.take(COMPANIES_HOUSE, key("companies_house"), "/x", patience=0.01)

    assert (later.value.until - timezone.now()).total_seconds() < 2


@pytest.mark.django_db
def test_two_keys_and_two_lanes_do_not_share(settings: Any) -> None:
    settings.VENDOR_CLOCK = 1.0
    for secret in ("one-key", "another-key"):
        pace.take(COMPANIES_HOUSE, key("companies_house", secret), "/x", patience=0)
    for _ in range(3):
        pace.take(HUNTER, key(), "/discover", patience=0)
    with pytest.raises(Later):
        pace.take(HUNTER, key(), "/discover", patience=0)
    pace.take(HUNTER, key(), "/domain-search", patience=0)
