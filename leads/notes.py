"""What people write about a lead."""

from django.db import transaction

from crm.ledger import audit
from crm.tenants.models import User
from leads import timeline
from leads.models import Lead, TimelineEntry


@transaction.atomic(savepoint=False)
def write(lead: Lead, text: str, *, by: User) -> TimelineEntry:
    """Put a note on the timeline."""
    entry = timeline.write(lead, TimelineEntry.Kind.NOTE, text.strip(), by=by)
    audit.write(lead, "noted", by=by)
    return entry
