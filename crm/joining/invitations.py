"""Asking somebody to join, by a link that works once and for seven days."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NoReturn

from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from crm.joining import letters
from crm.joining.models import Invitation, State
from crm.ledger import audit
from crm.ledger.author import STRANGER
from crm.tenants import members, teams
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership, Role, Team, Tenant, User
from crm.tenants.people import normal
from crm.tenants.permissions import Permission, may

LASTS = timedelta(days=7)
CLOSED = {
    State.ACCEPTED: "This invitation was accepted already.",
    State.REVOKED: "This invitation was taken back.",
    State.EXPIRED: "This invitation is older than seven days.",
}
NO_LONGER = "Whoever sent this invitation may not ask anybody in any more."
HERE_ALREADY = "You work here already."


class CannotInvite(Exception):
    """Nobody is invited; the sentence says why."""


class CannotJoin(Exception):
    """The link lets nobody in; the sentence says why."""


class NotYours(CannotJoin):
    """The invitation is for another address."""


@dataclass(frozen=True)
class Sent:
    """An invitation on its way; `path` is the link, which is known only now."""

    invitation: Invitation
    path: str


@transaction.atomic
def invite(email: str, *, role: Role, team: Team | None = None, by: Membership) -> Sent:
    """Ask whoever reads this address to join the member's company; raises CannotInvite."""
    tenant, email = by.tenant, normal(email)
    _check_may(by, role)
    # Two managers who invite the same: the second waits, and sees that it is done.
    teams.hold(tenant)
    _check_address(tenant, email)
    token, invitation = _new_token(), Invitation(tenant=tenant, email=email, role=role, team=team)
    _renew(invitation, token, by.user)
    invitation.save()
    after = {"role": str(role), "team": str(team) if team else None}
    audit.write(invitation, "invited", by=by.user, after=after)
    return _send(invitation, token)


@transaction.atomic
def resend(invitation: Invitation, *, by: Membership) -> Sent:
    """Send it with a new link, from now for seven days; the old link is void."""
    row = _held(invitation, by)
    token = _new_token()
    row.sent += 1
    _renew(row, token, by.user)
    row.save(update_fields=["sent", "token_hash", "expires_at", "by"])
    audit.write(row, "invited again", by=by.user)
    return _send(row, token)


@transaction.atomic
def revoke(invitation: Invitation, *, by: Membership) -> None:
    """Take it back: its link lets nobody in any more."""
    row = _held(invitation, by)
    row.revoked_at = now()
    row.save(update_fields=["revoked_at"])
    audit.write(row, "revoked", by=by.user, after={"revoked_at": row.revoked_at.isoformat()})


def find(token: str) -> Invitation | None:
    """Give the invitation behind a link; what was sent again has only its newest."""
    # The link is all that its holder has: which company it leads to stands in the row.
    rows = Invitation.across_tenants.select_related("tenant", "team", "by")
    return rows.filter(token_hash=_hash(token)).first() if token else None


def reader(invitation: Invitation) -> User | None:
    """Give the person of its address, if there is one who can sign in or belongs somewhere.

    Of an account that nobody can use and that belongs nowhere nothing could be stolen.
    """
    person = User.objects.filter(email=normal(invitation.email)).first()
    if person is None or not person.is_active or person.is_superuser:
        return person
    is_used = person.has_usable_password() or person.memberships.exists()
    return person if is_used else None


def accept(invitation: Invitation, token: str, person: User) -> Membership:
    """Make the person a member; raises CannotJoin."""
    with acting_for(invitation.tenant):
        row = _to_accept(invitation, token)
        if row.email.lower() != person.email.lower():
            raise NotYours("This invitation is for another address.")
        return _join(row, person)


def accept_as_new(invitation: Invitation, token: str, *, name: str, password: str) -> Membership:
    """Make the person, with a password of their choice, and a member of them."""
    with acting_for(invitation.tenant):
        row = _to_accept(invitation, token)
        _hold_address(row.email)
        if reader(row) is not None:
            raise CannotJoin("Somebody with this address is here by now. Sign in, then join.")
        person = User.objects.filter(email=normal(row.email)).first()
        person = person or User.objects.create_user(row.email, zone=row.tenant.zone)
        person.name = name
        person.set_password(password)
        person.save(update_fields=["name", "password"])
        return _join(row, person)


