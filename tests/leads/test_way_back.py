"""The link at the head of a lead's page leads back to where somebody came from, and only there."""

import pytest

from leads.models import Lead
from leads.page import way_back
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


@pytest.fixture
def lead(cast: Cast) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))


@pytest.mark.parametrize(
    ("came", "label"),
    [
        ("/leads/?tier=hot&sort=name&after=x", "Leads"),
        ("/search/?q=quay", "Search"),
        ("/board/?tier=hot", "Board"),
        ("/", "Dashboard"),
    ],
)
def test_it_leads_back_to_where_one_came_from_also_after_a_form(
    cast: Cast, lead: Lead, came: str, label: str
) -> None:
    ben, own = as_person(cast.ben), lead.get_absolute_url()
    shown = f'<a href="{came.replace("&", "&amp;")}">{label}</a>'
    assert shown in ben.get(own, headers={"Referer": HERE + came}).content.decode()
    itself = {"Referer": HERE + own}
    sent = ben.post(f"{own}notes/", {"text": "Hello"}, headers=itself, follow=True)
    assert shown in sent.content.decode()
    assert shown in ben.post(f"{own}notes/", {"text": ""}, headers=itself).content.decode()


@pytest.mark.parametrize(
    "came",
    [
        "https://evil.example/leads/?tier=hot",
        "http://testserver.evil.example/leads/",
        "//evil.example/leads/",
        "javascript:alert(1)",
        f"{HERE}//evil.example/leads/",
        f"{HERE}/nowhere/",
        f"{HERE}/leads/merges/",
        "http://[",
        "",
    ],
)
def test_from_anywhere_else_it_leads_to_the_board(cast: Cast, lead: Lead, came: str) -> None:
    page = as_person(cast.ben).get(lead.get_absolute_url(), headers={"Referer": came})
    assert '<a href="/board/">Board</a>' in page.content.decode()
    assert "evil" not in page.content.decode()


def test_it_goes_by_the_lead_and_remembers_a_few(cast: Cast) -> None:
    homes = (OrganisationFactory(tenant=cast.tenant) for _ in range(way_back.MOST + 1))
    leads = [LeadFactory(organisation=home) for home in homes]
    ben = as_person(cast.ben)
    for number, each in enumerate(leads):
        came = {"Referer": f"{HERE}/leads/?q=word{number}"}
        ben.get(each.get_absolute_url(), headers=came)
    shown = [ben.get(each.get_absolute_url()).context["back"].url for each in leads]
    assert shown == ["/board/", *(f"/leads/?q=word{n}" for n in range(1, len(leads)))]
