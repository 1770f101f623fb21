"""What is learnt from was known while the lead was still open."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.pipeline.models import Kind
from leads.chances import ended as ending
from leads.models import Fact, Lead, Organisation, Score
from tests.chances.conftest import DAY, ended, receipt
from tests.enriching.rows import fact
from tests.factories.leads import ScoreFactory
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast: Cast) -> Lead:
    """Came in a hundred days ago, and was won forty days later."""
    return ended(cast.tenant, Kind.CUSTOMER, came=timezone.now() - 100 * DAY)


def told(of: Lead, field: str, value: Any, after: timedelta, **more: Any) -> None:
    """A fact that was told so long after the lead came in."""
    given = {"status": "applied", "created_at": of.created_at + after} | more
    fact(of.organisation, field, value, **given)


def scored(of: Lead, after: timedelta, **columns: Any) -> Score:
    """A score that was kept so long after the lead came in."""
    made: Score = ScoreFactory(lead=of, at=of.created_at + after, **columns)
    return made


def known(of: Lead) -> dict[str, Any]:
    [example] = ending.examples(of.tenant)
    return dict(example.features)


def test_a_fact_counts_that_was_told_before_and_none_that_came_after(lead: Lead) -> None:
    told(lead, "turnover", 900_000, 13 * DAY)
    told(lead, "charges_outstanding", 2, 15 * DAY)
    told(lead, "vacancies", ["Nurse"], 41 * DAY)
    found = known(lead)
    assert found["turnover"] == 900_000
    assert "charges_outstanding" not in found
    assert "vacancies" not in found


def test_what_was_replaced_since_counts_as_it_was(lead: Lead) -> None:
    told(lead, "turnover", 900_000, 2 * DAY, status="superseded")
    told(lead, "turnover", 5_000_000, 50 * DAY)
    assert known(lead)["turnover"] == 900_000


def test_what_nobody_had_let_in_by_then_does_not_count(cast: Cast, lead: Lead) -> None:
    told(lead, "turnover", 900_000, 2 * DAY, decided_at=lead.closed_at, decided_by=cast.ada)
    told(lead, "charges_outstanding", 2, 2 * DAY, status="proposed")
    told(lead, "is_late_with_accounts", True, 2 * DAY, status="dismissed")
    assert Fact.of(cast.tenant).count() == 3
    assert not {"turnover", "charges_outstanding", "is_late_with_accounts"} & known(lead).keys()


def test_the_last_score_by_then_counts_and_none_that_was_kept_later(lead: Lead) -> None:
    scored(lead, timedelta(), fit=10, engagement=None)
    seen = receipt(lead.created_at, employees=24, job_title="Managing director")
    scored(lead, 10 * DAY, fit=55, engagement=20, closeness=61, receipt=seen)
    late = receipt(lead.created_at, employees=900, email="won@b.example")
    scored(lead, 39 * DAY, fit=99, engagement=100, closeness=100, receipt=late)
    found = known(lead)
    assert (found["fit"], found["engagement"], found["closeness"]) == (55, 20, 61)
    assert (found["employees"], found["has_email"]) == (24, False)
    assert found["job"] == "decides"


def test_what_is_typed_in_when_it_ends_does_not_count(lead: Lead) -> None:
    seen = receipt(lead.created_at, industry="healthcare")
    scored(lead, timedelta(), receipt=seen)
    Organisation.of(lead.tenant).update(employees=900, industry="finance", phone="+441326312345")
    found = known(lead)
    assert found["employees"] is None
    assert found["industry"] == "healthcare"
    assert found["has_phone"] is False


def test_of_who_ends_sooner_the_last_day_does_not_count(cast: Cast) -> None:
    came = timezone.now() - 100 * DAY
    lead = ended(cast.tenant, Kind.LOST, came=came, after=5 * DAY)
    scored(lead, 3 * DAY, engagement=20)
    scored(lead, 4.5 * DAY, engagement=90)
    told(lead, "turnover", 900_000, 4.5 * DAY)
    [example] = ending.examples(cast.tenant)
    assert example.at == came + 4 * DAY
    assert example.features["engagement"] == 20
    assert "turnover" not in example.features


def test_who_was_never_pursued_or_is_still_open_teaches_nothing(cast: Cast) -> None:
    came = timezone.now() - 100 * DAY
    ended(cast.tenant, Kind.CUSTOMER, came=came, after=timedelta(hours=3))
    again = ended(cast.tenant, Kind.LOST, came=came)
    Lead.of(cast.tenant).filter(pk=again.pk).update(closed_at=None)
    assert ending.examples(cast.tenant) == []
    assert ending.count(cast.tenant) == (0, 0)


def test_a_score_of_an_older_form_and_odd_facts_are_no_trouble(lead: Lead) -> None:
    scored(lead, timedelta(), receipt={"before_cap": 40, "lines": []}, fit=70)
    told(lead, "incorporated_on", "yesterday", DAY)
    told(lead, "technologies", {"a": 1}, DAY)
    told(lead, "site_seconds", [3], DAY)
    found = known(lead)
    assert found["fit"] == 70
    assert "employees" not in found
    assert (found["incorporated_on"], found["technologies"], found["site_seconds"]) == (None,) * 3


def test_nothing_of_another_company_is_learnt_from(cast: Cast, lead: Lead) -> None:
    theirs = ended(cast.other, Kind.LOST, came=timezone.now() - 100 * DAY)
    assert [each.key for each in ending.examples(cast.tenant)] == [str(lead.pk)]
    assert [each.key for each in ending.examples(cast.other)] == [str(theirs.pk)]
    assert ending.count(cast.tenant) == (1, 0)
