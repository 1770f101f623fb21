"""How many leads a list means, for its pages: what would take long comes after the page."""

from uuid import UUID

from crm.bounds import patience
from crm.bounds.counts import capped, counted
from crm.tenants import scope
from crm.tenants.models import Membership
from leads.listing import listing
from leads.records import tallies

MOST = 10_000
SECONDS = 1.0
# What the tallies know without any counting.
TALLIED = {"stage", "owner"}


def label(membership: Membership, wanted: dict[str, object]) -> str:
    """Say how many leads match: “12,408” where it is known, up to “10,000+” where it is counted."""
    known = _tallied(membership, wanted)
    if known is not None:
        return f"{known:,}"
    leads = listing.matching(membership, wanted)
    try:
        with patience.limited(SECONDS):
            return counted(capped(leads, MOST), MOST)
    except patience.TooSlow:
        return listing.total_label(listing.FEW + 1)


def _tallied(membership: Membership, wanted: dict[str, object]) -> int | None:
    """Give the number from the tallies; None where they can't tell it."""
    if not scope.of(membership).everything or wanted.keys() - TALLIED:
        return None
    owners = [UUID(str(wanted["owner"]))] if "owner" in wanted else None
    by_stage = tallies.read(membership.tenant, owners=owners)
    stage = str(wanted.get("stage", ""))
    return sum(tally.leads for key, tally in by_stage.items() if not stage or str(key) == stage)
