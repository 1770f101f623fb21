"""Which leads a member sees, everywhere alike.

By role, team and ownership; beside those the leads that were shared, and what was found by
campaigns (or imports, or forms) that the member made or was let see.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.sharing import held
from crm.tenants import scope
from crm.tenants.models import Membership
from crm.tenants.scope import Scope
from crm.upward import named
from leads.models import Lead, Origin

# So many are looked up one by one, which is fastest among a million; of more the database keeps
# the list, which is fast because then they are many among those it meets.
MOST_SINGLE = 5000


@dataclass(frozen=True)
class Sight:
    """`leads` are seen beside what the scope covers; so is all that the origins `refs` found."""

    scope: Scope
    leads: tuple[UUID, ...] = ()
    refs: tuple[UUID, ...] = ()


def leads(membership: Membership) -> QuerySet[Lead]:
    """Give the leads that the member sees: the only way to them from a page or an export."""
    rows = Lead.of(membership.tenant)
    condition = _condition(membership)
    return rows if condition is None else rows.filter(condition)


def sees(membership: Membership, lead: Lead) -> bool:
    """Say whether the member sees this lead."""
    return leads(membership).filter(pk=lead.pk).exists()


def of(membership: Membership) -> Sight:
    """Give what the member sees, asked once per request."""
    memory = membership.memory
    if "sight" not in memory:
        memory["sight"] = _read(membership)
    return memory["sight"]


def _condition(membership: Membership) -> Q | None:
    sight = of(membership)
    if sight.scope.everything:
        return None
    seen = Q(owner__in=sight.scope.people)
    if sight.scope.unowned:
        seen |= Q(owner=None)
    if sight.leads:
        seen |= Q(pk__any=sight.leads)
    if sight.refs:
        seen |= Q(pk__in=_found_by(membership, sight.refs))
    return seen


def _read(membership: Membership) -> Sight:
    reach = scope.of(membership)
    if reach.everything:
        return Sight(reach)
    single = tuple(held.ids(membership, Lead))
    refs = tuple(_refs(membership))
    if not refs:
        return Sight(reach, single)
    found = tuple(_found_by(membership, refs)[: MOST_SINGLE + 1])
    if len(found) > MOST_SINGLE:
        return Sight(reach, single, refs)
    return Sight(reach, single + found)


def _refs(membership: Membership) -> Iterator[UUID]:
    for refs in named("ORIGINS_SEEN"):
        yield from refs(membership)


def _found_by(membership: Membership, refs: tuple[UUID, ...]) -> QuerySet[Origin, UUID]:
    origins = Origin.of(membership.tenant).filter(ref__any=refs)
    return origins.values_list("lead_id", flat=True)
