"""What a run takes in credits: nothing for a miss, never more than was confirmed, never twice."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.credits import credits
from crm.credits.models import CreditEntry, Kind
from crm.credits.prices import Action
from crm.outside import errors
from crm.tenants.acting import acting_for
from enrichment.contract import Unanswerable
from enrichment.lookups.models import Lookup, Rules, TrackRecord
from enrichment.told import Told
from leads.models import EnrichmentItem, Fact, Lead, Quality
from tests.enriching.conftest import Enrich
from tests.enriching.plugs import Plug, plug
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast

EACH = 2


@pytest.fixture
def leads(committed_db: None, cast: Cast, settings: Any) -> list[Lead]:
    """Four leads with websites; the installation has a key of Hunter."""
    settings.HUNTER_KEY = "hunter-of-the-house"
    with acting_for(cast.tenant):
        credits.grant(cast.tenant, 100, cast.ada, "to test with")
    return [
        LeadFactory(
            organisation=OrganisationFactory(
                tenant=cast.tenant,
                name=f"Quay {number} Dental",
                website=f"https://quay{number}.example",
                domain=f"quay{number}.example",
            )
        )
        for number in range(4)
    ]


def dear(*sites: int, charged: int = 0, **more: Any) -> Plug:
    """A provider that costs two credits and knows how many people work at these."""
    answers: dict[str, Sequence[Told]] = {
        f"https://quay{number}.example": [Told("employees", 10 + number, "provider")]
        for number in sites
    }
    return Plug(
        "dear",
        answers,
        frozenset({"employees"}),
        service="hunter",
        action=Action.HUNTER_COMPANY,
        charged=charged,
        **more,
    )


def spent(cast: Cast) -> int:
    rows = CreditEntry.of(cast.tenant).filter(kind=Kind.SPEND)
    return sum(row.credits for row in rows)


def test_a_miss_takes_nothing(
    leads: list[Lead], enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug(monkeypatch, dear(0, 1))

    run = enrich(leads, "accounts", most=40)

    assert (run.credits, spent(cast)) == (2 * EACH, 2 * EACH)
    balance = credits.balance(cast.tenant)
    assert (balance.available, balance.held) == (100 - 2 * EACH, 0)
    record = TrackRecord.of(cast.tenant).get(provider="dear")
    assert (record.asked, record.answered, record.credits) == (4, 2, 2 * EACH)


def test_credits_that_run_out_in_mid_run_end_it_in_order(
    leads: list[Lead], enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = Plug(
        "free",
        {f"https://quay{n}.example": [Told("turnover", 5, "register")] for n in range(4)},
        frozenset({"turnover"}),
    )
    plug(monkeypatch, dear(0, 1, 2, 3), free)

    run = enrich(leads, "accounts", most=2 * EACH + 1)

    assert run.phase == run.Phase.COMPLETED
    assert (run.credits, spent(cast)) == (2 * EACH, 2 * EACH)
    assert credits.balance(cast.tenant).held == 0
    items = EnrichmentItem.of(cast.tenant).filter(run=run)
    left = [item for item in items if item.asked["dear"]["outcome"] == "left"]
    assert len(left) == 2
    assert "does not pay" in left[0].asked["dear"]["why"]
    # What is free was asked for all of them.
    assert all(item.asked["free"]["outcome"] == "told" for item in items)


def test_what_was_paid_for_is_not_asked_again_while_it_is_good(
    leads: list[Lead], enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = dear(0, 1, 2, 3)
    plug(monkeypatch, first)
    enrich(leads, "accounts", most=40)
    again = dear(0, 1, 2, 3)
    plug(monkeypatch, again)

    run = enrich(leads, "accounts", most=40)
    assert (again.asked, run.credits) == ([], 0)

    # Nearly a year later its word is half as sure, and is asked for anew.
    long_ago = timezone.now() - timedelta(days=300)
    Lookup.of(cast.tenant).update(answered_at=long_ago)
    for fact in Fact.of(cast.tenant).filter(field="employees"):
        fact.proofs[0]["seen_on"] = long_ago.date().isoformat()
        fact.save()
    enrich(leads, "accounts", most=40)
    assert len(again.asked) == 4


def test_a_question_that_died_with_its_worker_is_charged_and_not_repeated(
    leads: list[Lead], enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = dear(0, charged=50_000)
    plug(monkeypatch, provider)
    Lookup.of(cast.tenant).create(
        tenant=cast.tenant,
        provider="dear",
        about="https://quay0.example",
        sent_at=timezone.now(),
        credits=EACH,
        cost_micros=50_000,
    )

    run = enrich(leads[:1], "accounts", most=40)

    assert provider.asked == []
    assert run.phase == run.Phase.COMPLETED
    entry = CreditEntry.of(cast.tenant).get(kind=Kind.SPEND)
    assert entry.cost_micros == 50_000
    assert EnrichmentItem.of(cast.tenant).get(run=run).asked["dear"]["outcome"] == "lost"


def test_a_key_that_is_refused_leaves_that_provider_out_and_nobody_else(
    leads: list[Lead], enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = errors.Refused("Hunter refuses the key.", kind="key")
    provider = dear(0, 1, 2, 3, raises=[refused] * 4)
    free = Plug(
        "free",
        {f"https://quay{n}.example": [Told("turnover", 5, "register")] for n in range(4)},
        frozenset({"turnover"}),
    )
    plug(monkeypatch, provider, free)

    run = enrich(leads, "accounts", most=40)

    assert (run.phase, run.credits) == (run.Phase.COMPLETED, 0)
    for item in EnrichmentItem.of(cast.tenant).filter(run=run):
        assert item.asked["dear"]["outcome"] == "left"
        assert item.asked["free"]["outcome"] == "told"


def test_a_vendor_that_is_away_is_tried_again_and_then_left(
    leads: list[Lead], enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.VENDOR_CLOCK = 500.0
    comes_back = dear(0, raises=[errors.Away("No answer.", was_sent=False)] * 2)
    plug(monkeypatch, comes_back)
    run = enrich(leads[:1], "accounts", most=40)
    assert (len(comes_back.asked), run.credits) == (3, EACH)

    stays_away = dear(1, raises=[errors.Away("No answer.", was_sent=False)] * 9)
    plug(monkeypatch, stays_away)
    run = enrich(leads[1:2], "accounts", most=40)
    assert (len(stays_away.asked), run.credits) == (3, 0)
    item = EnrichmentItem.of(cast.tenant).get(run=run)
    assert item.asked["dear"] == {"outcome": "failed", "why": "No answer."}


def test_two_leads_with_one_website_ask_and_pay_once(
    leads: list[Lead], enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = LeadFactory(
        organisation=OrganisationFactory(
            tenant=cast.tenant, name="Quay Two", website="https://quay0.example"
        )
    )
    provider = dear(0)
    plug(monkeypatch, provider)

    run = enrich([leads[0], twin], "accounts", most=40)

    assert (len(provider.asked), run.credits) == (1, EACH)
    for lead in (leads[0], twin):
        lead.organisation.refresh_from_db()
        assert lead.organisation.employees == 10


def test_leads_below_the_bound_get_what_is_free(
    leads: list[Lead], enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    Rules.of(cast.tenant).create(tenant=cast.tenant, paid_from_score=50)
    Lead.of(cast.tenant).filter(pk=leads[0].pk).update(score=60)
    provider = dear(0, 1)
    plug(monkeypatch, provider)

    run = enrich(leads[:2], "accounts", most=40)

    assert provider.asked == ["https://quay0.example"]
    item = EnrichmentItem.of(cast.tenant).get(run=run, organisation=leads[1].organisation_id)
    assert "score" in item.asked["dear"]["why"]


def test_who_wants_to_be_asked_another_day_is_and_nothing_stays_set_aside(
    leads: list[Lead], enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Unanswerable("Ask on another day.", kept={"greylisted": True})
    provider = dear(0, raises=[later])
    plug(monkeypatch, provider)

    first = enrich(leads[:1], "accounts", most=4)

    item = EnrichmentItem.of(cast.tenant).get(run=first)
    assert item.asked["dear"] == {"outcome": "failed", "why": "Ask on another day."}
    assert (spent(cast), credits.balance(cast.tenant).held) == (0, 0)
    row = Lookup.of(cast.tenant).get()
    assert row.state == Lookup.State.FAILED

    enrich(leads[:1], "accounts", most=4)
    assert len(provider.asked) == 1

    # A day goes by.
    Lookup.of(cast.tenant).update(answered_at=timezone.now() - timedelta(hours=25))
    Quality.of(cast.tenant).update(good_until=timezone.now() - timedelta(hours=1))
    enrich(leads[:1], "accounts", most=4)

    assert provider.knew == [{}, {"greylisted": True}]
    assert spent(cast) == EACH
