"""How far a member sees by role, team and settings, before any share."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from crm.tenants import supposing
from crm.tenants.handovers import Question
from crm.tenants.models import Membership, Reach, Role, Team
from crm.tenants.permissions import Permission, may


@dataclass(frozen=True)
class Scope:
    """`everything`; or what these people own or made, and perhaps the leads that nobody owns."""

    everything: bool
    people: frozenset[UUID] = frozenset()
    unowned: bool = False


EVERYTHING = Scope(everything=True)
NOTHING = Scope(everything=False)


def of(membership: Membership) -> Scope:
    """Give the member's scope, asked once per request."""
    memory = membership.memory
    if "scope" not in memory:
        memory["scope"] = read(membership)
    return memory["scope"]


def remember(membership: Membership, known: Scope, owning: Scope) -> None:
    """Have both scopes be known, by whoever has the whole company at hand."""
    membership.memory.update(scope=known, owning=owning)


def reach(membership: Membership) -> Reach:
    """Give what the company lets this role see."""
    if membership.is_support or may(membership, Permission.SEE_EVERYTHING):
        return Reach.ALL
    tenant = membership.tenant
    return Reach(tenant.viewer_reach if membership.role == Role.VIEWER else tenant.rep_reach)


def owning(membership: Membership) -> Scope:
    """Give the scope as far as leads go.

    It is another one only while somebody is supposed to leave: what they owned may go to others
    than what they made, or to nobody.
    """
    memory = membership.memory
    if not supposing.of(membership).left:
        return of(membership)
    if "owning" not in memory:
        memory["owning"] = read(membership, Question.LEADS)
    return memory["owning"]


def read(membership: Membership, question: Question = Question.CAMPAIGNS) -> Scope:
    """Ask the database: colleagues of the team, and members of the teams that the person leads."""
    what = supposing.of(membership)
    if membership.user_id in what.left:
        return NOTHING
    how_far = reach(membership)
    if how_far == Reach.ALL:
        return EVERYTHING
    unowned = membership.tenant.shows_unowned
    people = what.heirs(_colleagues(membership, how_far) | {membership.user_id}, question)
    if unowned and question == Question.LEADS:
        people |= what.freed(question)
    return Scope(everything=False, people=people, unowned=unowned)


class Tie(StrEnum):
    """Why what a colleague owns is in somebody's scope."""

    SELF = "self"
    LEADS = "leads"
    TEAM = "team"


def ties(viewer: Membership, other: Membership) -> Iterator[Tie]:
    """Say of two who are at hand what `read` asks the database; their teams must be loaded."""
    if viewer.user_id == other.user_id:
        yield Tie.SELF
        return
    if other.team is None:
        return
    if other.team.lead_id == viewer.user_id:
        yield Tie.LEADS
    if viewer.team_id == other.team_id and reach(viewer) == Reach.TEAM:
        yield Tie.TEAM


def _colleagues(membership: Membership, how_far: Reach) -> frozenset[UUID]:
    """Give who is in a team that the member leads or, by the reach, belongs to."""
    # The request's own membership comes with the answer.
    leads_teams = getattr(membership, "leads_teams", True)
    if not (leads_teams or (how_far == Reach.TEAM and membership.team_id)):
        return frozenset()
    what = supposing.of(membership)
    teams = Q(lead=membership.user_id)
    theirs = Q(team__lead=membership.user_id)
    if how_far == Reach.TEAM and membership.team_id:
        teams |= Q(pk=membership.team_id)
        theirs |= Q(team=membership.team_id)
    rows = Membership.of(membership.tenant).filter(theirs).exclude(team__in=what.dissolved)
    there = frozenset(rows.values_list("user_id", flat=True))
    if not what.teams:
        return there
    ids = set(Team.of(membership.tenant).filter(teams).values_list("pk", flat=True))
    joining = {person for person, team in what.teams.items() if team in ids - what.dissolved}
    return there - what.teams.keys() | joining
