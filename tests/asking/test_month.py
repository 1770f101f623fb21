"""A month's budget with a vendor is one, whatever asks: campaigns, look-ups, analyses, vectors."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns.discovery.sources import LIVE_BY_SLUG
from campaigns.models import Campaign, Inquiry, SourceRun
from crm.credits import credits
from crm.keys import changing
from crm.tenants.acting import acting_for
from crm.upward import named
from crm.work.drain import drain
from crm.work.models import State
from enrichment.lookups.models import Lookup
from enrichment.told import Told
from leads.analysing import analyses, money
from leads.models import Analysis, EnrichmentItem, Lead
from leads.vectors import embedding
from leads.vectors.models import Embedding
from tests.asking.conftest import Launch
from tests.enriching.conftest import Enrich, enrich
from tests.enriching.plugs import Plug, plug
from tests.factories.campaigns import InquiryFactory, RunFactory, SourceRunFactory
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast
from tests.simulators import Running

__all__ = ["enrich"]
pytestmark = pytest.mark.usefixtures("committed_db", "bundled")
KEY = "sk-proj-9f2c71aa04be48d1mine"
SITE = "https://quay.example"
SAID = "{} has reached its monthly budget. Raise it under API keys, or wait until next month{}."
# More than a lead's few words cost as a vector.
FOR_A_VECTOR = 2_000
KINDS = ("campaign", "look-up", "analysis", "vectors")


@pytest.fixture(autouse=True)
def _own_key(committed_db: None, cast: Cast, vendors: Running) -> Iterator[None]:
    """By the company's own key questions take no credits."""
    with acting_for(cast.tenant):
        changing.put(cast.tenant, "openai", KEY, by=cast.ada)
    yield
    named.cache_clear()


@pytest.fixture
def lead(cast: Cast) -> Lead:
    quay = OrganisationFactory(tenant=cast.tenant, name="Quay Dental", website=SITE)
    found: Lead = LeadFactory(organisation=quay, owner=cast.ben)
    return found


@pytest.fixture
def work(settings: Any) -> Callable[..., None]:
    """Works off these tables, and nothing else."""

    def working(*tables: str) -> None:
        settings.WORK_TABLES = list(tables)
        named.cache_clear()
        drain(20)

    return working


@pytest.fixture
def campaign(cast: Cast, launch: Launch, work: Any) -> Campaign:
    """It has planned its questions while there was no budget, and asks the first one now."""
    found = launch("openai_web")
    work("campaigns.walk.TABLE")
    first = Inquiry.of(cast.tenant).order_by("pk").first()
    assert first is not None
    Inquiry.of(cast.tenant).exclude(pk=first.pk).delete()
    return found


def bear(cast: Cast, micros: int) -> None:
    """Have so much be left of this month's budget, to the millionth of a pound."""
    with acting_for(cast.tenant):
        changing.limit(cast.tenant, "openai", 1_000, by=cast.ada)
        credits.spend(
            cast.tenant, None, service="openai", action="x", credits=0,
            cost_micros=10_000_000 - micros,
        )  # fmt: skip


def under_way(kind: str, cast: Cast, micros: int) -> None:
    """What one of this kind may cost that was sent, and that nobody has answered yet."""
    asked = {"tenant": cast.tenant, "cost_micros": micros}
    held = {"state": State.LEASED, "lease_until": timezone.now() + timedelta(seconds=20)}
    if kind == "campaign":
        run = RunFactory(campaign__tenant=cast.tenant)
        InquiryFactory(
            source_run=SourceRunFactory(run=run, source="openai_web", state=State.HELD),
            sent_at=timezone.now(), cost_micros=micros, **held,
        )  # fmt: skip
    elif kind == "look-up":
        Lookup.of(cast.tenant).create(**asked, provider="news", about="t", ticket="t1")
    elif kind == "analysis":
        other = LeadFactory(organisation__tenant=cast.tenant)
        Analysis.of(cast.tenant).create(**asked, lead=other, **held)
    elif kind == "vectors":
        Embedding.of(cast.tenant).create(tenant=cast.tenant, **held)


