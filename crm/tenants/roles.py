"""Changing what a member may do, and the rules that no path gets round."""

from uuid import UUID

from django.db import transaction

from crm.ledger import audit
from crm.ledger.models import AuditEntry, AuditPayload
from crm.tenants import members, teams
from crm.tenants.models import Membership, Role, Team
from crm.tenants.permissions import Permission, may
from crm.upward import named

ONLY_OWNER = "This is the only owner. Make somebody else an owner first."
OWNERS_ALONE = "Owners are looked after by owners."
GONE = "They belong to this company no longer."


class Refused(Exception):
    """The member stays as they are; the sentence says why."""


class Meanwhile(Refused):
    """Somebody else has changed the member since the form was opened."""


@transaction.atomic
def change(
    ident: UUID, *, role: Role, team: Team | None, version: int, by: Membership
) -> Membership:
    """Give the member this role and team; raises Refused, and Meanwhile if `version` is old."""
    row = check(ident, role=role, version=version, by=by)
    before, was, was_in = _facts(row), Role(row.role), row.team
    row.role, row.team = role, team
    after = _facts(row)
    changed = [fact for fact in after if after[fact] != before[fact]]
    if not changed:
        return row
    row.version += 1
    row.save(update_fields=["role", "team", "version"])
    if row.team != was_in:
        teams.mirror(row, was_in)
    audit.write(
        row,
        "changed",
        by=by.user,
        before={fact: before[fact] for fact in changed},
        after={fact: after[fact] for fact in changed},
    )
    for tell in named("MEMBER_CHANGED"):
        tell(row, was=was, was_in=was_in, by=by.user)
    return row


def check(ident: UUID, *, role: Role, version: int, by: Membership) -> Membership:
    """Hold the member, and raise what keeps them from this role."""
    row = members.hold(by.tenant, ident)
    if row is None:
        raise Refused(GONE)
    if row.version != version:
        raise Meanwhile(f"{_who_changed(row)} Below is how it stands now.")
    check_owner(row, by)
    if role == Role.OWNER and not may(by, Permission.OWN):
        raise Refused(OWNERS_ALONE)
    if role != Role.OWNER:
        check_last(row)
    return row


def check_owner(row: Membership, by: Membership) -> None:
    """Refuse who may not look after an owner."""
    if row.role == Role.OWNER and not may(by, Permission.OWN):
        raise Refused(OWNERS_ALONE)


def check_last(row: Membership) -> None:
    """Refuse to let the only owner go: a company without one could never be looked after again."""
    if is_last_owner(row):
        raise Refused(ONLY_OWNER)


def is_last_owner(row: Membership) -> bool:
    """Say whether nobody else who can sign in owns the company; hold the company before."""
    owners = Membership.of(row.tenant).filter(role=Role.OWNER, user__is_active=True)
    return row.role == Role.OWNER and not owners.exclude(pk=row.pk).exists()


def refused(row: Membership, by: Membership, why: Refused) -> None:
    """Write down that this was tried and kept from happening."""
    audit.write(row, "was refused a change of", by=by.user, after={"why": str(why)})


def _who_changed(row: Membership) -> str:
    """Say who changed the member last, and what."""
    entries = AuditEntry.objects.filter(target_type=row._meta.label_lower, target_id=str(row.pk))
    entry = entries.filter(verb="changed").order_by("-id").first()
    if entry is None:
        return "Somebody has changed this member meanwhile."
    payload = AuditPayload.objects.filter(pk=entry.pk).first() or AuditPayload()
    told = [
        f"{fact} from {payload.before.get(fact) or 'none'} to {value or 'none'}"
        for fact, value in payload.after.items()
    ]
    return f"{entry.actor} has changed this member meanwhile: {', '.join(told)}."


def _facts(row: Membership) -> dict[str, str | None]:
    return {"role": str(row.role), "team": row.team.name if row.team else None}
