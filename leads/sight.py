"""Which leads a member sees, everywhere alike.

By role, team and ownership; beside those the leads that were shared, and what was found by
campaigns (or imports, or forms) that the member made or was let see. Found by one is a lead whose
first origin it is: what it met that was known already belongs to whom it belonged before.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from crm import sight
from crm.sharing import held
from crm.tenants import scope
from crm.tenants.models import Membership, Tenant, User
from crm.tenants.scope import Scope
from crm.upward import named
from leads.models import Lead, Origin

# So many are looked up one by one, which is fastest among a million; of more the database keeps
# the list, which is fast because then they are many among those it meets.
MOST_SINGLE = 5000
IS_SEEN = "is_seen"


@dataclass(frozen=True)
class Sight:
    """`leads` are seen beside what the scope covers; `finds_more` if they are not all of those."""

    scope: Scope
    leads: tuple[UUID, ...] = ()
    finds_more: bool = False


def leads(membership: Membership) -> QuerySet[Lead]:
    """Give the leads that the member sees: the only way to them from a page or an export."""
    rows = Lead.of(membership.tenant)
    condition = _condition(membership)
    return rows if condition is None else rows.filter(condition)


def parted(one: Membership, other: Membership) -> QuerySet[Lead]:
    """Give the leads that the one sees and the other does not."""
    seen = _condition(other)
    return leads(one).none() if seen is None else leads(one).exclude(seen)


def brought(tenant: Tenant, named_by: Q) -> QuerySet[Origin]:
    """Give the origins that these are, of the leads that they brought in: their first."""
    rows = Origin.of(tenant).filter(named_by)
    earlier = Origin.of(tenant).filter(lead=OuterRef("lead"), pk__lt=OuterRef("pk"))
    return rows.filter(~Exists(earlier))


def sees(membership: Membership, lead: Lead) -> bool:
    """Say whether the member sees this lead."""
    return leads(membership).filter(pk=lead.pk).exists()


def covers(membership: Membership, lead: Lead) -> bool:
    """Say whether the lead is the member's to give to somebody, not only shared with them.

    What nobody owns is also theirs whose campaign found it.
    """
    reach = scope.of(membership)
    if reach.everything or lead.owner_id in reach.people:
        return True
    if lead.owner_id is not None:
        return False
    if reach.unowned:
        return True
    found = brought(membership.tenant, _named_by(membership, "ORIGINS_MADE"))
    return found.filter(lead=lead).exists()


def of(membership: Membership) -> Sight:
    """Give what the member sees, asked once per request."""
    memory = membership.memory
    if "sight" not in memory:
        memory["sight"] = _read(membership)
    return memory["sight"]


def origins(membership: Membership) -> QuerySet[Origin]:
    """Give the origins of leads with `is_seen`: whether the member sees what each names."""
    rows = Origin.of(membership.tenant)
    if scope.of(membership).everything:
        return rows.annotate(**{IS_SEEN: Value(True)})
    return rows.annotate(**{IS_SEEN: _named_by(membership, "ORIGINS_SEEN")})


def is_named(membership: Membership) -> Exists:
    """Mean contacts whom a lead names, be it seen or not: those are shown along with it alone."""
    return Exists(Lead.of(membership.tenant).filter(contact=OuterRef("pk")))


def owners(membership: Membership) -> QuerySet[User]:
    """Give the people to whom leads that the member sees may belong."""
    people = User.objects.filter(memberships__tenant=membership.tenant)
    found = of(membership)
    if found.scope.everything or found.finds_more:
        return people
    theirs = Q(pk__in=found.scope.people)
    if found.leads:
        singly = Lead.of(membership.tenant).filter(pk__any=found.leads)
        theirs |= Q(pk__in=singly.values("owner"))
    return people.filter(theirs)


def _condition(membership: Membership) -> Q | None:
    found = of(membership)
    if found.scope.everything:
        return None
    seen = Q(owner__in=found.scope.people)
    if found.scope.unowned:
        seen |= Q(owner=None)
    if found.leads:
        seen |= Q(pk__any=found.leads)
    if found.finds_more:
        seen |= Q(Exists(_found(membership).filter(lead=OuterRef("pk"))))
    return seen


def _read(membership: Membership) -> Sight:
    reach = scope.of(membership)
    if reach.everything:
        return Sight(reach)
    # Both in one query.
    found = _found(membership).annotate(is_found=Value(True))
    shared = [rows.annotate(is_found=Value(False)) for rows in held.rows(membership, Lead)]
    both = found.values_list("lead_id", "is_found")[: MOST_SINGLE + 1].union(
        *(rows.values_list("content_object_id", "is_found") for rows in shared), all=True
    )
    marked = list(both)
    if sum(is_found for _, is_found in marked) <= MOST_SINGLE:
        return Sight(reach, tuple({ident for ident, _ in marked}))
    singly = tuple({ident for ident, is_found in marked if not is_found})
    return Sight(reach, singly, finds_more=True)


def _found(membership: Membership) -> QuerySet[Origin]:
    """Give the origins that the member sees, of the leads that they brought in."""
    return brought(membership.tenant, _named_by(membership, "ORIGINS_SEEN"))


def _named_by(membership: Membership, setting: str) -> Q:
    seen = (Q(ref__in=refs(membership)) for refs in named(setting))
    return reduce(or_, seen, Q(pk__in=[]))


KIND = sight.Kind(Lead, leads, "lead")
