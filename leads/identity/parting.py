"""Two organisations that were taken for one because they resemble each other, told apart again."""

from collections.abc import Collection, Iterable
from uuid import UUID

from crm.registers import names
from crm.tenants.models import Tenant
from leads.identity.applicant import Applicant
from leads.identity.candidate import Candidate
from leads.identity.identity import Kind
from leads.models import IdentityKey, Listing, Organisation

# What says who somebody is, besides how they are reached.
ALONE = (Kind.LISTING, Kind.SITE)


def own_entries(
    organisations: Collection[UUID | None], *, tenant: Tenant
) -> dict[UUID | None, int]:
    """Give the entry by which each was known first; later ones were found to resemble it."""
    listings = Listing.of(tenant).filter(organisation__in=organisations)
    first = listings.order_by("organisation_id", "id").distinct("organisation_id")
    return dict(first.values_list("organisation_id", "entry_id"))


def part(wrong: Iterable[tuple[Candidate, UUID | None]], *, tenant: Tenant) -> None:
    """Take away from each organisation the entry and the name of who is another one.

    They are admitted with them then; call it under `intake.hold`. What an organisation has gained
    by them besides stays with it, and so does a name that it bears itself.
    """
    for candidate, ident in wrong:
        organisation = Organisation.of(tenant).filter(pk=ident).first() if ident else None
        if organisation is not None:
            gone = _wrong(candidate, organisation)
            keys = IdentityKey.of(tenant).filter(organisation=organisation, kind__in=gone)
            keys.filter(value__in=gone.values()).delete()
            listings = Listing.of(tenant).filter(organisation=organisation)
            listings.filter(entry=candidate.entry).delete()


def _wrong(candidate: Candidate, organisation: Organisation) -> dict[str, str]:
    """Which keys of the candidate, by kind, the organisation has for taking it for itself."""
    keys = {kind: value for kind, value in Applicant.of(candidate).keys if kind in ALONE}
    where = organisation.postcode
    own = names.site_key(organisation.name, where, organisation.address) if where else ""
    return {kind: value for kind, value in keys.items() if value != own}
