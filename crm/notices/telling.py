"""Telling people what has happened."""

from collections.abc import Iterable

from crm.notices.models import Kind, Notice
from crm.tenants.models import Tenant, User

__all__ = ["Kind", "tell"]


def tell(people: Iterable[User], kind: Kind, text: str, *, tenant: Tenant, url: str = "") -> None:
    """Tell each of these members, in the transaction of what it tells of."""
    Notice.of(tenant).bulk_create(
        Notice(tenant=tenant, user=person, kind=kind, text=text[:500], url=url) for person in people
    )
