"""When a company's credits are running low, and who is told."""

from django.urls import reverse

from crm.credits import account, words
from crm.credits.models import CreditEntry, Kind, LowMark
from crm.ledger import audit
from crm.notices import telling
from crm.tenants.models import Tenant, User
from crm.tenants.permissions import Permission, roles_that

# Of the latest credits that were given; and where none ever were.
SHARE = 10
WITHOUT = 100


def mark(tenant: Tenant) -> int:
    """Say below how many credits it is low: as the company wants it, or as is usual."""
    below = chosen(tenant)
    return usual(tenant) if below is None else below


def chosen(tenant: Tenant) -> int | None:
    """Give the mark that the company has set itself."""
    row = LowMark.of(tenant).first()
    return row.below if row else None


def usual(tenant: Tenant) -> int:
    """Give the mark of a company that has set none."""
    given = CreditEntry.of(tenant).filter(kind=Kind.GRANT).order_by("-number").first()
    return given.credits // SHARE if given else WITHOUT


def choose(tenant: Tenant, below: int | None, *, by: User) -> bool:
    """Set the mark, or by None have it be as is usual again; say whether that is anything new."""
    with account.turn(tenant):
        row = LowMark.of(tenant).first() or LowMark(tenant=tenant)
        was = None if row._state.adding else row.below
        if was == below:
            return False
        if below is None:
            LowMark.of(tenant).filter(pk=row.pk).delete()
        else:
            row.below = below
            row.save()
        audit.write(
            row,
            "changed the warning of low credits",
            by=by,
            before={"below": was},
            after={"below": below},
        )
    return True


def warn(used: CreditEntry) -> None:
    """Tell owners and managers when this use has taken the account below its mark: once.

    What runs hold counts, since much comes back.
    """
    tenant, now = used.tenant, account.stood(used).total
    below = mark(tenant)
    if not now < below <= now + used.credits:
        return
    people = User.objects.filter(
        is_active=True,
        memberships__tenant=tenant,
        memberships__role__in=roles_that(Permission.ADMINISTER),
    )
    left = f"{words.many(now)} {'is' if now == 1 else 'are'}"
    telling.tell(
        people,
        telling.Kind.CREDITS,
        f"Credits are running low: {left} left, and {tenant} wants to know below {below:,}. Runs "
        "stop when nothing is left.",
        tenant=tenant,
        url=reverse("credits:page"),
        headline=f"Credits are running low: {left} left",
    )
