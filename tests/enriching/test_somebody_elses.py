"""A website that belongs to somebody else: what it says, and what it leads to, fills nothing."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.credits.prices import Action
from crm.outside.errors import Later
from crm.tenants.acting import acting_for
from enrichment.contract import Answer, Asking, NotYet
from enrichment.lookups.models import Lookup
from enrichment.providers import website
from enrichment.told import Told
from leads.models import Contact, EnrichmentItem, Fact, Lead, Organisation
from tests.crawling.test_simulated_sites import sound
from tests.enriching.conftest import Enrich, Known, standing
from tests.enriching.plugs import Plug, plug
from tests.people import Cast, as_person
from tests.simulators import Running

ALL = ("contact", "company", "accounts", "people", "business", "web", "signals", "checks", "place")
BY_DOMAIN = ("hunter", "apollo", "clearbit")


@pytest.fixture
def firms() -> Sequence[Any]:
    """Two that have nothing in common."""
    found = [each for each in sound(40, crawl_delay=False) if each.number]
    one = found[0]
    other = next(
        each
        for each in found
        if each.trade != one.trade and each.postcode != one.postcode
        and not set(each.name.split()) & set(one.name.split())
    )  # fmt: skip
    return one, other


@pytest.fixture
def mistaken(leads_of: Known, firms: Sequence[Any]) -> Lead:
    """A lead of the one, at which somebody has typed the other's website."""
    one, other = firms
    return leads_of([one], website=other.website, domain=other.domain)[0]


def organisation(lead: Lead) -> Organisation:
    found: Organisation = Organisation.across_tenants.get(pk=lead.organisation_id)
    return found


def item(lead: Lead) -> EnrichmentItem:
    rows = EnrichmentItem.across_tenants.filter(organisation=lead.organisation_id)
    found: EnrichmentItem = rows.order_by("-pk")[0]
    return found


def e164(line: str) -> str:
    return f"+44{line[1:].replace(' ', '')}"


def learnt_of(lead: Lead, other: Any) -> list[str]:
    """What the lead has of the other one."""
    here = organisation(lead)
    facts = Fact.across_tenants.filter(organisation=here).exclude(field="website")
    people = Contact.across_tenants.filter(organisation=here)
    said = [str(each.value) for each in facts] + [f"{each.name} {each.email}" for each in people]
    said += [here.phone, here.address, here.postcode]
    theirs = (other.domain, e164(other.phone), other.postcode, other.name)
    return [each for each in said if any(sign in each for sign in theirs)]


def asked_by(vendors: Running, domain: str) -> list[str]:
    return [
        f"{slug} {call}"
        for slug in BY_DOMAIN
        for call in getattr(vendors, slug).calls()
        if domain in str(call)
    ]


def test_what_somebody_elses_website_says_fills_nothing_and_nobody_is_paid_by_its_domain(
    vendors: Running, mistaken: Lead, firms: Sequence[Any], enrich: Enrich, cast: Cast
) -> None:
    _, other = firms

    run = enrich([mistaken], *ALL)

    assert run.phase == run.Phase.COMPLETED, standing(run)
    assert vendors.sites.calls(), "Its website was never read."
    assert learnt_of(mistaken, other) == []
    assert asked_by(vendors, other.domain) == []
    said = item(mistaken).asked["website"]
    assert said["outcome"] == "doubted"
    assert said["why"] == f"The website names {other.name}, {other.postcode}: is it theirs?"
    # What a person has typed stays.
    assert organisation(mistaken).website == other.website
    told = {slug for slug, each in item(mistaken).asked.items() if each["outcome"] == "told"}
    assert "companies_house" in told


def test_answers_that_were_bought_before_are_not_taken_by_it(
    vendors: Running, firms: Sequence[Any], leads_of: Known, enrich: Enrich
) -> None:
    one, other = firms
    enrich(leads_of([other]), *ALL)
    assert asked_by(vendors, other.domain)
    mistaken = leads_of([one], website=other.website, domain=other.domain)[0]

    enrich([mistaken], *ALL)

    assert learnt_of(mistaken, other) == []


def test_a_run_that_wants_nothing_of_websites_asks_first_whose_it_is(
    vendors: Running, mistaken: Lead, firms: Sequence[Any], enrich: Enrich
) -> None:
    enrich([mistaken], "accounts")

    assert asked_by(vendors, firms[1].domain) == []
    assert item(mistaken).asked["website"]["outcome"] == "doubted"


