"""A run from its launch to its end: what is found out, what is kept, what it takes."""

from crm.credits import credits
from crm.tenants.acting import acting_for
from crm.work.models import State
from enrichment.lookups.models import Lookup
from leads.models import Contact, EnrichmentItem, Fact, Organisation
from tests.crawling.test_simulated_sites import sound
from tests.enriching.conftest import Enrich, Known, standing
from tests.people import Cast
from tests.simulators import Running

ALL = ("contact", "company", "accounts", "people", "business", "web", "signals", "checks", "place")


def test_a_lead_is_filled_in_from_every_provider(
    vendors: Running, leads_of: Known, enrich: Enrich, cast: Cast
) -> None:
    firms = [each for each in sound(40, crawl_delay=False) if each.number][:3]
    leads = leads_of(firms)

    run = enrich(leads, *ALL)

    assert run.phase == run.Phase.COMPLETED, standing(run)
    with acting_for(cast.tenant):
        rows = EnrichmentItem.of(cast.tenant).filter(run=run)
        assert {row.state for row in rows} == {State.DONE}, standing(run)
        told = {slug for row in rows for slug, each in row.asked.items() if is_told(each)}
        assert told >= {"companies_house", "website", "website_summary", "hunter_search"}
        for lead, firm in zip(leads, firms, strict=True):
            organisation = Organisation.of(cast.tenant).get(pk=lead.organisation_id)
            assert organisation.phone == f"+44{firm.phone[1:].replace(' ', '')}"
            facts = Fact.of(cast.tenant).filter(organisation=organisation, status="applied")
            known = {fact.field: fact for fact in facts}
            assert known["company_status"].value == "Active"
            assert known["legal_name"].sureness >= 0.95
            assert all(fact.proofs and fact.old_on > fact.seen_on for fact in facts)
            assert Contact.of(cast.tenant).filter(organisation=organisation).exists()
    assert run.after["completeness"] > run.before["completeness"] + 30
    assert 0 < run.credits <= run.most
    balance = credits.balance(cast.tenant)
    assert (balance.available, balance.held) == (10_000 - run.credits, 0)
    asked = Lookup.of(cast.tenant).count()

    again = enrich(leads, *ALL)

    new = Lookup.of(cast.tenant).order_by("-id")[: Lookup.of(cast.tenant).count() - asked]
    assert [(row.provider, row.about) for row in new] == []
    assert again.credits == 0


def is_told(each: dict[str, str]) -> bool:
    return each["outcome"] == "told"
