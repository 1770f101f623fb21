"""Where a request comes from: its network address and its person's time zone."""

from ipaddress import ip_address
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from crm.tenants.models import User


def address(request: HttpRequest) -> str:
    """Give the IP address, as our own proxy saw it where there is one.

    Only the last hop of X-Forwarded-For is the proxy's word; whatever stands before it was
    written by the sender.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if not settings.HTTPS or not hops:
        return direct
    try:
        return str(ip_address(hops.rpartition(",")[2].strip()))[:45]
    except ValueError:
        return direct


def zone(person: User) -> ZoneInfo | None:
    """Give the person's time zone; None where this machine doesn't know it."""
    return place(person.zone)


def here() -> str:
    """Name the reader's zone: of a fixed one Django's own function gives the offset instead."""
    return str(timezone.get_current_timezone())


def place(name: str) -> ZoneInfo | None:
    """Give the time zone of this name; None where this machine doesn't know it."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        return None
