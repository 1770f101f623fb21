"""Shares: given once, written down, taken back at once, and within the company alone."""

from typing import Any

import pytest
from django.contrib.auth.models import Group

from crm.ledger.models import AuditEntry
from crm.notices.models import Notice
from crm.sharing import held, shares
from crm.tenants.models import Membership, Reach, Role, Team
from leads.models import Lead
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import LeadFactory, OrganisationFactory, SavedViewFactory
from tests.factories.tenants import TenantFactory
from tests.people import Cast, as_person, joined

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(cast: Cast) -> Cast:
    cast.tenant.rep_reach = cast.tenant.viewer_reach = Reach.OWN
    cast.tenant.shows_unowned = False
    cast.tenant.save()
    return cast


@pytest.fixture
def lead(own: Cast) -> Lead:
    organisation = OrganisationFactory(tenant=own.tenant, name="Harbour Dental")
    return LeadFactory(organisation=organisation, owner=own.ada)


@pytest.fixture
def team(own: Cast) -> Team:
    """Vera's."""
    group = Group.objects.create(name="north")
    found = Team.of(own.tenant).create(tenant=own.tenant, name="North", group=group)
    Membership.of(own.tenant).filter(user=own.vera).update(team=found)
    own.vera.groups.add(group)
    return found


def member(cast: Cast, person: Any) -> Membership:
    rows = Membership.of(cast.tenant).select_related("tenant", "user", "team")
    return rows.get(user=person)


def rows(cast: Cast, team: Team) -> dict[str, Any]:
    """One of each kind, of Ada's, by its address."""
    organisation = OrganisationFactory(tenant=cast.tenant, name="Harbour Dental")
    lead = LeadFactory(organisation=organisation, owner=cast.ada)
    campaign = CampaignFactory(tenant=cast.tenant, created_by=cast.ada)
    view = SavedViewFactory(tenant=cast.tenant, owner=cast.ada, name="Ada's view")
    found: dict[str, Any] = {"leads": lead, "campaigns": campaign, "leads/views": view}
    return {f"/{base}/{row.pk}/": row for base, row in found.items()}


def test_what_is_shared_is_seen_and_what_is_taken_back_is_not(own: Cast, team: Team) -> None:
    ada = as_person(own.ada)
    for address in rows(own, team):
        for person, whom in ((own.ben, f"person:{own.ben.pk}"), (own.vera, f"team:{team.pk}")):
            reader = as_person(person)
            assert reader.get(address).status_code == 404
            answer = ada.post(f"{address}shares/add/", {"with": whom}, follow=True)
            assert "Shared with" in answer.content.decode()
            assert reader.get(address).status_code in (200, 302), address
            panel = ada.get(f"{address}shares/").content.decode()
            assert f'value="{whom}"' in panel
            ada.post(f"{address}shares/remove/", {"with": whom})
            assert reader.get(address).status_code == 404


def test_shared_twice_is_once_written_down_and_told(own: Cast, lead: Lead) -> None:
    for _ in range(2):
        shares.share(lead, with_=own.ben, by=member(own, own.ada))
    given = held.with_people(Lead).objects.get()
    assert (given.user, given.by) == (own.ben, own.ada)
    assert AuditEntry.objects.filter(verb="shared", target_id=str(lead.pk)).count() == 1
    told = Notice.of(own.tenant).get()
    assert (told.user, told.text) == (own.ben, "Ada shared Harbour Dental with you.")
    shares.revoke(lead, with_=own.ben, by=member(own, own.ada))
    assert not shares.revoke(lead, with_=own.ben, by=member(own, own.ada))
    assert AuditEntry.objects.filter(verb="no longer shared").count() == 1


def test_a_team_s_members_are_told_and_a_later_member_sees_it_too(
    own: Cast, lead: Lead, team: Team
) -> None:
    shares.share(lead, with_=team, by=member(own, own.ada))
    assert [notice.user for notice in Notice.of(own.tenant)] == [own.vera]
    ben = as_person(own.ben)
    assert ben.get(f"/leads/{lead.pk}/").status_code == 404
    Membership.of(own.tenant).filter(user=own.ben).update(team=team)
    assert ben.get(f"/leads/{lead.pk}/").status_code == 200


def test_a_share_lets_a_viewer_look_and_not_work(own: Cast, lead: Lead) -> None:
    shares.share(lead, with_=own.vera, by=member(own, own.ada))
    vera = as_person(own.vera)
    page = vera.get(f"/leads/{lead.pk}/").content.decode()
    assert "Who sees it" in page
    assert "/shares/add/" not in vera.get(f"/leads/{lead.pk}/shares/").content.decode()
    assert vera.post(f"/leads/{lead.pk}/notes/", {"text": "Hello"}).status_code == 403
    answer = vera.post(f"/leads/{lead.pk}/shares/add/", {"with": f"person:{own.ben.pk}"})
    assert answer.status_code == 403


