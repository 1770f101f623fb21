"""What the frame around every page shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from crm.notices import bell
from crm.tenants import switching
from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, may


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give the tenant, the person's role and the bell with the number of unread notices."""
    membership: Membership | None = getattr(request, "membership", None)
    # Asked only where it is shown.
    now = bell.SILENT if membership is None else SimpleLazyObject(lambda: bell.read(membership))
    return {
        "tenant": membership.tenant if membership else None,
        "membership": membership,
        "companies": switching.companies(membership),
        "bell": now,
        "may_administer": may(membership, Permission.ADMINISTER),
        "may_see_keys": may(membership, Permission.SEE_KEYS),
        "may_work": may(membership, Permission.WORK_LEADS),
        "may_run": may(membership, Permission.RUN_CAMPAIGNS),
        "may_see_credits": may(membership, Permission.SEE_CREDITS),
        "simulated": settings.SIMULATED_VENDORS,
    }
