"""Who must have a second factor, and who has none yet."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from crm.accounts import factors
from crm.tenants.models import Membership, Tenant


def lacking(tenant: Tenant) -> QuerySet[Membership]:
    """Give the members who could not go on working if everybody needed a second factor."""
    theirs = Authenticator.objects.filter(user=OuterRef("user"), type__in=factors.REAL)
    members = Membership.of(tenant).filter(user__is_active=True)
    return members.exclude(Exists(theirs)).select_related("user").order_by("user__name", "pk")


def notes(tenant: Tenant) -> list[str]:
    """Say to whoever may ask for second factors how many have none."""
    count = lacking(tenant).count()
    if not count:
        return ["Everybody here has one."]
    who = "One member has" if count == 1 else f"{count} members have"
    return [f"{who} none yet: each sets one up before the next page they open."]


def is_unmet(membership: Membership | None) -> bool:
    """Say whether this person must set one up before any page of the company."""
    if membership is None or not membership.tenant.needs_second_factor:
        return False
    return not factors.has(membership.user)
