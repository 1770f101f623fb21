"""What a quote says against what a run takes, asked of simulated vendors."""

from crm.tenants.acting import acting_for
from leads.enriching import quoting
from tests.crawling.test_simulated_sites import sound
from tests.enriching.conftest import Enrich, Known, standing
from tests.people import Cast
from tests.simulators import Running

ALL = ("contact", "company", "accounts", "people", "business", "web", "signals", "checks", "place")


def test_no_run_takes_more_than_the_most_and_a_second_one_takes_nothing(
    vendors: Running, leads_of: Known, enrich: Enrich, cast: Cast
) -> None:
    firms = [each for each in sound(60, crawl_delay=False) if each.number][:6]
    leads = leads_of(firms)
    idents = [lead.organisation_id for lead in leads]
    with acting_for(cast.tenant):
        quote = quoting.quote(cast.tenant, idents, ALL)

    run = enrich(leads, *ALL, most=quote.most + 500)

    assert run.phase == run.Phase.COMPLETED, standing(run)
    assert 0 < run.credits <= quote.most
    assert quote.expected / 3 <= run.credits <= quote.expected * 3, (run.credits, quote)
    with acting_for(cast.tenant):
        after = quoting.quote(cast.tenant, idents, ALL)
    assert after.expected < quote.expected / 4, after
    assert after.most < quote.most / 2, after
