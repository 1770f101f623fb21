"""Everybody of a company at once, as they are or as they would be."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from crm.tenants import scope, supposing
from crm.tenants.models import Membership, Reach, Team, Tenant
from crm.tenants.supposing import AS_IT_IS, Supposition


@dataclass(frozen=True)
class Company:
    """`members` by person, each with their team at hand."""

    tenant: Tenant
    members: dict[UUID, Membership]
    teams: dict[UUID, Team]
    what: Supposition = AS_IT_IS

    def supposing(self, what: Supposition) -> "Company":
        """Give the company as it would be."""
        tenant = what.company(self.tenant)
        teams = {pk: team for pk, team in self.teams.items() if pk not in what.dissolved}
        touched = {
            person
            for person, each in self.members.items()
            if what.settings
            or what.left
            or person in what.roles
            or person in what.teams
            or each.team_id in what.dissolved
        }
        members = {
            person: _with_team(supposing.member(each, what, tenant), teams)
            if person in touched
            else each
            for person, each in self.members.items()
            if person not in what.left
        }
        return Company(tenant, members, teams, what)

    def member(self, person: UUID | None) -> Membership | None:
        """Give the member who is this person, or took over from them; None if nobody is."""
        return self.members.get(self.what.left.get(person, person)) if person else None

    def member_again(self, member: Membership) -> Membership | None:
        """Give the same member as they are in this company; None if they would have left."""
        return self.members.get(member.user_id)

    @cached_property
    def led(self) -> dict[UUID, frozenset[UUID]]:
        """The teams that a person leads."""
        led: dict[UUID, set[UUID]] = {}
        for team in self.teams.values():
            if team.lead_id:
                led.setdefault(team.lead_id, set()).add(team.pk)
        return {person: frozenset(teams) for person, teams in led.items()}

    @cached_property
    def rosters(self) -> dict[UUID, frozenset[UUID]]:
        """Who is in each team."""
        rosters: dict[UUID, set[UUID]] = {team: set() for team in self.teams}
        for person, each in self.members.items():
            if each.team_id in rosters:
                rosters[each.team_id].add(person)
        return {team: self.what.heirs(frozenset(people)) for team, people in rosters.items()}

    def scope_of(self, viewer: Membership) -> tuple[Reach, bool, frozenset[frozenset[UUID]]]:
        """Give what the member's scope follows from, to compare one company with another."""
        how_far = scope.reach(viewer)
        if how_far == Reach.ALL:
            return how_far, True, frozenset()
        teams = self.led.get(viewer.user_id, frozenset())
        if how_far == Reach.TEAM and viewer.team_id:
            teams |= {viewer.team_id}
        own = self.what.heirs(frozenset({viewer.user_id}))
        rosters = {own, *(self.rosters.get(team, frozenset()) for team in teams)}
        return how_far, viewer.tenant.shows_unowned, frozenset(rosters)


def read(tenant: Tenant) -> Company:
    """Ask once for everybody and once for the teams."""
    teams = {team.pk: team for team in Team.of(tenant).select_related("lead")}
    rows = Membership.of(tenant).select_related("user")
    members = {}
    for each in rows:
        Membership.tenant.field.set_cached_value(each, tenant)
        members[each.user_id] = _with_team(each, teams)
    return Company(tenant, members, teams)


def _with_team(membership: Membership, teams: dict[UUID, Team]) -> Membership:
    # The descriptor's checks would take longer than all else for ten thousand.
    team = teams.get(membership.team_id) if membership.team_id else None
    Membership.team.field.set_cached_value(membership, team)
    return membership
