"""A visit that is killed again and again goes on where it was, as long as it gets on."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.tenants.acting import acting_for
from crm.work import lease
from crm.work.models import State
from enrichment.contract import Answer, Asking
from enrichment.told import Told
from leads.enriching import items, launching
from leads.models import EnrichmentItem, EnrichmentRun, Lead
from tests.enriching.plugs import Plug, plug
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast

SITE = "https://quay.example"
FIELDS = (
    "employees", "turnover", "net_assets", "accounts_type", "accounts_due_on", "owners", "lenders",
)  # fmt: skip
VALUES: dict[str, Any] = {
    "accounts_type": "small", "accounts_due_on": "2027-01-31", "owners": ["Jo Quay"],
    "lenders": ["A Bank"],
}  # fmt: skip


class Killed(BaseException):
    """The worker is no more."""


class Deadly(Plug):
    """Whoever asks it for the first time is killed."""

    def ask(self, asking: Asking) -> Answer:
        if not self.asked:
            self.asked.append("killed")
            raise Killed
        found = super().ask(asking)
        assert isinstance(found, Answer)
        return found


def deadly(name: str) -> Deadly:
    value = VALUES.get(name, 10)
    told = {SITE: [Told(name, value, "provider")]}
    return Deadly(f"tells_{name}", told, frozenset({name}))


@pytest.fixture
def lead(committed_db: None, cast: Cast) -> Lead:
    organisation = OrganisationFactory(
        tenant=cast.tenant, name="Quay Dental", website=SITE, domain="quay.example"
    )
    found: Lead = LeadFactory(organisation=organisation)
    return found


def test_who_gets_on_is_never_given_up_however_often_the_worker_dies(
    lead: Lead, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugs = [deadly(name) for name in FIELDS]
    plug(monkeypatch, *plugs)
    with acting_for(cast.tenant):
        run = launching.launch(
            cast.tenant, [lead.organisation_id], ["accounts", "company"], by=cast.ben,
            why=EnrichmentRun.Why.LEAD, label="one lead", most=0,
        )  # fmt: skip
    EnrichmentItem.of(cast.tenant).filter(run=run).update(state=State.READY)
    crashes = []
    for _ in range(len(plugs) + 1):
        taken = lease.claim(EnrichmentItem, 1, tenant=cast.tenant.pk)
        assert taken is not None
        item = EnrichmentItem.of(cast.tenant).get(run=run)
        crashes.append(item.crashes)
        try:
            items.work(item, taken)
        except Killed:
            long_ago = timezone.now() - timedelta(hours=1)
            EnrichmentItem.of(cast.tenant).update(lease_until=long_ago)
    # With more than three a row is dead.
    assert max(crashes) <= 1, crashes
    item = EnrichmentItem.of(cast.tenant).get(run=run)
    assert (item.state, item.crashes) == (State.DONE, 0)
    assert all(len(each.asked) == 2 for each in plugs)
