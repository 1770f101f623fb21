"""Owners and managers hear once that credits are running low, at each crossing of the mark."""

import pytest

from crm.credits import credits, low
from crm.notices.models import Kind, Notice
from crm.tenants.models import Role
from tests.credits.conftest import WEB
from tests.people import Cast

pytestmark = pytest.mark.django_db


def told(cast: Cast) -> list[str]:
    rows = Notice.of(cast.tenant).filter(kind=Kind.CREDITS).order_by("user__name")
    return [str(notice.user) for notice in rows]


def spend(cast: Cast, many: int) -> None:
    credits.spend(cast.tenant, None, **WEB, credits=many, cost_micros=1, by=cast.ben)


def test_the_crossing_is_told_once_to_owners_and_managers(cast: Cast) -> None:
    cast.join("Mia", Role.MANAGER)
    credits.grant(cast.tenant, 1000, by=cast.ada)
    spend(cast, 900)
    assert not credits.is_low(cast.tenant)
    assert told(cast) == []
    spend(cast, 1)
    assert credits.is_low(cast.tenant)
    spend(cast, 50)
    assert told(cast) == ["Ada", "Mia"]
    said = Notice.of(cast.tenant).filter(kind=Kind.CREDITS).first()
    assert said is not None
    assert "99 credits are left" in said.text
    assert said.url == "/credits/"


def test_after_more_was_given_the_next_crossing_is_told_again(cast: Cast) -> None:
    credits.grant(cast.tenant, 100, by=cast.ada)
    spend(cast, 95)
    credits.grant(cast.tenant, 100, by=cast.ada)
    assert not credits.is_low(cast.tenant)
    spend(cast, 100)
    assert told(cast) == ["Ada", "Ada"]


def test_what_a_run_only_reserves_is_not_gone_yet(cast: Cast) -> None:
    credits.grant(cast.tenant, 100, by=cast.ada)
    held = credits.reserve(cast.tenant, 100, by=cast.ben)
    assert not credits.is_low(cast.tenant)
    assert told(cast) == []
    credits.spend(cast.tenant, held, **WEB, credits=95, cost_micros=1)
    assert told(cast) == ["Ada"]


def test_the_company_s_own_mark_counts(cast: Cast) -> None:
    credits.grant(cast.tenant, 1000, by=cast.ada)
    assert low.mark(cast.tenant) == 100
    low.choose(cast.tenant, 600, by=cast.ada)
    spend(cast, 399)
    assert told(cast) == []
    spend(cast, 2)
    assert told(cast) == ["Ada"]
    low.choose(cast.tenant, 0, by=cast.ada)
    assert not credits.is_low(cast.tenant)


def test_a_company_without_any_is_low(cast: Cast) -> None:
    assert credits.is_low(cast.tenant)
