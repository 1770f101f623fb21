"""What the frame around every page shows."""

from typing import Any

from django.http import HttpRequest

from crm.notices.models import Notice
from crm.tenants.permissions import Permission, may


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give the tenant, the person's role and the number of unread notices."""
    tenant = getattr(request, "tenant", None)
    membership = getattr(request, "membership", None)
    unread = 0
    if tenant is not None:
        unread = Notice.of(tenant).filter(user=request.user, read_at=None).count()
    return {
        "tenant": tenant,
        "membership": membership,
        "notices_unread": unread,
        "may_administer": may(membership, Permission.ADMINISTER),
        "may_work": may(membership, Permission.WORK_LEADS),
        "may_run": may(membership, Permission.RUN_CAMPAIGNS),
    }