def why_not(invitation: Invitation) -> str:
    """Say why the link lets nobody in; empty if it does."""
    if invitation.state != State.OPEN:
        return CLOSED[invitation.state]
    sender = Membership.of(invitation.tenant).filter(user=invitation.by).first()
    try:
        _check_may(sender, Role(invitation.role))
    except CannotInvite:
        return NO_LONGER
    return ""


def refused(invitation: Invitation, person: User | None, why: str) -> None:
    """Write down that somebody followed the link and was not let in."""
    with acting_for(invitation.tenant):
        by = person or STRANGER
        audit.write(invitation, "was refused to join by", by=by, after={"why": why})


def pending(tenant: Tenant) -> QuerySet[Invitation]:
    """Give those that were neither accepted nor taken back."""
    return Invitation.of(tenant).filter(accepted_at=None, revoked_at=None)


def now() -> datetime:
    """The moment that a change is dated by."""
    return timezone.now()


def _check_may(by: Membership | None, role: Role) -> None:
    if by is None or by.is_support or not may(by, Permission.ADMINISTER):
        raise CannotInvite("Owners and managers of the company ask others in.")
    if role == Role.OWNER and not may(by, Permission.OWN):
        raise CannotInvite("Only an owner can invite an owner.")


def _check_address(tenant: Tenant, email: str) -> None:
    person = User.objects.filter(email=email).first()
    if person is not None and Membership.of(tenant).filter(user=person).exists():
        raise CannotInvite(f"{person} is a member already.")
    if person is not None and not person.is_active:
        raise CannotInvite("The account of this address is closed. Take another address.")
    for row in pending(tenant).filter(email=email):
        if row.state == State.OPEN:
            raise CannotInvite(f"{email} is invited already. Send that invitation again instead.")
        row.revoked_at = now()
        row.save(update_fields=["revoked_at"])


def _held(invitation: Invitation, by: Membership) -> Invitation:
    """Hold one that may still be changed by this member."""
    rows = Invitation.of(by.tenant).select_for_update(of=("self",)).filter(pk=invitation.pk)
    row = rows.select_related("tenant", "team").get()
    _check_may(by, Role(row.role))
    if row.accepted_at or row.revoked_at:
        raise CannotInvite(f"{row.email}: {CLOSED[row.state]}")
    return row


def _to_accept(invitation: Invitation, token: str) -> Invitation:
    """Hold the company and the invitation: of two windows one joins, and the other is told."""
    teams.hold(invitation.tenant)
    rows = Invitation.of(invitation.tenant).select_for_update(of=("self",))
    rows = rows.filter(pk=invitation.pk, token_hash=_hash(token))
    row = rows.select_related("tenant", "team", "by").first()
    if row is None:
        raise CannotJoin("A newer link was sent since. Take that one.")
    if why := why_not(row):
        raise CannotJoin(why)
    return row


def _join(row: Invitation, person: User) -> Membership:
    if not person.is_active:
        _no("The account of this address is closed.")
    if Membership.of(row.tenant).filter(user=person).exists():
        _no(HERE_ALREADY)
    membership = members.join(row.tenant, person, Role(row.role), row.team)
    row.accepted_at = now()
    row.save(update_fields=["accepted_at"])
    audit.write(row, "accepted", by=person)
    return membership


def _no(why: str) -> NoReturn:
    raise CannotJoin(why)


def _renew(row: Invitation, token: str, by: User) -> None:
    row.by, row.token_hash, row.expires_at = by, _hash(token), now() + LASTS


def _send(row: Invitation, token: str) -> Sent:
    path = reverse("joining:join", args=[token])
    letters.post(row, path)
    return Sent(row, path)


def _new_token() -> str:
    return secrets.token_urlsafe(32)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _hold_address(email: str) -> None:
    """Let nobody else make a person of this address until we are done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [email.lower()])
