"""What a month's budget bears: reckoned in one's turn, and only where there is one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.ids import uuid7
from crm.keys import budget, changing
from crm.tenants.acting import acting_for
from enrichment.lookups import paying
from enrichment.lookups.models import Lookup
from enrichment.lookups.paying import MonthIsOver, Purse
from leads.analysing import money
from leads.models import Analysis
from tests.enriching.plugs import Plug
from tests.factories.leads import LeadFactory
from tests.keys.conftest import MINE
from tests.meanwhile import meanwhile
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")
TURN = "pg_advisory_xact_lock"


@pytest.fixture
def analysis(cast: Cast) -> Analysis:
    """One that goes out now, by the company's own key."""
    changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    lead = LeadFactory(organisation__tenant=cast.tenant)
    found: Analysis = Analysis.of(cast.tenant).create(tenant=cast.tenant, lead=lead)
    return found


def pence(micros: int) -> int:
    """What holds so many millionths of a pound."""
    return -(-micros // 10_000)


def test_two_kinds_at_once_wait_for_one_another(cast: Cast, analysis: Analysis) -> None:
    """One has set down what it may cost and not committed it yet; the other counts it all the same.
    """
    most = pence(money.charge())
    changing.limit(cast.tenant, "openai", most, by=cast.ada)
    provider = Plug("news", {}, service="openai", charged=most * 10_000, label="News")
    row = Lookup.of(cast.tenant).create(tenant=cast.tenant, provider="news", about="Quay")
    purse = Purse(None, cast.ben, None)

    def analyse() -> str:
        with acting_for(cast.tenant):
            said = money.trouble(cast.tenant, besides=analysis)
            if not said:
                Analysis.of(cast.tenant).filter(pk=analysis.pk).update(cost_micros=money.charge())
            return said

    def look_up() -> None:
        with acting_for(cast.tenant):
            paying.set_aside(row, provider, None, purse)

    (said,) = meanwhile(look_up, analyse)
    assert said == budget.used_up("OpenAI")

    Lookup.of(cast.tenant).update(state="told", cost_micros=0)
    (refused,) = meanwhile(analyse, look_up)
    assert isinstance(refused, MonthIsOver)
    assert str(refused) == budget.used_up("News", "; then resume")


def test_who_only_looks_waits_for_nobody(cast: Cast, analysis: Analysis) -> None:
    changing.limit(cast.tenant, "openai", 1_000, by=cast.ada)
    with CaptureQueriesContext(connection) as looked:
        assert money.trouble(cast.tenant) == ""
    assert not [each for each in looked if TURN in each["sql"]]
    with CaptureQueriesContext(connection) as gone:
        assert money.trouble(cast.tenant, besides=analysis) == ""
    assert [each for each in gone if TURN in each["sql"]]


def test_without_a_budget_nothing_is_reckoned(cast: Cast, analysis: Analysis) -> None:
    def charge() -> int:
        raise AssertionError

    with CaptureQueriesContext(connection) as asked:
        assert budget.bears(cast.tenant, "openai", charge, going=uuid7())
    assert len(asked) == 1


def test_only_kinds_that_ask_a_service_are_asked_of_it(cast: Cast) -> None:
    """An address is checked by a service that nothing but look-ups ask."""
    changing.limit(cast.tenant, "zerobounce", 10, by=cast.ada)
    with CaptureQueriesContext(connection) as asked:
        assert budget.room(cast.tenant, "zerobounce") == 100_000
    assert len(asked) == 3


def test_a_question_does_not_count_itself(cast: Cast, analysis: Analysis) -> None:
    changing.limit(cast.tenant, "openai", 10, by=cast.ada)
    Analysis.of(cast.tenant).update(cost_micros=40_000)
    assert budget.room(cast.tenant, "openai") == 60_000
    assert budget.room(cast.tenant, "openai", going=analysis.pk) == 100_000
