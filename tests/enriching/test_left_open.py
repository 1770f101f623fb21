"""Questions whose run was cancelled while a vendor worked on them: paid by whom, booked when."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.credits import credits
from crm.credits.models import CreditEntry, Kind
from crm.credits.prices import Action
from crm.keys import changing
from crm.keys.models import Credential
from crm.tenants.acting import acting_for
from enrichment.contract import FOR_A_DAY
from enrichment.lookups import keeping, sweeping
from enrichment.lookups.models import Lookup
from enrichment.told import Told
from leads.models import EnrichmentItem, Lead
from tests.enriching.conftest import SITE, Enrich
from tests.enriching.plugs import Plug, plug
from tests.people import Cast

LATE = timezone.now() - timedelta(days=8)


def dear(**more: Any) -> Plug:
    told = {SITE: [Told("employees", 10, "provider")]}
    return Plug(
        "dear", told, frozenset({"employees"}), service="hunter", action=Action.HUNTER_COMPANY,
        charged=50_000, **more,
    )  # fmt: skip


def left_open(cast: Cast, **more: Any) -> Lookup:
    """A question whose run was cancelled: its credits were given back."""
    with acting_for(cast.tenant):
        reservation = credits.reserve(cast.tenant, 10, by=cast.ben)
        credits.release(cast.tenant, reservation)
    given: dict[str, Any] = {"provider": "dear", "about": SITE, "ticket": "t1"} | more
    found: Lookup = Lookup.of(cast.tenant).create(
        tenant=cast.tenant,
        reservation=reservation,
        sent_at=timezone.now(),
        credits=2,
        cost_micros=50_000,
        **given,
    )
    return found


def test_whoever_takes_over_a_question_of_a_cancelled_run_pays_for_its_answer(
    lead: Lead, cast: Cast, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_open(cast)
    plug(monkeypatch, dear())

    run = enrich([lead], "accounts", most=4)

    entry = CreditEntry.of(cast.tenant).get(kind=Kind.SPEND)
    assert (run.credits, entry.credits, entry.cost_micros) == (2, 2, 50_000)
    assert credits.balance(cast.tenant).available == 98


def test_without_credits_nobody_takes_it_over(
    lead: Lead, cast: Cast, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_open(cast)
    provider = dear()
    plug(monkeypatch, provider)

    run = enrich([lead], "accounts", most=0)

    assert (provider.asked, run.credits) == ([], 0)
    item = EnrichmentItem.of(cast.tenant).get(run=run)
    assert "does not pay" in item.asked["dear"]["why"]


def test_what_nobody_looks_for_any_more_is_booked_once(
    lead: Lead, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, unsent, _ = (
        left_open(cast, about=about, provider="hunter_company") for about in ("a", "b", "c")
    )
    rows = Lookup.of(cast.tenant)
    rows.filter(pk__in=[gone.pk, unsent.pk]).update(created_at=LATE, sent_at=LATE)
    rows.filter(pk=unsent.pk).update(sent_at=None, ticket="")

    assert sweeping.close_forgotten() == 2
    assert sweeping.close_forgotten() == 0

    entry = CreditEntry.of(cast.tenant).get(kind=Kind.SPEND)
    assert (entry.credits, entry.cost_micros, entry.service) == (0, 50_000, "hunter")
    assert set(rows.values_list("about", "state")) == {("a", "lost"), ("c", "open")}


def test_of_somebody_who_was_removed_meanwhile_nothing_is_kept(lead: Lead, cast: Cast) -> None:
    kept = {"said": [{"address": "jenna@harbour.example"}]}
    row = left_open(cast, is_current=False, provider="hunter_company", kept=kept)
    Lookup.of(cast.tenant).update(created_at=LATE, sent_at=LATE)

    assert sweeping.close_forgotten() == 1

    row.refresh_from_db()
    assert (row.state, row.kept, row.trouble) == ("lost", {}, "")


def test_the_months_budget_is_that_of_all_a_vendor_offers(
    lead: Lead, cast: Cast, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting_for(cast.tenant):
        changing.put(cast.tenant, "hunter", "our-own-key-of-hunter", by=cast.ada)
    Credential.of(cast.tenant).update(budget_pence=9)
    left_open(cast, provider="hunter_search")
    provider = dear()
    plug(monkeypatch, provider)

    run = enrich([lead], "accounts", most=4)

    assert provider.asked == []
    item = EnrichmentItem.of(cast.tenant).get(run=run)
    assert "monthly budget" in item.asked["dear"]["why"]


def test_what_was_saved_for_a_day_is_kept_no_longer(lead: Lead, cast: Cast) -> None:
    kept = {FOR_A_DAY: {"seen": [["p1", "Director"]]}, "hosts": {}}
    rows = [
        Lookup.of(cast.tenant).create(
            tenant=cast.tenant, provider="apollo_people", about=f"{n}.example", kept=kept
        )
        for n in range(2)
    ]
    old = Lookup.of(cast.tenant).filter(pk=rows[0].pk)
    old.update(created_at=timezone.now() - timedelta(days=2))

    keeping.forget_old()

    for row in rows:
        row.refresh_from_db()
    assert [row.kept for row in rows] == [{"hosts": {}}, kept]
