"""Whether a rule can do what it says, and if not, why it stands still."""

from django.urls import reverse

from crm.notices import telling
from crm.tenants import members
from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, may
from leads.listing import listing
from leads.models import Reaction
from leads.reacting import deeds

LEFT = "{who} has left the company. Save it anew to have it done in your own name."
MAY_NOT = "{who} may not do that any more. Save it anew to have it done in your own name."
GONE = "A filter of it is gone: {gone}. Without it far more leads would be meant."
FAILED = "It failed again and again. Save it anew to try once more."
LONGEST = Reaction._meta.get_field("trouble").max_length or 0


def trouble(rule: Reaction, by: Membership | None) -> str:
    """Say why it does nothing; "" if it can."""
    if by is None:
        return LEFT.format(who=rule.by or "Whoever made it")
    if not may(by, Permission.ADMINISTER):
        return MAY_NOT.format(who=by.user)
    if gone := listing.gone(by, rule.wanted):
        return GONE.format(gone=gone)[:LONGEST]
    return deeds.of(rule).trouble(rule.tenant)[:LONGEST]


def tell(rule: Reaction, why: str) -> None:
    """Tell owners and managers that it stands still."""
    telling.tell(
        members.able(rule.tenant, Permission.ADMINISTER),
        telling.Kind.RULE,
        f"The rule “{rule.name}” stands still. {why}",
        headline=f"The rule “{rule.name}” stands still",
        tenant=rule.tenant,
        url=reverse("leads:rules"),
    )
