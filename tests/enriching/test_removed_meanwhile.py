"""A run that takes what is known while somebody removes a person: both get through."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from crm.tenants.acting import acting_for
from crm.work import lease
from crm.work.models import State
from leads.contacts import contacts
from leads.enriching import gathering, runs
from leads.models import Contact, EnrichmentItem, EnrichmentRun, Lead
from tests.enriching.plugs import plug
from tests.enriching.rows import fact
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast

PATIENCE = 20
ADDRESS = "jenna@harbour.example"
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


@pytest.fixture
def lead(committed_db: None, cast: Cast) -> Lead:
    found: Lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    return found


@pytest.fixture
def jenna(lead: Lead) -> Contact:
    found: Contact = ContactFactory(
        organisation=lead.organisation, name="Jenna Pascoe", email=ADDRESS
    )
    fact(found, "name", "Jenna Pascoe", status="applied")
    return found


@pytest.fixture
def run(lead: Lead, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> EnrichmentRun:
    """Begun once more, so that it says whom it has asked about; nobody is left to be asked."""
    plug(monkeypatch)
    found: EnrichmentRun = EnrichmentRun.of(cast.tenant).create(
        tenant=cast.tenant, why="selection", label="one", by=cast.ben, kinds=["contact"],
        state=State.READY, due_at=timezone.now() - timedelta(seconds=1),
    )  # fmt: skip
    EnrichmentItem.of(cast.tenant).create(
        tenant=cast.tenant, run=found, organisation=lead.organisation, state=State.HELD,
        asked={f"zerobounce|{ADDRESS}": {"outcome": "told", "why": f"{ADDRESS} is there."}},
    )  # fmt: skip
    return found


def advance(run: EnrichmentRun) -> None:
    """A worker takes the run's next step, on a connection of its own."""
    try:
        taken = lease.claim(EnrichmentRun, 1, tenant=run.tenant_id)
        assert taken is not None
        runs.advance(EnrichmentRun.across_tenants.select_related("tenant").get(pk=run.pk), taken)
    finally:
        connections.close_all()


def test_who_removes_a_person_and_the_run_do_not_wait_for_each_other_for_ever(
    run: EnrichmentRun, lead: Lead, jenna: Contact, cast: Cast
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with acting_for(cast.tenant):
            gathering.hold(cast.tenant, [lead.organisation_id])
            work = pool.submit(advance, run)
            end = time.monotonic() + PATIENCE
            with connection.cursor() as cursor:
                while cursor.execute(WAITING).fetchone() == (0,):
                    assert time.monotonic() < end, "the worker waits for nobody"
                    time.sleep(0.01)
            contacts.remove(lead, jenna, by=cast.ben)
        work.result(PATIENCE)

    assert not Contact.of(cast.tenant).exists()
    item = EnrichmentItem.of(cast.tenant).get()
    assert ADDRESS not in str(item.asked)
    # It was read before that, so its turn comes anew.
    assert item.state == State.HELD

    advance(run)

    item.refresh_from_db()
    assert (item.state, item.trouble) == (State.DONE, "")
    assert ADDRESS not in str(item.asked)
