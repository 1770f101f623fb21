"""Campaigns that ask vendors, simulated on loopback, and see their runs through."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache

from campaigns import criteria, kinds, launching
from campaigns.models import Campaign, Run, SourceRun
from crm.credits import credits
from crm.ids import uuid7
from crm.tenants.acting import acting_for
from crm.work.drain import drain
from tests.people import Cast
from tests.simulators import Running, running

# A minute of the vendors' is an eighth of a second.
SPEED = 500.0
PATIENCE = 90
Launch = Callable[..., Campaign]


@pytest.fixture(scope="session")
def started() -> Iterator[Running]:
    with running("openai", "companies_house", "google_places", "sites", speed=SPEED) as found:
        yield found


@pytest.fixture
def vendors(started: Running, settings: Any) -> Iterator[Running]:
    cache.clear()
    for name, value in started.env.items():
        setattr(settings, name, value)
    settings.VENDOR_CLOCK = SPEED
    settings.SIMULATED_VENDORS = True
    for each in started.all.values():
        each.faults.clear()
        each.forget()
    yield started
    for each in started.all.values():
        each.faults.clear()


@pytest.fixture
def launch(committed_db: None, bundled: None, cast: Cast) -> Launch:
    """Ben launches a campaign for IT companies near LE1 1AA; whatever is named differs."""

    def launching_it(*sources: str, **wanted: Any) -> Campaign:
        asked: dict[str, Any] = {"postcode": "LE1 1AA", "miles": 15, "max_results": 20}
        asked |= {"sources": sources or None, "credits_most": 10_000} | wanted
        kind = kinds.get(asked.pop("kind", "it_msp_expansion"))
        with acting_for(cast.tenant):
            if not credits.balance(cast.tenant).available:
                credits.grant(cast.tenant, 10_000, cast.ada, "to test with")
            found = criteria.check(kind, **asked)
            return launching.launch(found, tenant=cast.tenant, by=cast.ben, token=uuid7())

    return launching_it


def see_through(campaign: Campaign) -> Run:
    """Work until nothing is due any more; give the latest run with its counts."""
    waited = 0
    while drain(PATIENCE) or _is_moving(campaign):
        waited += 1
        assert waited < 400, standing(campaign)
    return latest(campaign)


def latest(campaign: Campaign) -> Run:
    return Run.across_tenants.filter(campaign=campaign).order_by("-id").with_counts()[0]


def standing(campaign: Campaign) -> str:
    """How a run stands, for a failing test."""
    run = latest(campaign)
    rows = SourceRun.across_tenants.filter(run=run)
    told = [
        (row.source, row.state, row.wave, row.found, row.created, row.trouble, row.last_error)
        for row in rows
    ]
    return f"{run.state} {run.reason!r} {told}"


def _is_moving(campaign: Campaign) -> bool:
    is_moving = latest(campaign).state in Run.MOVING
    if is_moving:
        time.sleep(0.02)
    return is_moving
