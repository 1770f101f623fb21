"""A month is the company's: it begins at midnight in its own time zone."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from crm.tenants.models import Tenant


def begin(tenant: Tenant) -> datetime:
    """Give the moment at which this month began."""
    zone = ZoneInfo(tenant.zone)
    first = timezone.now().astimezone(zone).date().replace(day=1)
    return datetime.combine(first, time.min, zone)
