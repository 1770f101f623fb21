"""What happens when a register says that an organisation we know has closed."""

from crm.registers.models import RegisterEntry
from crm.tenants.models import Tenant
from leads.models import Lead, Listing, Organisation, Proof, TimelineEntry
from leads.timeline import timeline


def note(entry: RegisterEntry, *, tenant: Tenant) -> Organisation | None:
    """Mark the organisation and tell its leads' timelines, once; None if it isn't known."""
    listings = Listing.of(tenant).filter(entry=entry).select_related("organisation__tenant")
    listing = listings.first()
    if listing is None:
        return None
    organisation = listing.organisation
    if organisation.proof == Proof.CLOSED:
        return organisation
    organisation.proof, organisation.proof_date = Proof.CLOSED, entry.register.as_of
    organisation.save(update_fields=["proof", "proof_date"])
    text = f"{entry.register.label} no longer lists it as open (as of {entry.register.as_of})."
    for lead in Lead.of(tenant).filter(organisation=organisation).select_related("tenant"):
        timeline.write(lead, TimelineEntry.Kind.ORIGIN, text, by=None)
    return organisation
