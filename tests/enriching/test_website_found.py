"""A lead of a register, known by name and place: its website is found, and the run goes on."""

from typing import Any

import pytest

from crm.credits import credits
from crm.tenants.acting import acting_for
from enrichment.lookups.models import Lookup
from leads.enriching import quoting
from leads.models import EnrichmentItem, EnrichmentRun, Fact, Organisation
from tests.crawling.test_simulated_sites import sound
from tests.enriching.conftest import Enrich, Known, standing
from tests.people import Cast
from tests.simulators import Running
from tests.simulators.pages import making
from tests.simulators.world import Organisation as Firm

UNKNOWN = {"website": "", "domain": "", "company_number": ""}
PRICE = 8


def firm() -> Firm:
    return next(each for each in sound(40, crawl_delay=False) if each.phone and each.email)


def said(cast: Cast, run: EnrichmentRun) -> dict[str, str]:
    with acting_for(cast.tenant):
        (row,) = EnrichmentItem.of(cast.tenant).filter(run=run)
        return {slug: each["outcome"] for slug, each in row.asked.items()}


def facts(cast: Cast, organisation: Any) -> dict[str, Fact]:
    with acting_for(cast.tenant):
        rows = Fact.of(cast.tenant).filter(organisation=organisation).order_by("sureness")
        return {fact.field: fact for fact in rows}


def test_name_and_postcode_lead_to_the_website_and_what_stands_there(
    vendors: Running, leads_of: Known, enrich: Enrich, cast: Cast
) -> None:
    one = firm()
    [lead] = leads_of([one], **UNKNOWN)

    run = enrich([lead], "contact")

    assert run.phase == run.Phase.COMPLETED, standing(run)
    outcomes = said(cast, run)
    assert outcomes["website_guess"] == "nothing", outcomes
    assert (outcomes["website_search"], outcomes["website"]) == ("told", "told"), outcomes
    known = facts(cast, lead.organisation_id)
    with acting_for(cast.tenant):
        organisation = Organisation.of(cast.tenant).get(pk=lead.organisation_id)
    assert making.of(one).host in organisation.website
    assert (known["website"].way, known["website"].source) == ("checked", "website_search")
    assert organisation.phone == f"+44{one.phone[1:].replace(' ', '')}"
    assert known["email"].status == "applied"
    assert run.credits == PRICE
    assert credits.balance(cast.tenant).available == 10_000 - PRICE

    again = enrich([lead], "contact")

    assert not {"website_guess", "website_search"} & {
        slug for slug, outcome in said(cast, again).items() if outcome != "left"
    }
    assert again.credits == 0


def test_a_website_that_can_not_prove_itself_is_proposed_and_nobody_goes_on_by_it(
    vendors: Running, leads_of: Known, enrich: Enrich, cast: Cast
) -> None:
    one = firm()
    [lead] = leads_of([one], **UNKNOWN)
    vendors.sites.faults.add("robots-closed", host=making.of(one).host, times=None)

    run = enrich([lead], "contact", "business")

    assert run.phase == run.Phase.COMPLETED, standing(run)
    fact = facts(cast, lead.organisation_id)["website"]
    assert (fact.status, fact.way) == ("proposed", "unproven")
    with acting_for(cast.tenant):
        assert Organisation.of(cast.tenant).get(pk=lead.organisation_id).website == ""
        asked = Lookup.of(cast.tenant).values_list("provider", flat=True)
        assert not {"website", "website_summary", "hunter_company"} & set(asked)
    assert run.credits == 0
    assert credits.balance(cast.tenant).available == 10_000


def test_where_the_website_is_known_nobody_looks_for_it(
    vendors: Running, leads_of: Known, enrich: Enrich, cast: Cast
) -> None:
    [lead] = leads_of([firm()])

    run = enrich([lead], "contact", "people", "web")

    assert not {"website_guess", "website_search"} & said(cast, run).keys()


@pytest.mark.django_db
def test_the_estimate_reckons_with_the_search_and_with_what_comes_of_it(
    settings: Any, leads_of: Known, cast: Cast
) -> None:
    settings.OPENAI_API_KEY = settings.HUNTER_KEY = "a-key-that-nobody-asks-with"
    known, unknown = leads_of([firm()]), leads_of([firm()], **UNKNOWN)

    with acting_for(cast.tenant):
        with_site, without = (
            quoting.quote(cast.tenant, [leads[0].organisation_id], ["contact"])
            for leads in (known, unknown)
        )

    lines = {each.slug: each for each in without.lines}
    assert (lines["website_search"].price, lines["website_search"].most) == (PRICE, 1)
    assert lines["website_guess"].most == lines["website"].most == 1
    assert without.most >= PRICE
    assert without.expected > 0
    assert dict(without.gains)["website"] == 1
    assert not {"website_guess", "website_search"} & {each.slug for each in with_site.lines}
