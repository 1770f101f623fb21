"""What a person is told of a lead that was deleted: whoever saw it, and nobody else."""

from typing import Any
from uuid import UUID

from crm.gone import Gone
from crm.ledger.models import AuditEntry
from crm.look import formats
from crm.sharing import held
from crm.tenants.models import Membership
from leads.models import Lead, RemovedRow
from leads.sight import sight


def deleted(membership: Membership, lead_id: UUID, *, saved: bool) -> Gone | None:
    """Say who deleted it and when, as the audit trail has it; `saved` if nothing was to be.

    Whoever sees all leads saw this one; of others its image knows, for as long as that is kept.
    """
    entries = AuditEntry.objects.filter(
        tenant_id=membership.tenant_id,
        target_id=str(lead_id),
        target_type=Lead._meta.label_lower,
        verb="deleted",
    )
    entry = entries.order_by("-at", "-id").first()
    if entry is None or not _was_seen(membership, lead_id):
        return None
    nothing = "" if saved else " Nothing was saved."
    when = formats.as_of(entry.at)
    at = "at " if ", " not in when else ""
    return Gone(f"{entry.target} was deleted by {entry.actor} {at}{when}.{nothing}")


def _was_seen(membership: Membership, lead_id: UUID) -> bool:
    if sight.of(membership).scope.everything:
        return True
    images = RemovedRow.of(membership.tenant).filter(lead=lead_id, image__isnull=False)
    lead = images.filter(model=Lead._meta.label_lower).order_by("id").last()
    if lead is None or lead.image is None:
        return False
    return _is_theirs(membership, lead.image) or _was_shared(membership, lead)


def _is_theirs(membership: Membership, image: dict[str, Any]) -> bool:
    """Say of the image what `sight` asks the database of leads."""
    known = sight.of(membership)
    if image["owner_id"] is None:
        if known.scope.unowned:
            return True
    elif UUID(image["owner_id"]) in known.scope.people:
        return True
    return image["found_by"] is not None and UUID(image["found_by"]) in (known.refs or ())


def _was_shared(membership: Membership, lead: RemovedRow) -> bool:
    """Shares went along with the lead."""
    rows = RemovedRow.of(membership.tenant).filter(batch=lead.batch_id, lead=lead.lead)
    people = rows.filter(
        model=held.with_people(Lead)._meta.label_lower, image__user_id=str(membership.user_id)
    )
    if people.exists():
        return True
    if membership.team is None:
        return False
    teams = held.with_teams(Lead)._meta.label_lower
    return rows.filter(model=teams, image__group_id=membership.team.group_id).exists()
