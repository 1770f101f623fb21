"""Campaigns that are launched and seen through, in this process."""

from collections.abc import Callable
from typing import Any

import pytest

from campaigns import criteria, kinds, launching, runs
from campaigns.models import Campaign, Run
from crm.ids import uuid7
from crm.tenants.acting import acting_for
from crm.work.drain import drain
from tests.campaigns.asked import run, web
from tests.campaigns.planned import plan
from tests.people import Cast

__all__ = ["plan", "run", "web"]

PATIENCE = 60
Launch = Callable[..., Campaign]


@pytest.fixture
def launch(cast: Cast) -> Launch:
    """Ben launches a campaign for healthcare near LE1 1AA; whatever is named differs."""

    def launching_it(**wanted: Any) -> Campaign:
        asked = {"postcode": "LE1 1AA", "miles": 15, "max_results": 100} | wanted
        kind = kinds.get(asked.pop("kind", "healthcare"))
        with acting_for(cast.tenant):
            found = criteria.check(kind, **asked)
            return launching.launch(found, tenant=cast.tenant, by=cast.ben, token=uuid7())

    return launching_it


def run_until_done(campaign: Campaign, mode: Run.Mode | None = None, by: Any = None) -> Run:
    """See the campaign's run through, started now if a mode is said."""
    if mode is not None:
        campaign.refresh_from_db()
        with acting_for(campaign.tenant):
            runs.start(campaign, mode, by=by)
    assert drain(PATIENCE) is False
    latest = Run.across_tenants.filter(campaign=campaign).order_by("-id")
    return latest.with_counts()[0]
