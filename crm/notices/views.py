"""The page of a person's notices; opening it marks them as read."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from crm.notices.models import Notice
from crm.tenants.permissions import Permission, TenantRequest, needs

SHOWN = 100


@needs(Permission.SEE_LEADS)
def listed(request: TenantRequest) -> HttpResponse:
    """Show the newest notices, then count them as read, unless only the head was asked for."""
    mine = Notice.of(request.tenant).filter(user=request.user)
    notices = list(mine.order_by("-id")[:SHOWN])
    if request.method == "GET":
        mine.filter(read_at=None).update(read_at=timezone.now())
    return render(request, "notices/list.html", {"notices": notices, "section": "notices"})
