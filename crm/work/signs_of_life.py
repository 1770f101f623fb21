"""Whether anybody works."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from crm.work.models import Heartbeat

# Nobody who works is silent for longer.
FRESH_SECONDS = 20.0


def heard() -> QuerySet[Heartbeat]:
    """Give the heartbeats, the newest first.

    One of the future was written before the clock was set back, and proves nothing now.
    """
    latest = timezone.now() + timedelta(seconds=FRESH_SECONDS)
    return Heartbeat.objects.filter(at__lte=latest).order_by("-at")


def age() -> float | None:
    """Say how many seconds ago a worker proved that it works; None if none ever did."""
    newest = heard().first()
    return None if newest is None else round((timezone.now() - newest.at).total_seconds(), 1)


def is_anybody_there() -> bool:
    """Say whether a worker has given a sign of life lately."""
    return is_fresh(age())


def is_fresh(seconds: float | None) -> bool:
    """Say whether a sign of life of that age means that somebody works."""
    return seconds is not None and seconds <= FRESH_SECONDS
