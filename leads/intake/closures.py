"""What happens when a walk meets an organisation that we know and its register calls closed."""

from crm.registers.models import Change, RegisterEntry
from crm.tenants.models import Tenant
from leads.models import Lead, Listing, Organisation, RegisterNews, TimelineEntry
from leads.registers import changes
from leads.timeline import timeline


def note(entry: RegisterEntry, *, tenant: Tenant) -> Organisation | None:
    """Mark the organisation and tell its leads' timelines, once; None if it isn't known.

    What its register changed is told as the news of it, so that these do not tell it again.
    """
    listings = Listing.of(tenant).filter(entry=entry).select_related("organisation__tenant")
    listing = listings.first()
    if listing is None:
        return None
    organisation = listing.organisation
    closings = Change.objects.filter(entry=entry, kind=Change.Kind.CLOSED)
    last = closings.select_related("register").order_by("-pk").first()
    if last is not None:
        changes.tell(tenant, [last])
    news = RegisterNews.of(tenant).filter(organisation=organisation, change=last)
    is_told = last is not None and news.exists()
    organisation.refresh_from_db(fields=["proof", "proof_date"])
    if changes.closed(tenant, organisation, entry.register.as_of) and not is_told:
        text = f"{entry.register.label} no longer lists it as open (as of {entry.register.as_of})."
        for lead in Lead.of(tenant).filter(organisation=organisation).select_related("tenant"):
            timeline.write(lead, TimelineEntry.Kind.ORIGIN, text, by=None)
    return organisation
