"""What people write about a lead."""

from django.db import transaction

from crm.ledger import audit
from crm.tenants.models import User
from leads.lead.locking import lock
from leads.models import Lead, TimelineEntry
from leads.scored import flow
from leads.timeline import mentions, timeline
from leads.timeline.mentions import Mentioned


@transaction.atomic(savepoint=False)
def write(lead: Lead, text: str, *, by: User) -> Mentioned:
    """Put a note on the timeline, and tell the colleagues whom it names."""
    text = text.strip()
    # Before its text for the search, which the note changes, as every other verb takes the two.
    lead = lock(lead)
    timeline.write(lead, TimelineEntry.Kind.NOTE, text, by=by)
    audit.write(lead, "noted", by=by)
    flow.queue_all([lead])
    return mentions.tell_all(lead, text, by=by)
