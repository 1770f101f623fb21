"""What becomes of the invitations that somebody sent when they leave."""

from crm.joining import invitations
from crm.joining.models import Invitation
from crm.ledger import audit
from crm.tenants.handovers import Handover
from crm.tenants.models import Tenant, User


def count(tenant: Tenant, person: User) -> int:
    """Count those that nobody has followed yet."""
    return _theirs(tenant, person).count()


def revoke(tenant: Tenant, person: User, to: User | None, by: User) -> None:
    """End them: who has gone asks nobody in."""
    rows = list(_theirs(tenant, person).select_for_update(of=("self",)))
    now = invitations.now()
    Invitation.of(tenant).filter(pk__in=[row.pk for row in rows]).update(revoked_at=now)
    audit.write_all(rows, "revoked", by=by, after={"revoked_at": now.isoformat()})


def _theirs(tenant: Tenant, person: User):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return invitations.pending(tenant).filter(by=person)


INVITATIONS = Handover("open invitations they sent", count, revoke, becomes="revoked")
