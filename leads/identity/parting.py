"""Two organisations that were taken for one because they resemble each other, told apart again."""

from collections.abc import Collection, Mapping
from uuid import UUID

from crm.registers.models import RegisterEntry
from crm.tenants.models import Tenant
from leads.models import IdentityKey, Listing


def own_entries(
    organisations: Collection[UUID | None], *, tenant: Tenant
) -> dict[UUID | None, int]:
    """Give the entry by which each was known first; later ones were found to resemble it."""
    listings = Listing.of(tenant).filter(organisation__in=organisations)
    first = listings.order_by("organisation_id", "id").distinct("organisation_id")
    return dict(first.values_list("organisation_id", "entry_id"))


def part(entries: Mapping[RegisterEntry, UUID | None], *, tenant: Tenant) -> None:
    """Take these entries away from these organisations, for others to be admitted with them.

    Call it under `intake.hold`. What an organisation has gained by them besides stays with it.
    """
    listings = Listing.of(tenant).filter(entry__in=entries).select_related("entry")
    theirs = [each for each in listings if entries[each.entry] == each.organisation_id]
    keys = [f"{each.entry.register_id}:{each.entry.number}" for each in theirs]
    Listing.of(tenant).filter(pk__in=[each.pk for each in theirs]).delete()
    listed = IdentityKey.of(tenant).filter(kind=IdentityKey.Kind.LISTING, value__in=keys)
    listed.filter(organisation__in=[each.organisation_id for each in theirs]).delete()
