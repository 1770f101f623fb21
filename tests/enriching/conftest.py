"""Leads of a company whose truth is known, and runs that are seen through."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from crm.credits import credits
from crm.registers import names
from crm.tenants.acting import acting_for
from crm.work.drain import drain
from leads.enriching import launching
from leads.models import EnrichmentItem, EnrichmentRun, Lead, Organisation
from tests.asking.conftest import vendors
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast

__all__ = ["vendors"]
PATIENCE = 60
SITE = "https://quay.example"
Known = Callable[..., list[Lead]]
Enrich = Callable[..., EnrichmentRun]


@pytest.fixture
def leads_of(committed_db: None, bundled: None, cast: Cast) -> Known:
    """Make leads of these organisations of the world, known by name, postcode, number and site."""

    def making(firms: Sequence[Any], **known: Any) -> list[Lead]:
        with acting_for(cast.tenant):
            credits.grant(cast.tenant, 10_000, cast.ada, "to test with")
            return [_lead(cast, each, known) for each in firms]

    return making


def _lead(cast: Cast, firm: Any, known: dict[str, Any]) -> Lead:
    given = {
        "company_number": firm.number,
        "website": firm.website,
        "domain": firm.website.split("//")[-1].strip("/").removeprefix("www."),
    } | known
    organisation: Organisation = OrganisationFactory(
        tenant=cast.tenant,
        name=firm.name,
        name_key=names.name_key(firm.name),
        address="",
        town=firm.town,
        postcode=firm.postcode,
        **given,
    )
    lead: Lead = LeadFactory(organisation=organisation, owner=cast.ben)
    return lead


@pytest.fixture
def lead(committed_db: None, cast: Cast, settings: Any) -> Lead:
    """Of Quay Dental, which is known by name and website; a company with 100 credits."""
    settings.HUNTER_KEY = "hunter-of-the-house"
    with acting_for(cast.tenant):
        credits.grant(cast.tenant, 100, cast.ada, "to test with")
    organisation = OrganisationFactory(
        tenant=cast.tenant, name="Quay Dental", website=SITE, domain="quay.example"
    )
    found: Lead = LeadFactory(organisation=organisation)
    return found


@pytest.fixture
def enrich(cast: Cast) -> Enrich:
    """Ben has these leads enriched; whatever is named differs."""

    def enriching(leads: Sequence[Lead], *kinds: str, **more: Any) -> EnrichmentRun:
        given = {
            "why": EnrichmentRun.Why.SELECTION,
            "label": "some leads",
            "by": cast.ben,
            "most": 2_000,
        } | more
        with acting_for(cast.tenant):
            run = launching.launch(
                cast.tenant, [lead.organisation_id for lead in leads], kinds, **given
            )
        return see_through(run)

    return enriching


def see_through(run: EnrichmentRun) -> EnrichmentRun:
    """Work until the run has ended."""
    end = time.monotonic() + PATIENCE
    while True:
        drain(PATIENCE)
        run = EnrichmentRun.across_tenants.get(pk=run.pk)
        if not run.is_active:
            return run
        assert time.monotonic() < end, standing(run)
        time.sleep(0.05)


def standing(run: EnrichmentRun) -> str:
    """How a run stands, for a failing test."""
    rows = EnrichmentItem.across_tenants.filter(run=run)
    told = [(row.state, row.last_error[-300:], row.asked) for row in rows]
    return f"{run.phase} {run.state} {run.last_error[-500:]} {told}"
