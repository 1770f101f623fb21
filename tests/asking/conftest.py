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
from tests.conftest import VENDORS_SPEED
from tests.people import Cast
from tests.simulators import Running

PATIENCE = 90
# Leads of a run, of which few show all that many would.
WANTED = 8
Launch = Callable[..., Campaign]


@pytest.fixture
def vendors(
    simulators: Running, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Running]:
    cache.clear()
    # Other tests may keep this machine busy.
    monkeypatch.setattr("crm.outside.asking.LEAST", 30.0)
    monkeypatch.setattr("crm.outside.web.LEAST", 30.0)
    for name, value in simulators.env.items():
        setattr(settings, name, value)
    settings.VENDOR_CLOCK = VENDORS_SPEED
    settings.SIMULATED_VENDORS = True
    # Some of our seconds: the first question of a process imports the client.
    settings.OPENAI_DEADLINE_SECONDS = 10_000
    for each in simulators.all.values():
        each.faults.clear()
        each.forget()
    yield simulators
    for each in simulators.all.values():
        each.faults.clear()


@pytest.fixture
def launch(committed_db: None, bundled: None, cast: Cast) -> Launch:
    """Ben launches a campaign for IT companies near LE1 1AA; whatever is named differs."""

    def launching_it(*sources: str, **wanted: Any) -> Campaign:
        asked: dict[str, Any] = {"postcode": "LE1 1AA", "miles": 15, "max_results": WANTED}
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
