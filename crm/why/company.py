"""A company as it is or as it would be: asked for in one go, and never all of it put in hand."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower, NullIf

from crm.tenants import handovers, scope, supposing
from crm.tenants.handovers import Belongings, Question
from crm.tenants.models import Membership, Reach, Role, Team, Tenant
from crm.tenants.scope import Scope
from crm.tenants.supposing import AS_IT_IS, Supposition

# What goes to others with somebody who leaves, and is asked about here.
OWNED = (Question.LEADS, Question.CAMPAIGNS)
BY_NAME = (Lower(Coalesce(NullIf("user__name", Value("")), "user__email")), "pk")


class Place(NamedTuple):
    """Who has which role in which team."""

    person: UUID
    role: str
    team: UUID | None


@dataclass(frozen=True)
class Company:
    """Members are met as they are asked for; those of a page, and whoever a row belongs to."""

    tenant: Tenant
    teams: dict[UUID, Team]
    what: Supposition = AS_IT_IS
    before: "Company | None" = None
    met: dict[UUID, Membership | None] = field(default_factory=dict)
    counted: dict[UUID, Belongings] = field(default_factory=dict)

    def supposing(self, what: Supposition) -> "Company":
        """Give the company as it would be."""
        teams = {pk: team for pk, team in self.teams.items() if pk not in what.dissolved}
        return Company(what.company(self.tenant), teams, what, self)

    def rows(self) -> QuerySet[Membership]:
        """Give the members as they are, with the person of each, in the order of their names."""
        return Membership.of(self.tenant).select_related("user").order_by(*BY_NAME)

    def meet(self, rows: Iterable[Membership]) -> list[Membership]:
        """Give these members with all that their reasons follow from at hand."""
        found = []
        for each in rows:
            Membership.tenant.field.set_cached_value(each, self.tenant)
            team = self.teams.get(each.team_id) if each.team_id else None
            Membership.team.field.set_cached_value(each, team)
            self.met[each.user_id] = each
            found.append(each)
        return found

    def first(self, **which: Any) -> Membership | None:
        """Look for a member, among those who were met before."""
        for each in self.met.values():
            if each is not None and each.pk == which.get("pk"):
                return each
        return next(iter(self.meet(self.rows().filter(**which)[:1])), None)

    def member(self, person: UUID | None) -> Membership | None:
        """Give the member who is this person; None if nobody is."""
        if person is None:
            return None
        if person not in self.met:
            if self.before is None:
                self.met[person] = self.first(user=person)
            else:
                found = self.before.member(person)
                self.met[person] = self.member_again(found) if found else None
        return self.met[person]

    def member_again(self, member: Membership) -> Membership | None:
        """Give the same member as they are in this company; None if they would have left."""
        if member.user_id in self.what.left:
            return None
        other = supposing.member(member, self.what, self.tenant)
        self.meet([other])
        return other

    def belongings(self, member: Membership) -> Belongings:
        """Count what would go to others with the member, once."""
        if member.user_id not in self.counted:
            found = handovers.count(self.tenant, member.user, OWNED)
            self.counted[member.user_id] = found
        return self.counted[member.user_id]

    # Conditions on the rows of members: they hold of the members as they would be.

    def stays(self) -> Q:
        return ~Q(user__in=self.what.left)

    def plays(self, roles: Collection[str]) -> Q:
        """Mean those whose role is one of these."""
        if not self.what.roles:
            return Q(role__in=roles)
        given = [person for person, role in self.what.roles.items() if role in roles]
        return Q(user__in=given) | (Q(role__in=roles) & ~Q(user__in=self.what.roles))

    def is_in(self, teams: Collection[UUID]) -> Q:
        """Mean those who are in one of these teams."""
        there = [team for team in teams if team not in self.what.dissolved]
        if not self.what.teams:
            return Q(team__in=there)
        put = [person for person, team in self.what.teams.items() if team in there]
        return Q(user__in=put) | (Q(team__in=there) & ~Q(user__in=self.what.teams))

    @cached_property
    def reaches(self) -> dict[str, Reach]:
        """How far each role sees."""
        return {
            role: scope.reach(Membership(tenant=self.tenant, role=role)) for role in Role.values
        }

    # What everybody's scope follows from.

    @cached_property
    def places(self) -> dict[UUID, Place]:
        """Everybody's place, those of who would have left, too, since they lose something."""
        if self.before is None:
            rows = Membership.of(self.tenant).order_by().values_list("user_id", "role", "team_id")
            return {place[0]: Place(*place) for place in rows}
        return {person: self._moved(place) for person, place in self.before.places.items()}

    def _moved(self, place: Place) -> Place:
        team = self.what.teams.get(place.person, place.team)
        role = self.what.roles.get(place.person, place.role)
        team = None if team in self.what.dissolved else team
        return (
            place if (team, role) == (place.team, place.role) else Place(place.person, role, team)
        )

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
        for person, _, team in self.places.values():
            if team in rosters and person not in self.what.left:
                rosters[team].add(person)
        return {team: frozenset(people) for team, people in rosters.items()}

    def scope_of(self, person: UUID, question: Question = Question.CAMPAIGNS) -> Scope:
        """Give what the member's scope is, as `crm.tenants.scope` would find it."""
        if person in self.what.left:
            return scope.NOTHING
        _, role, team = self.places[person]
        how_far = self.reaches[role]
        if how_far == Reach.ALL:
            return scope.EVERYTHING
        teams = set(self.led.get(person, ()))
        if how_far == Reach.TEAM and team:
            teams.add(team)
        people = frozenset({person})
        if teams:
            people = people.union(*(self.rosters.get(each, frozenset()) for each in teams))
        unowned = self.tenant.shows_unowned
        if self.what.left:
            people = self.what.heirs(people, question)
            if unowned and question == Question.LEADS:
                people |= self.what.freed(question)
        return Scope(everything=False, people=people, unowned=unowned)

    def scopes_of(self, person: UUID) -> tuple[Scope, Scope]:
        """Give the scope, and the scope as far as leads go."""
        whole = self.scope_of(person)
        return whole, self.scope_of(person, Question.LEADS) if self.what.left else whole

    def parted(self, other: "Company") -> Iterator[UUID]:
        """Give those whose scope or team are not the same in the other company.

        What holds of one rep of a team holds of all, but for those with something of their own.
        """
        alone = {*self.led, *other.led, *other.what.left, *other.what.roles, *other.what.teams}
        alone |= {heir for heirs in other.what.left.values() for heir in heirs.values() if heir}
        known: dict[tuple[Any, ...], bool] = {}
        for person, place in self.places.items():
            would = other.places[person]
            alike = place.role, place.team, would.role, would.team
            if person in alone:
                is_other = self._is_other(person, other)
            elif alike in known:
                is_other = known[alike]
            else:
                is_other = known[alike] = self._is_other(person, other)
            if is_other:
                yield person

    def _is_other(self, person: UUID, other: "Company") -> bool:
        if self.places[person].team != other.places[person].team:
            return True
        return self.scopes_of(person) != other.scopes_of(person)


def read(tenant: Tenant) -> Company:
    """Ask for the teams; for members when it is known for whom."""
    return Company(tenant, {team.pk: team for team in Team.of(tenant)})
