"""A visit that is killed again and again goes on where it was, as long as it gets on."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.credits import credits
from crm.credits.models import CreditEntry, Kind
from crm.credits.prices import Action
from crm.outside import leaving
from crm.tenants.acting import acting_for
from crm.work import lease
from crm.work.models import State
from enrichment.contract import Answer, Asking, NotYet
from enrichment.lookups.models import Lookup
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
    crashes = [visited(cast) for _ in range(len(plugs) + 1)]
    # With more than three a row is dead.
    assert max(crashes) <= 1, crashes
    item = EnrichmentItem.of(cast.tenant).get(run=run)
    assert (item.state, item.crashes) == (State.DONE, 0)
    assert all(len(each.asked) == 2 for each in plugs)


def visited(cast: Cast) -> int:
    """Let a worker visit the one organisation; give how often it had crashed before."""
    EnrichmentItem.of(cast.tenant).filter(state=State.WAITING).update(due_at=timezone.now())
    taken = lease.claim(EnrichmentItem, 1, tenant=cast.tenant.pk)
    assert taken is not None
    item = EnrichmentItem.of(cast.tenant).get()
    try:
        items.work(item, taken)
    except Killed:
        long_ago = timezone.now() - timedelta(hours=1)
        EnrichmentItem.of(cast.tenant).update(lease_until=long_ago)
    return item.crashes


class Repeating(Plug):
    """Wants to be asked the same again; whoever hears its answer is killed."""

    def ask(self, asking: Asking) -> Answer | NotYet:  # type: ignore[override]
        leaving.now()
        self.asked.append(asking.ticket)
        if asking.ticket == "2":
            raise Killed
        asking.keep(f"{len(self.asked)}")
        return NotYet(0.0)


def test_what_was_said_to_a_worker_that_died_is_not_asked_for_again(
    lead: Lead, cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.HUNTER_KEY = "hunter-of-the-house"
    slow = Repeating(
        "slow", {}, frozenset({"employees"}), service="hunter", action=Action.HUNTER_COMPANY,
        charged=50_000,
    )  # fmt: skip
    plug(monkeypatch, slow)
    with acting_for(cast.tenant):
        credits.grant(cast.tenant, 100, cast.ada, "to test with")
        run = launching.launch(
            cast.tenant, [lead.organisation_id], ["accounts"], by=cast.ben,
            why=EnrichmentRun.Why.LEAD, label="one lead", most=50,
        )  # fmt: skip
    EnrichmentItem.of(cast.tenant).filter(run=run).update(state=State.READY)
    for _ in range(4):
        visited(cast)

    assert slow.asked == ["", "1", "2"]
    row = Lookup.of(cast.tenant).get()
    assert (row.state, row.answered_at is not None) == (Lookup.State.LOST, True)
    assert CreditEntry.of(cast.tenant).get(kind=Kind.SPEND).cost_micros == 50_000
    assert EnrichmentItem.of(cast.tenant).get().asked["slow"]["outcome"] == "lost"
