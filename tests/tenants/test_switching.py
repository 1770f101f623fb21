"""Somebody who works for two companies goes from one to the other."""

from uuid import uuid4

import pytest

from crm.ledger.models import AuditEntry
from crm.tenants.models import Role
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.factories.tenants import MembershipFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(cast: Cast) -> Cast:
    """Ben sells for Acme, and looks on at Rival."""
    MembershipFactory(tenant=cast.other, user=cast.ben, role=Role.VIEWER)
    return cast


def test_the_frame_offers_the_other_company(both: Cast) -> None:
    page = as_person(both.ben).get("/leads/").content.decode()
    menu = page.partition('<details class="switcher">')[2].partition("</details>")[0]
    assert f"<span>{both.tenant}</span>" in menu
    assert 'action="/company/"' in menu
    assert f'value="{both.other.pk}"' in menu
    assert "switcher" not in as_person(both.vera).get("/leads/").content.decode()


def test_changing_brings_the_other_s_rows_and_role(both: Cast) -> None:
    LeadFactory(organisation=OrganisationFactory(tenant=both.tenant, name="Harbour Dental"))
    LeadFactory(organisation=OrganisationFactory(tenant=both.other, name="Rival Pharmacy"))
    browser = as_person(both.ben)
    for company, seen, hidden in (
        (both.other, "Rival Pharmacy", "Harbour Dental"),
        (both.tenant, "Harbour Dental", "Rival Pharmacy"),
    ):
        answer = browser.post("/company/", {"company": str(company.pk)})
        assert answer.headers["Location"] == "/"
        page = browser.get("/leads/").content.decode()
        assert seen in page
        assert hidden not in page


@pytest.mark.parametrize("wanted", ["theirs", "nobody's", "x", ""])
def test_a_company_that_is_not_theirs_does_not_exist(cast: Cast, wanted: str) -> None:
    value = {"theirs": str(cast.other.pk), "nobody's": str(uuid4())}.get(wanted, wanted)
    browser = as_person(cast.ben)
    assert browser.post("/company/", {"company": value}).status_code == 404
    entry = AuditEntry.objects.latest("id")
    assert (entry.actor, entry.verb) == ("Ben", "was refused another company as")
    assert f'<p class="tenant">{cast.tenant}</p>' in browser.get("/leads/").content.decode()


def test_a_link_into_the_other_company_offers_to_change(both: Cast) -> None:
    lead = LeadFactory(organisation=OrganisationFactory(tenant=both.other, name="Rival Pharmacy"))
    browser, path = as_person(both.ben), f"/leads/{lead.pk}/"
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "Rival Pharmacy" not in answer.content.decode()
    assert f'name="next" value="{path}"' in answer.content.decode()
    there = browser.post("/company/", {"company": str(both.other.pk), "next": path}, follow=True)
    assert there.redirect_chain == [(path, 302)]
    assert "Rival Pharmacy" in there.content.decode()


def test_nobody_is_led_to_another_site(both: Cast) -> None:
    given = {"company": str(both.other.pk), "next": "https://evil.example/"}
    assert as_person(both.ben).post("/company/", given).headers["Location"] == "/"


def test_who_left_the_chosen_company_works_for_the_other(both: Cast) -> None:
    browser = as_person(both.ben)
    browser.post("/company/", {"company": str(both.other.pk)})
    both.ben.memberships.get(tenant=both.other).delete()
    assert f'<p class="tenant">{both.tenant}</p>' in browser.get("/leads/").content.decode()


def test_colleagues_show_names_teams_and_roles_alone(both: Cast) -> None:
    page = as_person(both.vera).get("/people/").content.decode()
    for name in ("Ada", "Ben", "Vera"):
        assert f"<b>{name}</b>" in page
    assert "Charlie" not in page
    assert both.ben.email not in page
    assert "Invite" not in page
