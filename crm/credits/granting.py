"""Who gives a company credits: the installation at will, and its managers within bounds."""

from django.conf import settings
from django.db.models import Sum

from crm.credits import account, credits, months
from crm.credits.errors import TooMuchAtOnce
from crm.credits.models import CreditEntry, Kind, Source
from crm.tenants.models import Tenant, User


def begin(tenant: Tenant) -> None:
    """Give a new company what it begins with."""
    if settings.CREDITS_AT_START:
        credits.grant(tenant, settings.CREDITS_AT_START, None, source=Source.START)


def give(tenant: Tenant, many: int, *, by: User, note: str = "") -> CreditEntry:
    """Give as many as this person may give; raises TooMuchAtOnce.

    Who looks after the installation gives any number.
    """
    if by.is_superuser:
        return credits.grant(tenant, many, by, note, source=Source.INSTALLATION)
    with account.turn(tenant):
        rest = left(tenant)
        if many > rest:
            raise TooMuchAtOnce(many, settings.CREDITS_MONTHLY_MOST, rest)
        return credits.grant(tenant, many, by, note, source=Source.MANAGERS)


def left(tenant: Tenant) -> int:
    """Say how many more the company's owners and managers may give it this month."""
    given = CreditEntry.of(tenant).filter(
        kind=Kind.GRANT, action=Source.MANAGERS, at__gte=months.begin(tenant)
    )
    so_far = given.aggregate(credits=Sum("credits"))["credits"] or 0
    return max(0, settings.CREDITS_MONTHLY_MOST - so_far)
