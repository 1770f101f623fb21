"""A lead's page tells risks and opportunities, each with what it rests on and what to do."""

import pytest

from leads.models import Fact
from tests.factories.leads import LeadFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def test_facts_become_risks_and_opportunities(cast: Cast) -> None:
    lead = LeadFactory(tenant=cast.tenant, owner=cast.ben)
    told = {"is_insolvent": True, "vacancies": ["Van driver"]}
    for field, value in told.items():
        Fact.of(cast.tenant).create(
            tenant=cast.tenant, organisation=lead.organisation, field=field, key=field,
            value=value, status="applied", source="companies_house", way="register",
            seen_on="2026-11-20", old_on="2027-11-20",
        )  # fmt: skip
    page = as_person(cast.ben).get(f"/leads/{lead.pk}/insights/").content.decode()
    assert page.index("In insolvency") < page.index("Hires")
    assert "Van driver" in page
    assert "take no order on credit" in page


def test_where_nothing_is_known_it_says_what_to_do(cast: Cast) -> None:
    lead = LeadFactory(tenant=cast.tenant, owner=cast.ben)
    page = as_person(cast.ben).get(
        f"/leads/{lead.pk}/insights/", headers={"HX-Request": "true"}
    )
    assert page.status_code == 200
    assert "<html" not in page.content.decode()


def test_a_stranger_sees_nothing_of_it(cast: Cast) -> None:
    lead = LeadFactory(tenant=cast.tenant, owner=cast.ben)
    assert as_person(cast.charlie).get(f"/leads/{lead.pk}/insights/").status_code == 404