def others(kind: str) -> Any:
    """Each of the other kinds; "" for none."""
    return pytest.mark.parametrize("other", ["", *(each for each in KINDS if each != kind)])


@others("campaign")
def test_a_campaign_s_question_that_was_planned_waits(
    cast: Cast, campaign: Campaign, work: Any, vendors: Running, other: str
) -> None:
    charge = LIVE_BY_SLUG["openai_web"].charge()
    bear(cast, charge)
    under_way(other, cast, charge)
    vendors.openai.forget()
    asked = Inquiry.of(cast.tenant).get(source_run__run__campaign=campaign)
    work("campaigns.asking.inquiries.TABLE")

    asked.refresh_from_db()
    row = SourceRun.of(cast.tenant).get(pk=asked.source_run_id)
    sent = [each for each in vendors.openai.calls() if each["method"] == "POST"]
    if other:
        assert row.trouble == SAID.format("AI web search", "; then resume")
        assert (asked.state, asked.cost_micros, sent) == (State.HELD, 0, [])
    else:
        assert (row.trouble, len(sent)) == ("", 1)


@others("campaign")
def test_a_campaign_plans_nothing_that_the_month_can_t_bear(
    cast: Cast, launch: Launch, work: Any, other: str
) -> None:
    charge = LIVE_BY_SLUG["openai_web"].charge()
    bear(cast, charge)
    under_way(other, cast, charge)
    found = launch("openai_web")
    work("campaigns.walk.TABLE")

    row = SourceRun.of(cast.tenant).get(run__campaign=found)
    assert row.trouble == (SAID.format("AI web search", "; then resume") if other else "")
    planned = Inquiry.of(cast.tenant).filter(source_run=row).count()
    assert planned == (0 if other else 1)


@others("look-up")
def test_a_look_up_waits(
    cast: Cast, lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    told = {SITE: [Told("employees", 10, "provider")]}
    provider = Plug("dear", told, frozenset({"employees"}), service="openai", charged=50_000)
    plug(monkeypatch, provider)
    bear(cast, 50_000)
    under_way(other, cast, 50_000)
    run = enrich([lead], "accounts", most=0)

    item = EnrichmentItem.of(cast.tenant).get(run=run)
    assert provider.asked == ([] if other else [SITE])
    if other:
        assert item.asked["dear"]["why"] == SAID.format("Dear", "; then resume")


@others("analysis")
def test_an_analysis_that_was_begun_is_not_sent(
    cast: Cast, lead: Lead, work: Any, vendors: Running, other: str
) -> None:
    with acting_for(cast.tenant):
        row = analyses.begin(lead, most=0, by=cast.ben)
    bear(cast, money.charge())
    under_way(other, cast, money.charge())
    vendors.openai.forget()
    work("leads.analysing.asking.TABLE")

    row.refresh_from_db()
    sent = [each for each in vendors.openai.calls() if each["method"] == "POST"]
    assert row.trouble == (SAID.format("OpenAI", "") if other else "")
    assert len(sent) == (0 if other else 1)


@others("analysis")
def test_an_analysis_is_not_begun(cast: Cast, lead: Lead, other: str) -> None:
    bear(cast, money.charge())
    under_way(other, cast, money.charge())
    with acting_for(cast.tenant):
        assert money.trouble(cast.tenant) == (SAID.format("OpenAI", "") if other else "")


@others("vectors")
def test_vectors_wait(cast: Cast, lead: Lead, work: Any, vendors: Running, other: str) -> None:
    bear(cast, FOR_A_VECTOR)
    under_way(other, cast, FOR_A_VECTOR)
    embedding.begin_due()
    work("leads.vectors.embedding.TABLE")

    row = Embedding.of(cast.tenant).get()
    assert row.trouble == (SAID.format("OpenAI", "") if other else "")
    assert bool(vendors.openai.calls("/v1/embeddings")) is not bool(other)
