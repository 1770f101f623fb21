"""Proposals that two organisations may be one; a person says merge or different."""

from contextlib import suppress

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from crm.ledger import audit
from crm.tenants import scope
from crm.tenants.models import Membership, User
from leads.merging import suspicion
from leads.models import Organisation, Proposal
from leads.sight import sight

State = Proposal.State


class NotAPair(ValueError):
    """The two can't be one."""


class SettledMeanwhile(ValueError):
    """A colleague answered first."""


@transaction.atomic
def propose(one: Organisation, other: Organisation, by: User | None) -> Proposal:
    """Propose that the two are one; said twice, or the other way round, it is one proposal.

    A pair that a person called different is not proposed again.
    """
    if one.pk == other.pk or one.tenant_id != other.tenant_id:
        raise NotAPair("Choose two different organisations of your company.")
    tenant = one.tenant
    # Always this way round, so that the database keeps it one among two who propose at once.
    one, other = sorted((one, other), key=lambda each: each.pk)
    # What was called different first.
    known = about(one, other).order_by("state", "id").first()
    if known is not None:
        return known
    kept = suspicion.of(one, other).kept
    proposal, is_new = Proposal.of(tenant).get_or_create(
        one=one, other=other, state=State.OPEN, defaults={"tenant": tenant, "by": by} | kept
    )
    if is_new:
        audit.write(proposal, "created", by=by, after={"with": other.name})
    return proposal


@transaction.atomic
def call_different(one: Organisation, other: Organisation, by: User) -> None:
    """Have no search bring the two up, whether or not one has done so; raises NotAPair."""
    proposal = propose(one, other, by)
    if proposal.state == State.OPEN:
        # A colleague who says the same at this moment has said it.
        with suppress(SettledMeanwhile):
            settle(proposal, state=State.DIFFERENT, by=by)


def about(one: Organisation, other: Organisation) -> QuerySet[Proposal]:
    """Give what was proposed of the two, either way round."""
    either_way = Q(one=one, other=other) | Q(one=other, other=one)
    return Proposal.of(one.tenant).filter(either_way)


def is_asked(one: Organisation, other: Organisation) -> bool:
    """Say whether somebody is to answer still; nobody does until the transaction ends.

    Call it when the two are held: a merge takes its proposals after them.
    """
    held = about(one, other).select_for_update().order_by("id")
    return {each.state for each in held} == {State.OPEN}


def seen(membership: Membership) -> QuerySet[Proposal]:
    """Give the proposals about two organisations that the member sees both of."""
    rows = Proposal.of(membership.tenant).select_related("one", "other", "by", "tenant")
    if scope.of(membership).everything:
        return rows
    leads = sight.leads(membership).order_by()
    both = [Exists(leads.filter(organisation=OuterRef(side))) for side in ("one", "other")]
    return rows.filter(*both)


@transaction.atomic
def settle(proposal: Proposal, *, state: str, by: User) -> None:
    """Call the two different, or ask about them again; raises SettledMeanwhile."""
    rows = Proposal.of(proposal.tenant).select_related("one", "other")
    there = rows.select_for_update(of=("self",)).filter(pk=proposal.pk).first()
    if there is None or there.state == state:
        raise SettledMeanwhile("A colleague answered that meanwhile.")
    # Merges may have brought two answers about others to the same two; what was called different
    # twice stays so when one of those merges is undone.
    alike = about(there.one, there.other).exclude(pk=there.pk)
    if state == State.DIFFERENT:
        alike = alike.exclude(state=State.DIFFERENT)
    for twin in alike.select_for_update():
        audit.write(twin, "removed", by=by, before={"state": twin.get_state_display()})
        twin.delete()
    before = there.get_state_display()
    there.state = state
    there.save(update_fields=["state"])
    audit.write(
        there, "settled", by=by, before={"state": before}, after={"state": State(state).label}
    )
