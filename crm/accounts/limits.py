"""How often something may be tried: counted in the database, for all processes alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Min
from django.utils import timezone

from crm.accounts.models import Try

# Longer than any limit looks back.
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """`most` tries of a kind within a time, for each key."""

    kind: str
    most: int
    within: timedelta

    def note(self, key: str) -> None:
        """Count a try, and forget those of long ago."""
        now = timezone.now()
        Try.objects.filter(kind=self.kind, key=key[:300], at__lt=now - KEPT).delete()
        Try.objects.create(kind=self.kind, key=key[:300], at=now)

    def free_at(self, key: str) -> datetime | None:
        """Say when one may try again; None means now."""
        since = timezone.now() - self.within
        recent = Try.objects.filter(kind=self.kind, key=key[:300], at__gt=since).order_by("-at")
        oldest = recent[: self.most].aggregate(at=Min("at"))["at"]
        if oldest is None or recent[self.most - 1 : self.most].first() is None:
            return None
        return oldest + self.within

    def forget(self, key: str) -> None:
        """Begin anew."""
        Try.objects.filter(kind=self.kind, key=key[:300]).delete()


def hold(key: str) -> None:
    """Have tries of the same key wait for each other, until the transaction ends.

    Else many at once would all be the last that is allowed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def forget_old() -> None:
    """Throw away what no limit looks at any more."""
    Try.objects.filter(at__lt=timezone.now() - KEPT).delete()


def minutes(until: datetime) -> str:
    """Say how long that is, in whole minutes."""
    left = max(1, -(-int((until - timezone.now()).total_seconds()) // 60))
    return "a minute" if left == 1 else f"{left} minutes"
