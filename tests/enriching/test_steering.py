"""A run is paused, resumed, cancelled, and asked again for what was left out."""

from collections.abc import Callable

import pytest

from crm.credits import credits
from crm.credits.prices import Action
from crm.tenants.acting import acting_for
from crm.work.drain import drain
from enrichment.told import Told
from leads.enriching import launching, steering
from leads.models import EnrichmentItem, EnrichmentRun, Lead
from tests.enriching.conftest import Enrich, see_through
from tests.enriching.plugs import Plug, plug
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast

Launch = Callable[..., EnrichmentRun]


@pytest.fixture
def leads(committed_db: None, cast: Cast) -> list[Lead]:
    with acting_for(cast.tenant):
        credits.grant(cast.tenant, 100, cast.ada, "to test with")
    return [
        LeadFactory(
            organisation=OrganisationFactory(
                tenant=cast.tenant, name=f"Quay {n}", website=f"https://quay{n}.example"
            )
        )
        for n in range(3)
    ]


@pytest.fixture
def launch(leads: list[Lead], cast: Cast) -> Launch:
    """Ben launches a run over all three, and nobody works on it yet."""

    def launching_it(most: int = 30) -> EnrichmentRun:
        with acting_for(cast.tenant):
            return launching.launch(
                cast.tenant,
                [lead.organisation_id for lead in leads],
                ["accounts"],
                why=EnrichmentRun.Why.SELECTION,
                label="three leads",
                by=cast.ben,
                most=most,
            )

    return launching_it


def knows(*sites: int, **more: object) -> Plug:
    answers = {f"https://quay{n}.example": [Told("employees", 7, "provider")] for n in sites}
    return Plug("knows", dict(answers), frozenset({"employees"}), **more)  # type: ignore[arg-type]


def test_a_paused_run_asks_nobody_until_it_is_resumed(
    launch: Launch, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = knows(0, 1, 2)
    plug(monkeypatch, provider)
    run = launch()
    with acting_for(cast.tenant):
        steering.pause(run, by=cast.ben)

    drain(2)
    assert provider.asked == []
    run.refresh_from_db()
    assert (run.phase, credits.balance(cast.tenant).held) == ("paused", 30)

    with acting_for(cast.tenant):
        run = steering.resume(run, by=cast.ben)
    assert see_through(run).phase == "completed"
    assert len(provider.asked) == 3
    assert credits.balance(cast.tenant).held == 0


def test_a_cancelled_run_gives_back_what_was_set_aside(
    launch: Launch, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = knows(0, 1, 2)
    plug(monkeypatch, provider)
    run = launch()
    with acting_for(cast.tenant):
        run = steering.cancel(run, by=cast.ben)

    drain(2)
    run.refresh_from_db()
    assert (run.phase, provider.asked) == ("cancelled", [])
    balance = credits.balance(cast.tenant)
    assert (balance.available, balance.held) == (100, 0)
    with acting_for(cast.tenant), pytest.raises(steering.CannotSteer, match="cancelled already"):
        steering.pause(run, by=cast.ben)


def test_what_was_left_out_for_want_of_credits_is_asked_with_more(
    launch: Launch, cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.HUNTER_KEY = "hunter-of-the-house"  # type: ignore[attr-defined]
    provider = knows(0, 1, 2, service="hunter", action=Action.HUNTER_COMPANY)
    plug(monkeypatch, provider)
    run = see_through(launch(most=2))
    assert len(provider.asked) == 1

    with acting_for(cast.tenant):
        run = steering.go_on(run, 4, by=cast.ben)
    run = see_through(run)

    assert (run.phase, run.credits, len(provider.asked)) == ("completed", 6, 3)
    assert credits.balance(cast.tenant).available == 94
    items = EnrichmentItem.of(cast.tenant).filter(run=run)
    assert all(item.asked["knows"]["outcome"] == "told" for item in items)


def test_one_that_was_cancelled_in_the_middle_and_is_asked_again_is_done(
    launch: Launch, cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.HUNTER_KEY = "hunter-of-the-house"  # type: ignore[attr-defined]
    plug(monkeypatch, knows(0, 1, 2, service="hunter", action=Action.HUNTER_COMPANY))
    run = see_through(launch(most=2))
    items = EnrichmentItem.of(cast.tenant).filter(run=run)
    with acting_for(cast.tenant):
        run = steering.go_on(run, 4, by=cast.ben)
        run = steering.cancel(run, by=cast.ben)
    run = see_through(run)
    drain(2)
    cut = items.filter(trouble="Cancelled in the middle; what was found until then is kept.")
    assert cut.count() == 2

    with acting_for(cast.tenant):
        run = steering.go_on(run, 4, by=cast.ben)
    see_through(run)

    assert {item.trouble for item in items} == {""}


def test_without_a_key_what_is_free_is_found_and_the_rest_is_said(
    leads: list[Lead], enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dear = knows(0, service="hunter", action=Action.HUNTER_COMPANY)
    free = Plug(
        "free",
        {"https://quay0.example": [Told("turnover", 5, "register")]},
        frozenset({"turnover"}),
    )
    plug(monkeypatch, dear, free)

    run = enrich(leads[:1], "accounts", most=0)

    asked = EnrichmentItem.of(cast.tenant).get(run=run).asked
    assert asked["free"]["outcome"] == "told"
    assert "no key" in asked["knows"]["why"]
    assert dear.asked == []
