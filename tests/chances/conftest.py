"""Leads that have ended, as they were when they came in."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.pipeline.models import Kind, Stage
from crm.tenants.models import Tenant
from crm.upward import named
from crm.work.drain import drain
from leads.chances import training
from leads.models import ChanceModel, Lead, Organisation, Score
from leads.scored import catalogue
from scoring.card import FIRST
from scoring.engine import Engine
from scoring.evidence import Evidence
from scoring.reading import read
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast

DAY = timedelta(days=1)
# How often leads of each source are won.
RATES = {"referral": 0.85, "register": 0.5, "purchased_list": 0.1}


@pytest.fixture
def _training_alone(settings: Any) -> Any:
    """Trainings and scores are worked off, and nothing else."""
    settings.WORK_TABLES = [
        "leads.scored.flow.TABLE",
        "leads.scored.recounting.TABLE",
        "leads.chances.training.TABLE",
    ]
    named.cache_clear()
    yield
    named.cache_clear()


def receipt(today: datetime, **known: Any) -> dict[str, Any]:
    """What a score of that day saw, by the standard card."""
    engine = Engine(read(FIRST, catalogue.standard()))
    return engine.score(Evidence(known, today.date())).receipt


def ended(
    tenant: Tenant, kind: Kind, *, came: datetime, after: timedelta = 40 * DAY, **more: Any
) -> Lead:
    """A lead that was won or lost so long after it came in."""
    organisation: Organisation = more.pop("organisation", None) or OrganisationFactory(
        tenant=tenant
    )
    stage = Stage.of(tenant).get(kind=kind)
    made: Lead = LeadFactory(organisation=organisation, stage=stage, **more)
    Lead.of(tenant).filter(pk=made.pk).update(created_at=came, closed_at=came + after)
    made.refresh_from_db()
    return made


def history(
    tenant: Tenant, many: int, *, rates: dict[str, float] | None = None, seed: int = 1
) -> None:
    """As many leads that have ended, a few hours apart, of sources that are won as often as so."""
    rng = random.Random(seed)
    rates = rates or RATES
    stages = {each.kind: each for each in Stage.of(tenant).all()}
    now, owed = timezone.now(), dict.fromkeys(rates, 0.0)
    organisations = OrganisationFactory.build_batch(many, tenant=tenant)
    Organisation.of(tenant).bulk_create(organisations)
    leads, scores = [], []
    for n, organisation in enumerate(organisations):
        source = rng.choice(list(rates))
        # As often as said in every part of the time, so that no test hangs on luck.
        owed[source] += rates[source]
        kind = Kind.CUSTOMER if owed[source] >= 1 else Kind.LOST
        owed[source] -= kind == Kind.CUSTOMER
        came = now - 300 * DAY + n * timedelta(hours=3)
        stage = stages[kind]
        lead = Lead(
            tenant=tenant, organisation=organisation, pipeline=stage.pipeline, stage=stage,
            rank="m", source=source, closed_at=came + 20 * DAY,
        )  # fmt: skip
        leads.append((lead, came))
        seen = receipt(came, source=source, email="a@b.example")
        scores.append(
            Score(tenant=tenant, lead=lead, at=came, points=30, tier="cold", receipt=seen)
        )
    Lead.of(tenant).bulk_create([lead for lead, _ in leads])
    for lead, came in leads:
        lead.created_at = came
    Lead.of(tenant).bulk_update([lead for lead, _ in leads], ["created_at"])
    Score.of(tenant).bulk_create(scores)


def outcomes(tenant: Tenant, *, won: int, lost: int) -> None:
    """So many won and so many lost, of which nothing else is known."""
    now = timezone.now()
    for n in range(won + lost):
        kind = Kind.CUSTOMER if n < won else Kind.LOST
        ended(tenant, kind, came=now - (100 + n) * DAY)


def train(cast: Cast) -> ChanceModel:
    """Train at Ada's wish, and have all that follows be done."""
    assert training.ask(cast.tenant, by=cast.ada)
    assert drain(60, tenant=cast.tenant) is False
    return ChanceModel.of(cast.tenant).latest("number")
