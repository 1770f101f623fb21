"""How far a member sees by role, team and settings, before any share."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from crm.tenants.models import Membership, Reach, Role
from crm.tenants.permissions import Permission, may


@dataclass(frozen=True)
class Scope:
    """`everything`; or what these people own or made, and perhaps the leads that nobody owns."""

    everything: bool
    people: frozenset[UUID] = frozenset()
    unowned: bool = False


EVERYTHING = Scope(everything=True)


def of(membership: Membership) -> Scope:
    """Give the member's scope, asked once per request."""
    memory = membership.memory
    if "scope" not in memory:
        memory["scope"] = read(membership)
    return memory["scope"]


def reach(membership: Membership) -> Reach:
    """Give what the company lets this role see."""
    if membership.is_support or may(membership, Permission.SEE_EVERYTHING):
        return Reach.ALL
    tenant = membership.tenant
    return Reach(tenant.viewer_reach if membership.role == Role.VIEWER else tenant.rep_reach)


def read(membership: Membership) -> Scope:
    """Ask the database: colleagues of the team, and members of the teams that the person leads."""
    how_far = reach(membership)
    if how_far == Reach.ALL:
        return EVERYTHING
    theirs = Q(team__lead=membership.user_id)
    if how_far == Reach.TEAM and membership.team_id:
        theirs |= Q(team=membership.team_id)
    colleagues = Membership.of(membership.tenant).filter(theirs).values_list("user_id", flat=True)
    people = frozenset(colleagues) | {membership.user_id}
    return Scope(everything=False, people=people, unowned=membership.tenant.shows_unowned)
