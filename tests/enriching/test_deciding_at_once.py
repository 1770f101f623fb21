"""Several people who decide about the same facts at the same time."""

import threading

from django.db import connections

from crm.tenants.acting import acting_for
from leads.enriching import deciding
from leads.models import Fact, Organisation
from tests.enriching.rows import fact
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast


def test_two_who_decide_at_once_wait_for_each_other(committed_db: None, cast: Cast) -> None:
    organisation = OrganisationFactory(tenant=cast.tenant, phone="+441162551234")
    LeadFactory(organisation=organisation)
    offered = [fact(organisation, "website", f"https://{n}.co.uk") for n in range(6)]
    failed: list[BaseException] = []

    def decide(rows: list[Fact], verb: str) -> None:
        try:
            with acting_for(cast.tenant):
                getattr(deciding, verb)(rows, cast.ben)
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=decide, args=(rows, verb))
        for rows, verb in (
            (offered, "accept_all"),
            (offered[::-1], "accept_all"),
            (offered, "dismiss_all"),
        )
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failed
    used = Fact.across_tenants.filter(organisation=organisation, status="applied")
    site = Organisation.across_tenants.get(pk=organisation.pk).website
    assert [each.value for each in used] == ([site] if site else [])
