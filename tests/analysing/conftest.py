"""A lead with facts, an AI on loopback, and a worker that asks it and does nothing else."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from crm.credits import credits
from crm.tenants.acting import acting_for
from crm.upward import named
from crm.work.drain import drain
from leads.analysing import analyses
from leads.analysing.schema import PARTS
from leads.models import Analysis, Lead, Organisation, TimelineEntry
from leads.timeline import timeline
from tests.enriching.rows import fact
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast
from tests.providers.model import let_say, model

__all__ = ["let_say", "model"]
PATIENCE = 60
GRANTED = 20
Ask = Callable[..., Analysis]


@pytest.fixture
def _alone(committed_db: None, settings: Any) -> Any:
    """Analyses alone are worked off, with the installation's key."""
    settings.WORK_TABLES = ["leads.analysing.asking.TABLE"]
    settings.OPENAI_API_KEY = "sk-system-00000000ours"
    named.cache_clear()
    yield
    named.cache_clear()


@pytest.fixture
def lead(_alone: None, cast: Cast) -> Lead:
    """Quay Smiles of Falmouth, of whom a website, a register and a colleague have told."""
    with acting_for(cast.tenant):
        credits.grant(cast.tenant, GRANTED, cast.ada)
    here: Organisation = OrganisationFactory(
        tenant=cast.tenant, name="Quay Smiles", employees=24
    )
    jenna = ContactFactory(organisation=here)
    found: Lead = LeadFactory(organisation=here, contact=jenna, owner=cast.ben)
    fact(here, "services", ["Implants", "Crowns"], "website", status="applied")
    fact(here, "turnover", 1_200_000, "companies_house", status="applied")
    note(found, cast, "They told us that the lease of their scanner ends in March 2027.")
    return found


def note(lead: Lead, cast: Cast, text: str) -> None:
    """Ben writes a note."""
    with acting_for(cast.tenant):
        timeline.write(lead, TimelineEntry.Kind.NOTE, text, by=cast.ben)


@pytest.fixture
def ask(cast: Cast) -> Ask:
    """Ben has the AI asked, and waits for what comes of it."""

    def asking(lead: Lead, most: int = 3) -> Analysis:
        with acting_for(cast.tenant):
            row = analyses.begin(lead, most=most, by=cast.ben)
        return see_through(row)

    return asking


def see_through(row: Analysis) -> Analysis:
    """Work until the question is over."""
    end = time.monotonic() + PATIENCE
    while True:
        Analysis.across_tenants.filter(state="waiting").update(due_at=timezone.now())
        drain(PATIENCE)
        row = Analysis.across_tenants.select_related("tenant").get(pk=row.pk)
        if row.phase != Analysis.Phase.ASKED:
            return row
        assert time.monotonic() < end, (row.state, row.asked, row.last_error)
        time.sleep(0.02)


def answer(**parts: Any) -> dict[str, Any]:
    """An answer in the form that is asked for; what is not named says nothing."""
    nothing: dict[str, Any] = {slug: {"statements": []} for slug in PARTS}
    nothing["qualification"]["verdict"] = "partly"
    nothing["value"] |= {"from_pounds": None, "to_pounds": None}
    nothing["timeline"] |= {"from_months": None, "to_months": None}
    nothing["approach"] |= {"channel": "phone", "who": None}
    given = {slug: nothing[slug] | parts.get(slug, {}) for slug in PARTS}
    return given | {"confidence": parts.get("confidence", 80)}


def said(text: str, *facts: int) -> dict[str, Any]:
    """A statement with the facts that it rests on."""
    return {"text": text, "facts": list(facts)}


def number(row: Analysis, words: str) -> int:
    """By which number a fact was given that holds these words."""
    (found,) = [each["n"] for each in row.facts if words in each["text"]]
    return int(found)
