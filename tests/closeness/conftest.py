"""Leads of a company whose organisations are embedded by a worker that does nothing else."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crm.tenants.acting import acting_for
from crm.upward import named
from crm.work.drain import drain
from leads.models import Lead, Organisation
from leads.vectors import embedding
from leads.vectors.models import Embedding
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast

Made = Callable[..., Lead]
TRADES = {
    "dentist": ("Dental Practice", "healthcare", "Leicester", "LE1 1AA"),
    "mot_garage": ("Motors", "automotive", "Falmouth", "TR11 3HH"),
    "restaurant": ("Kitchen", "hospitality", "Leeds", "LS1 4AP"),
}


@pytest.fixture
def embedding_alone(settings: Any) -> Iterator[None]:
    """Organisations are embedded, and nothing else is worked off."""
    settings.WORK_TABLES = ["leads.vectors.embedding.TABLE"]
    named.cache_clear()
    yield
    named.cache_clear()


@pytest.fixture
def made(cast: Cast) -> Made:
    """Makes a lead of a trade in a stage of a kind."""

    def making(trade: str, name: str, kind: str = "lead", **more: Any) -> Lead:
        said, industry, town, postcode = TRADES[trade]
        given = {"industry": industry, "town": town, "postcode": postcode} | more
        organisation: Organisation = OrganisationFactory(
            tenant=cast.tenant, name=f"{name} {said}", trade=trade, **given
        )
        stage = cast.stage(kind)
        lead: Lead = LeadFactory(organisation=organisation, owner=cast.ben, stage=stage)
        if stage.is_closed:
            Lead.of(cast.tenant).filter(pk=lead.pk).update(closed_at=lead.stage_since)
        return lead

    return making


def embed(cast: Cast) -> Embedding:
    """Embed whatever is due."""
    embedding.begin_due()
    drain(20)
    with acting_for(cast.tenant):
        return Embedding.of(cast.tenant).get()
