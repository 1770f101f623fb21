"""Which leads a member sees, everywhere alike.

By role, team and ownership; beside those the leads that were shared, and what was found by
campaigns (or imports, or forms) that the member made or was let see. Found by one is a lead that
it brought in: what it met that was known already belongs to whom it belonged before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from crm import sight
from crm.sharing import held
from crm.tenants import scope
from crm.tenants.models import Membership, User
from crm.tenants.scope import Scope
from crm.upward import named
from leads.models import Lead, Origin

# So many are named one by one, which lets the database reckon what they bring; of more it keeps
# the list itself, which is fast because then they are many among those it meets.
MOST_NAMED = 1000
# Of what so few found the owners are looked up.
MOST_LOOKED_INTO = 10
IS_SEEN = "is_seen"


@dataclass(frozen=True)
class Sight:
    """What is seen beside what the scope covers: `leads`, and what was found by these `refs`.

    `refs` is None if they are too many to be named.
    """

    scope: Scope
    leads: tuple[UUID, ...] = ()
    refs: tuple[UUID, ...] | None = ()


def leads(membership: Membership) -> QuerySet[Lead]:
    """Give the leads that the member sees: the only way to them from a page or an export."""
    rows = Lead.of(membership.tenant)
    condition = _condition(membership)
    return rows if condition is None else rows.filter(condition)


def parted(one: Membership, other: Membership) -> QuerySet[Lead]:
    """Give the leads that the one sees and the other does not."""
    seen = _condition(other)
    return leads(one).none() if seen is None else leads(one).exclude(seen)


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
    return (
        Lead.of(membership.tenant).filter(_found(membership, "ORIGINS_MADE"), pk=lead.pk).exists()
    )


def covered(membership: Membership, leads: Sequence[Lead]) -> set[UUID]:
    """Give the ids of those that `covers` would answer yes to, in one query or none."""
    reach = scope.of(membership)
    if reach.everything:
        return {lead.pk for lead in leads}
    theirs = {lead.pk for lead in leads if lead.owner_id in reach.people}
    unowned = {lead.pk for lead in leads if lead.owner_id is None}
    if reach.unowned or not unowned:
        return theirs | unowned
    made = Lead.of(membership.tenant).filter(_found(membership, "ORIGINS_MADE"), pk__in=unowned)
    return theirs | set(made.values_list("pk", flat=True))


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
    return rows.annotate(**{IS_SEEN: _named_by(membership, "ORIGINS_SEEN", "ref")})


def is_named(membership: Membership) -> Exists:
    """Mean contacts whom a lead names, be it seen or not: those are shown along with it alone."""
    return Exists(Lead.of(membership.tenant).filter(contact=OuterRef("pk")))


def owners(membership: Membership) -> QuerySet[User]:
    """Give the people to whom leads that the member sees may belong."""
    people = User.objects.filter(memberships__tenant=membership.tenant)
    found = of(membership)
    if found.scope.everything or found.refs is None or len(found.refs) > MOST_LOOKED_INTO:
        return people
    theirs = Q(pk__in=found.scope.people)
    if found.leads or found.refs:
        more = Lead.of(membership.tenant).filter(_beside(membership, found))
        theirs |= Q(pk__in=more.values("owner"))
    return people.filter(theirs)


def _condition(membership: Membership) -> Q | None:
    found = of(membership)
    if found.scope.everything:
        return None
    seen = Q(owner__in=found.scope.people)
    if found.scope.unowned:
        seen |= Q(owner=None)
    return seen | _beside(membership, found)


def _beside(membership: Membership, found: Sight) -> Q:
    if found.refs is None:
        seen = _found(membership, "ORIGINS_SEEN")
    else:
        seen = Q(found_by__any=found.refs) if found.refs else Q()
    return seen | Q(pk__any=found.leads) if found.leads else seen


def read_all(memberships: Sequence[Membership]) -> None:
    """Ask for what all of these see in one query, as `of` would for each."""
    asking = [each for each in memberships if not scope.of(each).everything]
    parts = [part for number, each in enumerate(asking) for part in _parts(each, number)]
    found: list[tuple[set[UUID], set[UUID]]] = [(set(), set()) for _ in asking]
    if parts:
        for ident, is_finder, number in parts[0].union(*parts[1:], all=True):
            found[number][is_finder].add(ident)
    for membership, (leads, refs) in zip(asking, found, strict=True):
        named_refs = tuple(refs) if len(refs) <= MOST_NAMED else None
        membership.memory["sight"] = Sight(scope.of(membership), tuple(leads), named_refs)


def _read(membership: Membership) -> Sight:
    if scope.of(membership).everything:
        return Sight(scope.of(membership))
    read_all([membership])
    found: Sight = membership.memory["sight"]
    return found


def _parts(membership: Membership, number: int) -> list[QuerySet[Any, Any]]:
    """Give what the member sees leads by, and the leads shared with them, marked as theirs."""
    finders = [
        refs.order_by()
        .annotate(is_finder=Value(True), whose=Value(number))
        .values_list("pk", "is_finder", "whose")[: MOST_NAMED + 1]
        for refs in _refs(membership, "ORIGINS_SEEN")
    ]
    shared = [
        rows.annotate(is_finder=Value(False), whose=Value(number)).values_list(
            "content_object_id", "is_finder", "whose"
        )
        for rows in held.rows(membership, Lead)
    ]
    return finders + shared


def _found(membership: Membership, setting: str) -> Q:
    """Mean the leads that were brought in by what the setting names."""
    return _named_by(membership, setting, "found_by")


def _named_by(membership: Membership, setting: str, column: str) -> Q:
    seen = (Q(**{f"{column}__in": refs}) for refs in _refs(membership, setting))
    return reduce(or_, seen, Q(pk__in=[]))


def _refs(membership: Membership, setting: str) -> list[QuerySet[Any, Any]]:
    return [refs(membership) for refs in named(setting)]


KIND = sight.Kind(Lead, leads, "lead")
