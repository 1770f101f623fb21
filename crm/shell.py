"""What the frame around every page shows."""

from typing import Any

from django.http import HttpRequest

from crm.notices.models import Notice
from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, may


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give the tenant, the person's role and the number of unread notices."""
    membership: Membership | None = getattr(request, "membership", None)
    unread = 0
    if membership is not None:
        mine = Notice.of(membership.tenant).filter(user=membership.user_id)
        unread = mine.filter(read_at=None).count()
    return {
        "tenant": membership.tenant if membership else None,
        "membership": membership,
        "notices_unread": unread,
        "may_administer": may(membership, Permission.ADMINISTER),
        "may_work": may(membership, Permission.WORK_LEADS),
        "may_run": may(membership, Permission.RUN_CAMPAIGNS),
    }
