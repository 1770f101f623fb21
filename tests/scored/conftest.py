"""Leads that are scored, and a worker that does nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.upward import named
from leads.models import Lead, Organisation, Recount, Scorecard
from scoring.card import FIRST
from tests.dying import dies
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast

MOST_DEATHS = 20


@pytest.fixture
def _scoring_alone(settings: Any) -> Any:
    """Scores alone are worked off."""
    settings.WORK_TABLES = ["leads.scored.flow.TABLE", "leads.scored.recounting.TABLE"]
    named.cache_clear()
    yield
    named.cache_clear()


def lead(cast: Cast, **known: Any) -> Lead:
    """A lead of Ben's; what is no column of it is its organisation's."""
    of_lead = {
        name: known.pop(name)
        for name in ("contact", "stage", "source", "value_pence", "is_set", "score", "tier")
        if name in known
    }
    organisation: Organisation = OrganisationFactory(tenant=cast.tenant, **known)
    made: Lead = LeadFactory(organisation=organisation, owner=cast.ben, **of_lead)
    return made


def card(cast: Cast, *rules: dict[str, Any], number: int = 1, **more: Any) -> Scorecard:
    """The company's current card: the standard one with these rules in the place of its own."""
    Scorecard.of(cast.tenant).update(is_current=False)
    made: Scorecard = Scorecard.of(cast.tenant).create(
        tenant=cast.tenant,
        number=number,
        state="published",
        is_current=True,
        written=FIRST | {"rules": list(rules)} | more,
    )
    return made


def rule(key: str, points: int, **more: Any) -> dict[str, Any]:
    """A rule among the signals."""
    given = {"key": key, "name": key.title(), "group": "signals", "aspect": "growth"}
    return given | {"points": points} | more


def deaths(cast: Cast) -> int:
    """Let workers go on with a recount until one lives to its end; say how many died."""
    many = 0
    while dies(cast.tenant) and many < MOST_DEATHS:
        many += 1
        past = timezone.now() - timedelta(hours=1)
        Recount.of(cast.tenant).update(lease_until=past, due_at=past)
    return many
