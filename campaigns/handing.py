"""Handing a campaign to another person, whose campaign it is from then on."""

from django.db import transaction

from campaigns.models import Campaign
from crm.ledger import audit
from crm.tenants import members
from crm.tenants.models import User


@transaction.atomic
def hand(campaign: Campaign, *, to: User, by: User) -> bool:
    """Give it to this person; say whether it was somebody else's. Raises members.NotHere."""
    # Before the campaign: whoever leaves hands theirs over, in this order.
    members.keep(campaign.tenant, to)
    rows = Campaign.of(campaign.tenant).select_for_update(no_key=True, of=("self",))
    campaign = rows.get(pk=campaign.pk)
    if campaign.created_by_id == to.pk:
        return False
    before = str(campaign.created_by) if campaign.created_by else None
    campaign.created_by = to
    campaign.save(update_fields=["created_by"])
    audit.write(
        campaign, "handed over", by=by, before={"created_by": before}, after={"created_by": str(to)}
    )
    return True
