"""Teams, and the groups that mirror them, whichever way somebody got in or out."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from crm.joining import invitations
from crm.ledger.models import AuditEntry
from crm.sharing import held
from crm.tenants import handovers, leaving, teams
from crm.tenants.handovers import Takers
from crm.tenants.models import Membership, Role, Team, Tenant, User
from leads.models import Lead
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
TEAMS = "/admin/tenants/team/"


@pytest.fixture
def north(cast: Cast) -> Team:
    return teams.make(cast.tenant, "North", by=cast.ada)


@pytest.fixture
def south(cast: Cast) -> Team:
    return teams.make(cast.tenant, "South", lead=cast.ben, by=cast.ada)


def row_of(person: User) -> Membership:
    return person.memberships.select_related("tenant", "team", "user").get()


def agree(*tenants: Tenant) -> bool:
    """Whether everybody is in the groups of the teams that they are in, and in no other."""
    return all(
        set(person.groups.all())
        == {row.team.group for row in person.memberships.all() if row.team is not None}
        for tenant in tenants
        for person in User.objects.filter(memberships__tenant=tenant)
    )


def save(by: User, team: Team | None, **given: Any) -> Any:
    path = f"{TEAMS}{team.pk}/change/" if team else f"{TEAMS}add/"
    return as_person(by).post(path, given, follow=True)


def test_a_manager_makes_a_team_with_its_lead_and_members(cast: Cast) -> None:
    mia = cast.join("Mia", Role.MANAGER)
    chosen = [str(row_of(person).pk) for person in (cast.ben, cast.vera)]
    save(mia, None, name="North", lead=str(cast.ben.pk), members=chosen)
    team = Team.of(cast.tenant).get()
    assert (team.name, team.lead, team.group.name) == ("North", cast.ben, str(team.pk))
    assert {row.user for row in team.members.all()} == {cast.ben, cast.vera}
    assert agree(cast.tenant)
    verbs = AuditEntry.objects.filter(tenant_id=cast.tenant.pk).values_list("actor", "verb")
    assert {("Mia", "created"), ("Mia", "changed")} <= set(verbs)


def test_groups_follow_members_by_every_way(cast: Cast, north: Team, south: Team) -> None:
    ada = row_of(cast.ada)
    # By the member's form.
    form = {"role": Role.REP, "team": str(north.pk), "seen_version": row_of(cast.ben).version}
    path = f"/admin/tenants/membership/{row_of(cast.ben).pk}/change/"
    as_person(cast.ada).post(path, form)
    assert row_of(cast.ben).team == north
    assert agree(cast.tenant)
    # By the team's form.
    save(cast.ada, south, name="South", lead="", members=[str(row_of(cast.ben).pk)])
    assert row_of(cast.ben).team == south
    assert agree(cast.tenant)
    # By an invitation.
    sent = invitations.invite("dora@acme.example", role=Role.REP, team=south, by=ada)
    Client().post(sent.path, {"name": "Dora", "password": "a quiet harbour at dawn"})
    assert south.members.count() == 2
    assert agree(cast.tenant)
    # By leaving.
    leaving.leave(row_of(cast.ben).pk, takers=Takers(), by=ada)
    assert not cast.ben.groups.exists()
    # By the end of the team.
    as_person(cast.ada).post(f"{TEAMS}{south.pk}/delete/", {"members_to": str(north.pk)})
    assert [row.user.name for row in north.members.all()] == ["Dora"]
    assert agree(cast.tenant)
    assert not Group.objects.filter(name=str(south.pk)).exists()


def test_somebody_of_two_companies_keeps_the_team_in_the_other(cast: Cast, north: Team) -> None:
    theirs = teams.make(cast.other, "Theirs", by=cast.charlie)
    ours = Membership.of(cast.tenant).create(tenant=cast.tenant, user=cast.charlie, role=Role.REP)
    teams.place(row_of(cast.ben), north, by=cast.ada)
    teams.place(Membership.of(cast.other).get(user=cast.charlie), theirs, by=cast.charlie)
    teams.place(ours, north, by=cast.ada)
    assert agree(cast.tenant, cast.other)
    leaving.leave(ours.pk, takers=Takers(), by=row_of(cast.ada))
    assert list(cast.charlie.groups.all()) == [theirs.group]
    assert agree(cast.tenant, cast.other)


def test_what_is_shared_with_a_team_goes_where_one_says(
    cast: Cast, north: Team, south: Team
) -> None:
    table = held.with_teams(Lead)
    leads = [LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant)) for _ in range(3)]
    for lead in leads:
        share(table, north, lead)
    share(table, south, leads[0])
    as_person(cast.ada).post(f"{TEAMS}{north.pk}/delete/", {"shares_to": str(south.pk)})
    assert {row.content_object for row in table.objects.filter(group=south.group)} == set(leads)
    as_person(cast.ada).post(f"{TEAMS}{south.pk}/delete/", {})
    assert not table.objects.exists()
    assert not Team.of(cast.tenant).exists()
    assert AuditEntry.objects.filter(verb="no longer shared").count() == 4


def share(table: Any, team: Team, lead: Lead) -> None:
    seen = table.objects.model._meta.get_field("permission").related_model.objects
    permission = seen.get(codename="view_lead")
    table.objects.create(group=team.group, content_object=lead, permission=permission)


def test_two_teams_have_two_names(cast: Cast, north: Team) -> None:
    answer = save(cast.ada, None, name="NORTH", lead="")
    assert "There is a team of this name already." in answer.content.decode()
    assert Team.of(cast.tenant).count() == 1
    save(cast.charlie, None, name="North", lead="")
    assert Team.of(cast.other).count() == 1


def test_forged_ids_reach_no_other_company(cast: Cast, north: Team) -> None:
    charlies = row_of(cast.charlie)
    for field in ({"lead": str(cast.charlie.pk)}, {"lead": "", "members": [str(charlies.pk)]}):
        answer = save(cast.ada, north, **{"name": "North"} | field)
        assert "not one of the available choices" in answer.content.decode()
    save(cast.charlie, north, name="Theirs", lead="")
    as_person(cast.charlie).post(f"{TEAMS}{north.pk}/delete/", {})
    north.refresh_from_db()
    assert (north.name, north.lead) == ("North", None)
    assert row_of(cast.charlie).team is None


def test_teams_are_no_rep_s_business(cast: Cast, north: Team) -> None:
    for person in (cast.ben, cast.vera):
        assert save(person, north, name="Mine", lead="").status_code == 403
        assert as_person(person).post(f"{TEAMS}{north.pk}/delete/").status_code in (302, 403)
    north.refresh_from_db()
    assert north.name == "North"


def test_who_takes_over_may_work_with_it(cast: Cast) -> None:
    takers = handovers.candidates(cast.tenant, cast.ada, handovers.Question.LEADS)
    assert takers == [cast.ben]
