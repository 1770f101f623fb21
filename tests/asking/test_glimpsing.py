"""A look at a place is paid for out of the same month's budget as what runs ask."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns import glimpsing
from campaigns.discovery.google_places import glimpse
from campaigns.models import Finding, Inquiry
from crm.credits import credits
from crm.keys import changing
from crm.outside import errors
from crm.work.models import State
from tests.factories.campaigns import (
    FindingFactory,
    InquiryFactory,
    RunFactory,
    SourceRunFactory,
)
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")
OVER = "Google Places has reached its monthly budget."


class Asked(Exception):
    """Google was asked."""


@pytest.fixture
def place(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Finding:
    settings.GOOGLE_PLACES_KEY = "places-system-0000"
    credits.grant(cast.tenant, 10, cast.ada)

    def ask(key: Any, place_id: str) -> None:
        raise Asked

    monkeypatch.setattr("campaigns.glimpsing.glimpse.look", ask)
    run = RunFactory(campaign__tenant=cast.tenant)
    return FindingFactory(run=run, source="google_places", place_id="ChIJ1")


def look(place: Finding, cast: Cast) -> None:
    glimpsing.look(place, campaign=place.run.campaign, by=cast.ben)


def under_way(place: Finding, source: str, micros: int) -> Inquiry:
    """What another run has sent, and nobody has answered yet."""
    return InquiryFactory(
        source_run=SourceRunFactory(run=place.run, source=source),
        state=State.LEASED,
        sent_at=timezone.now(),
        cost_micros=micros,
    )


def budget(cast: Cast, pence: int) -> None:
    changing.limit(cast.tenant, "google_places", pence, by=cast.ada)


def test_what_the_month_still_bears_is_looked_at_and_what_it_does_not_is_not(
    cast: Cast, place: Finding
) -> None:
    budget(cast, 10)
    with pytest.raises(Asked):
        look(place, cast)
    spent = 100_000 - glimpse.micros() + 1
    credits.spend(
        cast.tenant, None, service="google_places", action="x", credits=0, cost_micros=spent
    )
    with pytest.raises(glimpsing.CannotLook, match=OVER) as refused:
        look(place, cast)
    assert str(refused.value).endswith("or wait until next month.")
    assert credits.balance(cast.tenant) == credits.Balance(10, 0)


def test_what_runs_have_under_way_counts_until_it_is_booked(cast: Cast, place: Finding) -> None:
    budget(cast, 10)
    asked = under_way(place, "google_places", 100_000 - glimpse.micros() + 1)
    with pytest.raises(glimpsing.CannotLook, match=OVER):
        look(place, cast)
    Inquiry.of(cast.tenant).filter(pk=asked.pk).update(state=State.DONE)
    with pytest.raises(Asked):
        look(place, cast)


def test_what_other_services_have_under_way_does_not(cast: Cast, place: Finding) -> None:
    budget(cast, 10)
    under_way(place, "openai_web", 90_000_000)
    with pytest.raises(Asked):
        look(place, cast)


def test_without_a_budget_nothing_bounds_it(cast: Cast, place: Finding) -> None:
    under_way(place, "google_places", 90_000_000)
    with pytest.raises(Asked):
        look(place, cast)


def test_it_is_reckoned_in_the_account_s_turn(cast: Cast, place: Finding) -> None:
    """One after the other, as runs do: else each would see what the other has not booked yet."""
    budget(cast, 10)
    with CaptureQueriesContext(connection) as asked, pytest.raises(Asked):
        look(place, cast)
    said = [each["sql"] for each in asked]
    turn = next(at for at, sql in enumerate(said) if "pg_advisory_xact_lock" in sql)
    sums = [at for at, sql in enumerate(said) if 'SUM("credits_creditentry"."cost_micros")' in sql]
    assert any(at > turn for at in sums)


def test_a_refused_key_is_reported_and_mended_under_api_keys(
    cast: Cast, place: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(key: Any, place_id: str) -> None:
        raise errors.Refused("Google refused the key.", kind="key")

    monkeypatch.setattr("campaigns.glimpsing.glimpse.look", refuse)
    with pytest.raises(glimpsing.CannotLook, match=r"Google refused the key\."):
        look(place, cast)
    assert credits.balance(cast.tenant) == credits.Balance(10, 0)
