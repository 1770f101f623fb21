"""What runs that are over have left reserved comes back by itself, an hour later."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from crm.credits import credits, sweeping
from crm.credits.credits import Balance
from crm.tenants.models import Tenant
from crm.upward import named
from tests.people import Cast

pytestmark = pytest.mark.django_db
NEEDED: set[UUID] = set()
acted_for: list[str] = []


def acting() -> str:
    """For whom the database believes that we act."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.tenant', true)")
        return str(cursor.fetchone()[0])


def needed(tenant: Tenant, idents: set[UUID]) -> set[UUID]:
    acted_for.append(acting())
    return idents & NEEDED


@pytest.fixture
def held(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> UUID:
    settings.RESERVATIONS_NEEDED = ["tests.credits.test_sweeping.needed"]
    named.cache_clear()
    monkeypatch.setattr(sweeping, "YOUNG", timedelta(0))
    NEEDED.clear()
    credits.grant(cast.tenant, 100, by=None)
    return credits.reserve(cast.tenant, 60, by=cast.ben)


@pytest.fixture(autouse=True)
def _forget() -> Any:
    yield
    named.cache_clear()


def test_what_nobody_needs_any_more_is_given_back_once(cast: Cast, held: UUID) -> None:
    NEEDED.add(credits.reserve(cast.tenant, 30, by=cast.ben))
    assert sweeping.release_forgotten() == 1
    assert credits.balance(cast.tenant) == Balance(70, 30)
    assert sweeping.release_forgotten() == 0


def test_it_is_given_back_for_the_company_whose_it_is(
    cast: Cast, held: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    credits.grant(cast.other, 100, by=None)
    credits.reserve(cast.other, 10, by=cast.charlie)
    acted_for.clear()
    release = credits.release

    def heard(tenant: Tenant, ident: UUID) -> int:
        acted_for.append(acting())
        assert acted_for[-1] == str(tenant.pk)
        return release(tenant, ident)

    monkeypatch.setattr(credits, "release", heard)
    assert sweeping.release_forgotten() == 2
    both = {str(cast.tenant.pk), str(cast.other.pk)}
    assert (len(acted_for), set(acted_for)) == (4, both)


def test_what_was_reserved_just_now_is_left_alone(
    cast: Cast, held: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "YOUNG", timedelta(hours=1))
    assert sweeping.release_forgotten() == 0
    assert credits.open_reservations(cast.tenant)[0].at > timezone.now() - timedelta(minutes=1)


def test_while_nobody_says_what_is_needed_nothing_is_touched(
    cast: Cast, held: UUID, settings: Any
) -> None:
    settings.RESERVATIONS_NEEDED = []
    named.cache_clear()
    assert sweeping.release_forgotten() == 0
    assert credits.left(cast.tenant, held) == 60
