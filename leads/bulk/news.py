"""Telling whoever began an act on many leads that it has come to its end, if they can't know."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from crm.notices.telling import Kind
from crm.notices.telling import tell as telling
from crm.tenants import members
from crm.tenants.models import Membership
from leads.models import Bulk

# Whoever waits no longer has it before their eyes, if they look at its page.
LONG = timedelta(seconds=5)
# The page asks every second.
LOOKED = timedelta(seconds=4)


def look(row: Bulk, by: Membership) -> None:
    """Keep that its maker looks at its page at this moment."""
    if row.batch.by_id == by.user_id:
        Bulk.of(row.tenant).filter(pk=row.pk).update(seen_at=timezone.now())


def tell(row: Bulk, said: str) -> None:
    """Say what was done, unless it was quick and they have watched it."""
    now = timezone.now()
    seen = Bulk.of(row.tenant).filter(pk=row.pk).values_list("seen_at", flat=True).get()
    if now - row.created_at < LONG and seen is not None and now - seen < LOOKED:
        return
    left = sum(row.skipped.values())
    _tell(row, f"{said}. {left:,} left alone." if left else f"{said}.")


def tell_of_end(row: Bulk, said: str, why: str) -> None:
    """Say that it ended before it was through, and why."""
    _tell(row, f"{said}, and no more. {why}")


def tell_of_error(row: Bulk, so_far: int) -> None:
    """Say that it did not come to its end."""
    _tell(row, f"Stopped by an error after {so_far:,} of {row.total:,}: {row.batch.said}.")


def _tell(row: Bulk, said: str) -> None:
    maker = row.batch.by
    people = members.who_is_still_here(row.tenant, [maker]) if maker else []
    url = reverse("leads:bulk_one", args=[row.pk])
    telling(people, Kind.BULK, said, tenant=row.tenant, url=url)
