"""From criteria to a campaign with its first run; two tabs launch one."""

from uuid import UUID

from django.db import transaction

from campaigns import naming, runs
from campaigns.criteria import Criteria
from campaigns.models import Campaign, Run
from crm.ids import uuid7
from crm.ledger import audit
from crm.tenants import members
from crm.tenants.models import Tenant, User


class AlreadyThere(ValueError):
    """The tenant has a campaign with these criteria."""

    def __init__(self, campaign: Campaign) -> None:
        super().__init__(
            f"You have this campaign already. “Find more” goes on where “{campaign.name}” stopped."
        )
        self.campaign = campaign


def existing(criteria: Criteria, tenant: Tenant) -> Campaign | None:
    """Find the tenant's campaign with the same criteria."""
    return Campaign.of(tenant).filter(fingerprint=criteria.fingerprint).first()


@transaction.atomic
def create(
    criteria: Criteria, *, tenant: Tenant, by: User | None, token: UUID | None = None
) -> tuple[Campaign, bool]:
    """Give the campaign of these criteria, made now if need be; say whether it was."""
    campaign, is_new = Campaign.of(tenant).get_or_create(
        tenant=tenant,
        fingerprint=criteria.fingerprint,
        defaults={
            **criteria.as_json(),
            "name": naming.automatic(criteria, tenant),
            "launch_token": token,
            "created_by": by,
        },
    )
    if is_new:
        audit.write(campaign, "created", by=by)
    return campaign, is_new


@transaction.atomic
def launch(
    criteria: Criteria, *, tenant: Tenant, by: User, token: UUID, is_guest: bool = False
) -> Campaign:
    """Create and start; the same form sent twice gives the same campaign, running once.

    Raises AlreadyThere when another launch made this campaign before, runs.NoSource, and
    members.NotHere when `by` has left meanwhile; a guest who helps has never been a member.
    """
    if not is_guest:
        members.keep(tenant, by)
    sent = Campaign.of(tenant).filter(launch_token=token).first()
    if sent is not None and sent.fingerprint != criteria.fingerprint:
        # The same page, sent a second time with other criteria: that is another launch.
        token = uuid7()
    campaign, is_new = create(criteria, tenant=tenant, by=by, token=token)
    if is_new:
        runs.start(campaign, Run.Mode.FIRST, by=by)
    elif campaign.launch_token != token:
        raise AlreadyThere(campaign)
    return campaign
