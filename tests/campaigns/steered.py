"""Runs that are steered by people, and worked on piece by piece."""

from collections.abc import Callable, Iterator

from campaigns.models import Campaign, Finding, Run, SourceRun
from crm.tenants.acting import acting_for
from crm.tenants.models import User
from crm.work.drain import drain
from leads.models import Lead
from tests.campaigns.conftest import PATIENCE

Verb = Callable[..., Run]


def latest(campaign: Campaign) -> Run:
    run: Run = Run.of(campaign.tenant).filter(campaign=campaign).latest("number")
    return run


def steer(verb: Verb, campaign: Campaign, by: User) -> Run:
    with acting_for(campaign.tenant):
        return verb(latest(campaign), by=by)


def pieces(wanted: int) -> None:
    """Have a worker settle so many pieces, and stop."""
    rounds: Iterator[int] = iter(range(wanted + 1))
    drain(PATIENCE, until=lambda: next(rounds) == wanted)


def sees(campaign: Campaign) -> tuple[int, int, int]:
    """How many findings and leads there are, and what the run counts."""
    row = SourceRun.of(campaign.tenant).get(run=latest(campaign))
    found = Finding.of(campaign.tenant).count(), Lead.of(campaign.tenant).count()
    return (*found, row.found)