def test_its_own_website_is_believed(
    vendors: Running, leads_of: Known, enrich: Enrich, cast: Cast
) -> None:
    own = leads_of(sound(12, crawl_delay=False), company_number="")

    enrich(own, "contact")

    outcomes = [item(lead).asked["website"]["outcome"] for lead in own]
    assert outcomes == ["told"] * len(own)


def test_a_website_that_a_provider_told_is_not_used(
    vendors: Running,
    firms: Sequence[Any],
    leads_of: Known,
    enrich: Enrich,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = firms
    lead = leads_of([one], website="", domain="")[0]
    told = [Told("website", other.website, "provider")]
    plug(monkeypatch, Plug("finder", {one.name: told}, frozenset({"website"}), by="name"),
         website.PROVIDER)  # fmt: skip

    enrich([lead], "contact")

    assert organisation(lead).website == ""
    with acting_for(cast.tenant):
        row = Fact.of(cast.tenant).get(organisation=lead.organisation_id, field="website")
    assert row.status == "superseded"
    assert learnt_of(lead, other) == []
    assert Lookup.across_tenants.filter(provider="website", state="told").exists()


def test_nobody_is_asked_by_a_website_that_has_not_answered_yet(
    mistaken: Lead, enrich: Enrich, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HUNTER_KEY = "hunter-of-the-house"
    order: list[str] = []

    class Noting(Plug):
        def ask(self, asking: Asking) -> Answer | NotYet:
            order.append(self.slug)
            return super().ask(asking)

    soon = Later(timezone.now() + timedelta(seconds=2), "asked to be called later")
    says = [Told("name", "Brightwell Boilers", "page"), Told("phone", "+441536960123", "page")]
    site = organisation(mistaken).website
    reader = Noting("website", {site: says}, frozenset({"phone"}), raises=[soon])
    paid = Noting(
        "paid",
        {site: [Told("employees", 12, "provider")]},
        frozenset({"employees"}),
        service="hunter",
        action=Action.HUNTER_COMPANY,
        needs=(frozenset({"website"}),),
    )
    plug(monkeypatch, reader, paid)

    enrich([mistaken], "contact", "accounts")

    assert item(mistaken).asked["website"]["outcome"] == "doubted"
    assert order == ["website", "website"]


def test_the_leads_page_and_the_run_ask_whose_it_is(
    vendors: Running, mistaken: Lead, firms: Sequence[Any], enrich: Enrich, cast: Cast
) -> None:
    _, other = firms
    run = enrich([mistaken], "contact")
    named = other.name.replace("&", "&amp;")
    question = f"The website names {named}, {other.postcode}: is it theirs?"

    assert question in page(cast, f"/leads/{mistaken.pk}/")
    assert question in page(cast, run.get_absolute_url())
    # All is known that was wanted, so the next run looks no further: the question stays.
    enrich([mistaken], "contact")
    assert question in page(cast, f"/leads/{mistaken.pk}/")


def test_what_a_person_says_is_theirs_is_believed_from_then_on(
    vendors: Running, mistaken: Lead, firms: Sequence[Any], enrich: Enrich, cast: Cast
) -> None:
    _, other = firms
    enrich([mistaken], "contact")

    answer(cast, mistaken, "theirs")

    # It was told already: nobody is asked again.
    assert organisation(mistaken).phone == e164(other.phone)
    assert item(mistaken).asked["website"]["outcome"] == "told"
    assert "known-doubt" not in page(cast, f"/leads/{mistaken.pk}/")


def test_a_website_that_is_not_theirs_is_taken_away_and_not_offered_again(
    vendors: Running, mistaken: Lead, firms: Sequence[Any], enrich: Enrich, cast: Cast
) -> None:
    _, other = firms
    enrich([mistaken], "contact")

    answer(cast, mistaken, "not-theirs")

    here = organisation(mistaken)
    assert (here.website, here.domain) == ("", "")
    assert "known-doubt" not in page(cast, f"/leads/{mistaken.pk}/")
    rows = Fact.across_tenants.filter(organisation=here, field="website")
    assert [each.status for each in rows] == ["dismissed"]
    enrich([mistaken], *ALL)
    assert learnt_of(mistaken, other) == []
    assert asked_by(vendors, other.domain) == []


def page(cast: Cast, url: str) -> str:
    return as_person(cast.ben).get(url).content.decode()


def answer(cast: Cast, lead: Lead, verb: str) -> None:
    answered = as_person(cast.ben).post(f"/leads/{lead.pk}/website/{verb}/", follow=True)
    assert answered.status_code == 200
