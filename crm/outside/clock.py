"""The vendors' time: simulated ones may live faster than we do (VENDOR_CLOCK)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone


def real(seconds: float, *, least: float = 0.0) -> float:
    """Give how many of our seconds pass in so many of theirs.

    A faster clock brings nothing below `least`: this machine and the way to them stay as slow as
    they are.
    """
    return max(seconds / settings.VENDOR_CLOCK, min(seconds, least))


def from_now(seconds: float) -> datetime:
    """Give the moment when so many of their seconds have passed."""
    return timezone.now() + timedelta(seconds=real(seconds))