def test_nobody_shares_what_they_do_not_see(own: Cast, lead: Lead) -> None:
    with pytest.raises(shares.MayNotShare):
        shares.share(lead, with_=own.vera, by=member(own, own.ben))
    answer = as_person(own.ben).post(
        f"/leads/{lead.pk}/shares/add/", {"with": f"person:{own.vera.pk}"}
    )
    assert answer.status_code == 404
    assert not held.with_people(Lead).objects.exists()


def test_ids_of_another_company_are_unknown_and_written_down(own: Cast, lead: Lead) -> None:
    group = Group.objects.create(name="theirs")
    theirs = Team.of(own.other).create(tenant=own.other, name="Theirs", group=group)
    gone = joined(TenantFactory(), "Gone", "rep").user
    for whom in (
        f"person:{own.charlie.pk}",
        f"team:{theirs.pk}",
        f"person:{gone.pk}",
        "team:nonsense",
        "",
    ):
        answer = as_person(own.ada).post(f"/leads/{lead.pk}/shares/add/", {"with": whom})
        assert answer.status_code == 404, whom
    assert AuditEntry.objects.filter(verb="sharing was refused").count() == 5
    with pytest.raises(shares.NotOfTheCompany):
        shares.share(lead, with_=theirs, by=member(own, own.ada))
    assert not held.with_people(Lead).objects.exists()
    assert not held.with_teams(Lead).objects.exists()


def test_who_takes_back_their_own_share_stands_on_the_list(own: Cast, lead: Lead) -> None:
    shares.share(lead, with_=own.ben, by=member(own, own.ada))
    answer = as_person(own.ben).post(
        f"/leads/{lead.pk}/shares/remove/", {"with": f"person:{own.ben.pk}"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == "/leads/"
    assert "You no longer see Harbour Dental yourself." in answer.content.decode()


def test_people_are_searched_for_and_never_all_listed(own: Cast, lead: Lead) -> None:
    for number in range(30):
        joined(own.tenant, f"Person {number:02}", "rep")
    ada = as_person(own.ada)
    page = ada.get(f"/leads/{lead.pk}/shares/").content.decode()
    assert page.count('value="person:') == 8
    assert "There are more" in page
    found = ada.get(f"/leads/{lead.pk}/shares/", {"q": "person 17"}).content.decode()
    assert found.count('value="person:') == 1
    assert "Person 17" in found
    assert (
        "<html"
        not in ada.get(f"/leads/{lead.pk}/shares/", headers={"HX-Request": "true"}).content.decode()
    )


def test_a_notice_about_what_is_no_longer_seen_is_not_shown(own: Cast, lead: Lead) -> None:
    shares.share(lead, with_=own.ben, by=member(own, own.ada))
    ben = as_person(own.ben)
    assert ben.get("/leads/").context["bell"].count == 1
    shares.revoke(lead, with_=own.ben, by=member(own, own.ada))
    assert ben.get("/leads/").context["bell"].count == 0
    assert "Harbour Dental" not in ben.get("/notices/").content.decode()
    assert "Harbour Dental" not in ben.get("/notices/unread/").content.decode()


def test_a_share_goes_with_its_lead(own: Cast, lead: Lead) -> None:
    shares.share(lead, with_=own.ben, by=member(own, own.ada))
    Lead.of(own.tenant).filter(pk=lead.pk).delete()
    assert not held.with_people(Lead).objects.exists()


def test_who_was_let_see_it_takes_back_nobody_else_s_share(
    own: Cast, lead: Lead, team: Team
) -> None:
    cara = own.join("Cara", Role.REP)
    ada, ben = member(own, own.ada), as_person(own.ben)
    shares.share(lead, with_=own.ben, by=ada)
    shares.share(lead, with_=cara, by=ada)
    shares.share(lead, with_=team, by=member(own, own.ben))
    address = f"/leads/{lead.pk}/shares/"
    page = ben.get(address).content.decode()
    assert "No longer share with Ben" in page
    assert "No longer share with North" in page
    assert "No longer share with Cara" not in page
    answer = ben.post(f"{address}remove/", {"with": f"person:{cara.pk}"})
    assert answer.status_code == 403
    assert "Only who shared it, whose lead it is, or an owner or manager" in answer.content.decode()
    assert held.with_people(Lead).objects.filter(user=cara).exists()
    ben.post(f"{address}remove/", {"with": f"team:{team.pk}"})
    assert not held.with_teams(Lead).objects.exists()


def test_whose_it_is_takes_back_what_others_shared(own: Cast) -> None:
    cara = own.join("Cara", Role.REP)
    for row, prefix in (
        (LeadFactory(organisation=OrganisationFactory(tenant=own.tenant), owner=own.ben), "leads"),
        (CampaignFactory(tenant=own.tenant, created_by=own.ben), "campaigns"),
    ):
        shares.share(row, with_=cara, by=member(own, own.ada))
        address = f"/{prefix}/{row.pk}/shares/remove/"
        as_person(own.ben).post(address, {"with": f"person:{cara.pk}"})
        assert not held.with_people(type(row)).objects.exists()
