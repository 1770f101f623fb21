"""On the page of proposed values: how sure what stands there now is, and who says so."""

from typing import Any

import pytest

from crm.tenants.models import Tenant
from leads.enriching import waiting
from leads.models import Fact, Lead
from tests.enriching.rows import fact, proof
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

PAGE = "/enrichment/proposals/"
OLD, NEW = "Office Manager", "PA to the Directors"


@pytest.fixture
def lead(db: None, cast: Cast) -> Lead:
    organisation = OrganisationFactory(tenant=cast.tenant, name="Quay Smiles", employees=10)
    contact = ContactFactory(organisation=organisation, name="Jenna Pascoe", job_title=OLD)
    return LeadFactory(organisation=organisation, contact=contact, owner=cast.ben)


def rows(tenant: Tenant) -> dict[str, waiting.Row]:
    facts = Fact.of(tenant).filter(status="proposed").select_related("contact", "organisation")
    return {row.fact.field: row for row in map(waiting.row, facts)}


def page(cast: Cast) -> str:
    return " ".join(as_person(cast.ben).get(PAGE).content.decode().split())


def test_the_present_value_stands_with_its_certainty_and_its_sources(
    lead: Lead, cast: Cast
) -> None:
    assert lead.contact is not None
    said = [proof("hunter_search", "provider_checked"), proof("apollo_people", "provider_checked")]
    denied = proof("companies_house", "register", is_denied=True)
    fact(lead.contact, "job_title", OLD, *said, denied, status="applied", sureness=0.9)
    fact(lead.contact, "job_title", NEW, "website")
    fact(ContactFactory(organisation=lead.organisation), "job_title", OLD, status="applied")

    behind = rows(cast.tenant)["job_title"].behind

    assert behind is not None
    assert behind.told_by.count(",") == 1
    shown = page(cast)
    assert f"<span>{behind.sure} · {behind.told_by}</span>" in shown
    assert shown.index(OLD) < shown.index(behind.told_by) < shown.index(NEW)


def test_who_accepted_the_present_value_is_said(lead: Lead, cast: Cast) -> None:
    used = {"status": "applied", "decided_by": cast.ada}
    fact(lead.organisation, "employees", 10, **used, decided_at=lead.created_at)
    fact(lead.organisation, "employees", 24, "companies_house")

    assert "<span>Accepted by Ada · " in page(cast)


def test_of_a_value_without_a_column_it_is_the_one_in_use(lead: Lead, cast: Cast) -> None:
    used = fact(lead.organisation, "turnover", 100_000, "hunter_company", status="applied")
    fact(lead.organisation, "turnover", 250_000, "companies_house")

    row = rows(cast.tenant)["turnover"]

    assert row.behind is not None
    assert row.behind.fact == used
    assert row.now is not None
    assert row.now.text == "£100,000"


def test_what_no_source_has_told_stands_bare(lead: Lead, cast: Cast) -> None:
    fact(lead.organisation, "employees", 12, "hunter_company", status="superseded")
    fact(lead.organisation, "employees", 24, "companies_house")

    assert "proposed-behind" not in page(cast)


def test_of_many_sources_the_first_are_named(lead: Lead, cast: Cast) -> None:
    many = ("website", "hunter_company", "companies_house", "apollo_people", "patterns")
    fact(lead.organisation, "employees", 10, *many, status="applied")
    fact(lead.organisation, "employees", 24)

    behind = rows(cast.tenant)["employees"].behind

    assert behind is not None
    assert behind.told_by.endswith(", 2 more")


def test_it_takes_no_more_queries_however_many_there_are(
    lead: Lead, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        place = OrganisationFactory(tenant=cast.tenant, employees=10)
        LeadFactory(organisation=place, owner=cast.ben)
        used = {"status": "applied", "decided_by": cast.ada}
        fact(place, "employees", 10, **used, decided_at=lead.created_at)
        fact(place, "employees", 20 + number)
    ben = as_person(cast.ben)
    with django_assert_max_num_queries(22):
        shown = ben.get(PAGE).content.decode()
    assert shown.count("proposed-behind") == 8
