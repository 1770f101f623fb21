"""The two pages that say who sees what and why, and what a change would change."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from crm.ledger.models import AuditEntry
from crm.tenants import teams
from crm.tenants.models import Membership, Reach, Role, Team, User
from leads.models import Lead
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import LeadFactory, OriginFactory, SavedViewFactory
from tests.people import Cast, as_person
from tests.why.worlds import make_team, share

pytestmark = pytest.mark.django_db


def member(cast: Cast, person: User) -> Membership:
    return Membership.of(cast.tenant).select_related("tenant", "user", "team").get(user=person)


def in_team(cast: Cast, name: str, *people: User, lead: User | None = None) -> Team:
    team = make_team(cast.tenant, name, lead)
    for person in people:
        teams.place(member(cast, person), team, by=cast.ada)
    return team


def who(browser: Client, row: Any, **asked: str) -> str:
    label = f"{row._meta.app_label}/{row._meta.model_name}"
    return words(html(browser, f"/admin/{label}/{row.pk}/who-sees/", asked))


def sees(browser: Client, membership: Membership, **asked: str) -> str:
    return words(html(browser, f"/admin/tenants/membership/{membership.pk}/sees/", asked))


def html(browser: Client, path: str, asked: dict[str, str]) -> str:
    answer = browser.get(path, asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def words(page: str) -> str:
    """What a reader reads, without the markup between."""
    return " ".join(re.sub(r"<[^>]*>", "", page).split())


def test_each_sort_of_reason_is_said(cast: Cast, lead: Lead, reps_see_their_own: None) -> None:
    sam, ada = lead.owner, as_person(cast.ada)
    assert sam is not None
    cast.tenant.rep_reach = Reach.TEAM
    cast.tenant.save()
    in_team(cast, "North", sam, cast.ben, lead=cast.vera)
    share(lead, cast.ben, by=cast.ada)
    campaign = CampaignFactory(tenant=cast.tenant, name="Dentists of Fife", created_by=cast.ada)
    OriginFactory(lead=lead, ref=campaign.pk)
    share(campaign, cast.vera, by=cast.ada)
    page = who(ada, lead)
    today = timezone.localtime().strftime("%-d %b %Y")
    for said in (
        "Ada is an owner: owners see everything.",
        "Sam owns it.",
        "Ben and the owner Sam are both in North, and reps see what their team owns.",
        "Vera leads North, and its member Sam owns it.",
        f"Shared with Ben by Ada on {today}.",
        f"Found by “Dentists of Fife”. Shared with Vera by Ada on {today}.",
        "Found by “Dentists of Fife”. Ada made it.",
        "4 of 4 members see this lead.",
    ):
        assert said in page, said
    links = html(ada, f"/admin/leads/lead/{lead.pk}/who-sees/", {})
    for href in (
        f"/admin/tenants/membership/{member(cast, cast.ben).pk}/change/",
        f"/admin/tenants/team/{Team.of(cast.tenant).get().pk}/change/",
        "/admin/tenants/tenant/",
        f"/admin/tenants/membership/{member(cast, cast.ben).pk}/sees/#shares",
        campaign.get_absolute_url(),
    ):
        assert f'href="{href}"' in links, href


def test_whoever_does_not_see_it_is_told_why(
    cast: Cast, lead: Lead, reps_see_their_own: None
) -> None:
    ada = as_person(cast.ada)
    page = who(ada, lead)
    assert "2 of 4 members see this lead." in page
    assert "Reps see their own; this one is Sam’s." in page
    assert "Viewers see their own; this one is Sam’s." in page
    Lead.of(cast.tenant).update(owner=None)
    assert "Reps see their own and not those that nobody owns; nobody owns this one" in who(
        ada, lead
    )
    cast.tenant.rep_reach = Reach.TEAM
    cast.tenant.save()
    Lead.of(cast.tenant).update(owner=lead.owner)
    assert "Reps see their team’s, and Ben is in no team; this one is Sam’s" in who(ada, lead)
    Membership.of(cast.tenant).filter(user=lead.owner).delete()
    assert "this one is Sam’s, who has left." in who(ada, lead)


def test_the_company_lets_everybody_see_everything(cast: Cast, lead: Lead) -> None:
    page = who(as_person(cast.ada), lead)
    assert "The company lets reps see all leads." in page
    assert "The company lets viewers see all leads." in page


def test_a_campaign_tells_it_too(cast: Cast, reps_see_their_own: None) -> None:
    campaign = CampaignFactory(tenant=cast.tenant, created_by=cast.ben)
    page = who(as_person(cast.ada), campaign)
    assert "Ben made it." in page
    assert "Viewers see their own; this one is Ben’s." in page
    assert "2 of 3 members see this campaign." in page


def test_a_member_is_searched_for(cast: Cast, lead: Lead) -> None:
    ada = as_person(cast.ada)
    page = who(ada, lead, q="ben acme")
    assert "The company lets reps see all leads." in page
    assert "Vera Viewer" not in page
    assert "No member’s name or e-mail holds “zzz”." in who(ada, lead, q="zzz")
    assert "Ben" in who(ada, lead, page="x")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"if": "rep_reach", "to": "own"}, "If reps saw their own: 1 would lose sight of it, 0"),
        ({"if": "viewer_reach", "to": "all"}, "nobody would lose or gain sight of it"),
        ({"if": "shows_unowned", "to": "no"}, "nobody would lose or gain sight of it"),
        ({"if": "rep_reach", "to": "some"}, "Choose how far they would see"),
        ({"if": "shows_unowned", "to": ""}, "Choose whether leads that nobody owns"),
        ({"if": "magic", "to": "own"}, "Choose one of the changes that are offered below."),
        ({"if": "role", "member": "x", "to": "rep"}, "This person is no member any more."),
        ({"if": "team", "member": "", "to": ""}, "This person is no member any more."),
        ({"if": "dissolve", "to": "South"}, "There is no team called “South”."),
        ({"if": "dissolve", "to": ""}, "This team is not there any more."),
        ({"if": "dissolve", "to": str(uuid4())}, "This team is not there any more."),
        ({"if": "share", "share": "leads.leadwithperson:99"}, "This share is not there any more."),
        ({"if": "share", "share": "auth.user:" + "9" * 40}, "This share is not there any more."),
        ({"if": "share", "share": "²"}, "This share is not there any more."),
    ],
)
def test_what_would_be_is_said_and_nothing_is_changed(
    cast: Cast, lead: Lead, asked: dict[str, str], said: str
) -> None:
    before = AuditEntry.objects.count()
    assert said in who(as_person(cast.ada), lead, **asked)
    cast.tenant.refresh_from_db()
    assert cast.tenant.rep_reach == Reach.ALL
    assert AuditEntry.objects.count() == before


def test_a_role_and_a_share_are_thought_through(
    cast: Cast, lead: Lead, reps_see_their_own: None
) -> None:
    ada, ben = as_person(cast.ada), member(cast, cast.ben)
    row = share(lead, cast.ben, by=cast.ada)
    page = who(
        ada, lead, **{"if": "role", "member": str(member(cast, cast.vera).pk), "to": "manager"}
    )
    assert "If Vera were a manager: 0 would lose sight of it, 1 would gain it." in page
    assert "Vera is a manager: managers see everything." in page
    key = f"leads.leadwithperson:{row.pk}"
    page = who(ada, lead, **{"if": "share", "share": key})
    assert "If This lead were no longer shared with Ben: 1 would lose sight of it" in page
    page = sees(ada, ben, **{"if": "share", "share": key})
    assert "If Quay Dental were no longer shared with Ben" in page
    assert "would lose 1 lead" in page


def test_what_a_person_sees_by_each_reason(
    cast: Cast, lead: Lead, reps_see_their_own: None
) -> None:
    ada, ben = as_person(cast.ada), member(cast, cast.ben)
    assert "sees 0 leads and 0 campaigns" in sees(ada, ben)
    LeadFactory(organisation__tenant=cast.tenant, owner=cast.ben)
    campaign = CampaignFactory(tenant=cast.tenant, created_by=cast.ben)
    found = LeadFactory(organisation__tenant=cast.tenant)
    OriginFactory(lead=found, ref=campaign.pk)
    in_team(cast, "North", cast.ben)
    share(lead, Team.of(cast.tenant).get(), by=cast.ada)
    page = sees(ada, ben)
    for said in (
        "Ben is a rep in North, and sees 3 leads and 1 campaign.",
        "Ben owns them.",
        "Found by campaigns. Ben made them.",
        "Shared with the team North.",
        "Quay Dental",
    ):
        assert said in page, said


def test_the_company_s_saved_views_are_told_of_and_nobody_s_own(cast: Cast) -> None:
    for name, is_for_all in (("Hot in Fife", True), ("Ada’s own", False)):
        SavedViewFactory(tenant=cast.tenant, owner=cast.ada, name=name, is_for_all=is_for_all)
    page = sees(as_person(cast.ada), member(cast, cast.ben))
    assert "and 1 saved view of the company." in page
    assert "Shown to the whole company: everybody has them" in page
    assert "Hot in Fife" in page
    assert "Ada’s own" not in page


def test_a_share_is_taken_back_there(cast: Cast, lead: Lead, reps_see_their_own: None) -> None:
    ada, ben = as_person(cast.ada), member(cast, cast.ben)
    row = share(lead, cast.ben, by=cast.ada)
    assert "Take back" in sees(ada, ben)
    path = f"/admin/tenants/membership/{ben.pk}/sees/revoke/"
    key = f"leads.leadwithperson:{row.pk}"
    assert as_person(cast.ben).post(path, {"share": key}).status_code == 403
    # Another member's page takes back that member's shares alone.
    vera = f"/admin/tenants/membership/{member(cast, cast.vera).pk}/sees/revoke/"
    assert "not there any more" in ada.post(vera, {"share": key}, follow=True).content.decode()
    assert type(row).objects.filter(pk=row.pk).exists()
    said = ada.post(path, {"share": key}, follow=True).content.decode()
    assert "Quay Dental is no longer shared with Ben." in said
    assert "Nothing is shared with them." in said
    assert "not there any more" in ada.post(path, {"share": key}, follow=True).content.decode()
    assert AuditEntry.objects.filter(verb="no longer shared", actor="Ada").count() == 1


def test_a_team_moves_what_others_see_too(cast: Cast, lead: Lead, reps_see_their_own: None) -> None:
    cast.tenant.rep_reach = Reach.TEAM
    cast.tenant.save()
    sam, ada = lead.owner, as_person(cast.ada)
    assert sam is not None
    in_team(cast, "North", sam, cast.ben)
    in_team(cast, "South", cast.join("Nora", Role.REP))
    page = sees(
        ada, member(cast, sam), **{"if": "team", "member": str(member(cast, sam).pk), "to": "south"}
    )
    assert "If Sam were in South" in page
    assert "2 others whom it touches" in page
    assert page.count("would lose 1 lead") == 1
    assert page.count("would gain 1 lead") == 1


def test_it_is_for_those_who_look_after_the_company(cast: Cast, lead: Lead) -> None:
    path = f"/admin/tenants/membership/{member(cast, cast.ben).pk}/sees/"
    for person in (cast.ben, cast.vera):
        assert as_person(person).get(path).status_code == 403
    assert as_person(cast.charlie).get(path).status_code == 404
    ada = as_person(cast.ada)
    for page in (
        f"/admin/leads/lead/{lead.pk}/change/",
        f"/admin/tenants/membership/{member(cast, cast.ben).pk}/change/",
    ):
        said = ada.get(page).content.decode()
        assert "/who-sees/" in said or "/sees/" in said


def test_a_thousand_members_cost_no_more_questions_than_three(
    cast: Cast, lead: Lead, django_assert_max_num_queries: Any
) -> None:
    people = User.objects.bulk_create(
        User(email=f"p{n}@acme.example", name=f"Person {n:04}") for n in range(1000)
    )
    Membership.of(cast.tenant).bulk_create(
        Membership(tenant=cast.tenant, user=person, role=Role.REP) for person in people
    )
    ada = as_person(cast.ada)
    with django_assert_max_num_queries(30):
        page = who(ada, lead, **{"if": "rep_reach", "to": "own"})
    assert "1,004 of 1,004 members see this lead." in page
    assert "1,001 would lose sight of it" in page
    assert "These are the first 20 of 1,001." in page
    assert "1 to 50 of 1,004" in page
    assert "Person 0999" in who(ada, lead, page="21")
