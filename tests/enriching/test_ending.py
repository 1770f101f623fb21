"""A run ends as soon as its last item has, also where two are the last."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from crm.tenants.acting import acting_for
from crm.work.models import State
from leads.enriching import items
from leads.models import EnrichmentItem, EnrichmentRun
from tests.factories.leads import OrganisationFactory
from tests.people import Cast

LATER = timedelta(hours=1)


@pytest.fixture
def run(committed_db: None, cast: Cast) -> EnrichmentRun:
    found: EnrichmentRun = EnrichmentRun.of(cast.tenant).create(
        tenant=cast.tenant, why="selection", label="two", state=State.WAITING,
        due_at=timezone.now() + LATER,
    )  # fmt: skip
    for _ in range(2):
        EnrichmentItem.of(cast.tenant).create(
            tenant=cast.tenant, run=found, organisation=OrganisationFactory(tenant=cast.tenant)
        )
    return found


def test_of_two_items_that_end_at_once_the_later_has_the_run_end(
    run: EnrichmentRun, cast: Cast
) -> None:
    both = Barrier(2, timeout=30)

    def end(ident: object) -> None:
        try:
            with acting_for(cast.tenant):
                EnrichmentItem.of(cast.tenant).filter(pk=ident).update(state=State.DONE)
                both.wait()
                items.wake(run)
                # Neither has seen by now that the other ends as well.
                both.wait()
        finally:
            connections.close_all()

    rows = EnrichmentItem.of(cast.tenant).values_list("pk", flat=True)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(end, list(rows)))

    run.refresh_from_db()
    assert run.state == State.READY
