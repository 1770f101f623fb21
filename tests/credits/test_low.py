"""Owners and managers hear once that credits are running low, at each crossing of the mark."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.credits import credits, low
from crm.notices.models import Kind, Notice
from crm.tenants.models import Role
from tests.credits.conftest import WEB
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def told(cast: Cast) -> list[str]:
    rows = Notice.of(cast.tenant).filter(kind=Kind.CREDITS).order_by("user__name")
    return [str(notice.user) for notice in rows]


def is_low(cast: Cast) -> bool:
    """What the page of credits says."""
    return bool(as_person(cast.ada).get("/credits/").context["is_low"])


def spend(cast: Cast, many: int) -> None:
    credits.spend(cast.tenant, None, **WEB, credits=many, cost_micros=1, by=cast.ben)


def test_the_crossing_is_told_once_to_owners_and_managers(cast: Cast) -> None:
    cast.join("Mia", Role.MANAGER)
    credits.grant(cast.tenant, 1000, by=cast.ada)
    spend(cast, 900)
    assert not is_low(cast)
    assert told(cast) == []
    spend(cast, 1)
    assert is_low(cast)
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
    assert not is_low(cast)
    spend(cast, 100)
    assert told(cast) == ["Ada", "Ada"]


def test_what_a_run_only_reserves_is_not_gone_yet(cast: Cast) -> None:
    credits.grant(cast.tenant, 100, by=cast.ada)
    held = credits.reserve(cast.tenant, 100, by=cast.ben)
    assert not is_low(cast)
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
    assert not is_low(cast)


def test_a_company_without_any_is_low(cast: Cast) -> None:
    assert is_low(cast)


def test_what_was_just_written_is_not_read_again(cast: Cast) -> None:
    """Of the account one reads the last entry before one's own, and nothing after it."""
    credits.grant(cast.tenant, 1000, by=cast.ada)
    held = credits.reserve(cast.tenant, 100, by=cast.ben)
    with CaptureQueriesContext(connection) as asked:
        credits.spend(cast.tenant, held, **WEB, credits=5, cost_micros=1)
    said = [each["sql"] for each in asked]
    [added] = [at for at, sql in enumerate(said) if sql.startswith("INSERT")]
    newest = 'ORDER BY "credits_creditentry"."number" DESC LIMIT 1'
    after = [sql for sql in said[added:] if newest in sql and "'grant'" not in sql]
    assert after == []
