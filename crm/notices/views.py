"""A person's notices: the page of them, and what the bell of an open page asks for."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from crm import ids
from crm.notices import bell
from crm.notices.models import Notice
from crm.tenants.permissions import Permission, TenantRequest, is_signed_in, needs

PAGE = 30


@needs(Permission.SEE_LEADS)
def listed(request: TenantRequest) -> HttpResponse:
    """Show the newest notices, then count all as read, unless only the head was asked for."""
    mine = Notice.of(request.tenant).filter(user=request.user)
    older = mine.order_by("-id")
    if before := ids.read(request.GET.get("before", "")):
        older = older.filter(pk__lt=before)
    page = list(older[: PAGE + 1])
    shown = page[:PAGE]
    if request.method == "GET":
        mine.filter(read_at=None).update(read_at=timezone.now())
    context = {
        "notices": bell.shown(shown, request.membership),
        "is_first": before is None,
        "next_cursor": str(shown[-1].pk) if len(page) > PAGE else None,
        "section": "notices",
    }
    return render(request, "notices/list.html", context)


@never_cache
def unread(request: TenantRequest) -> HttpResponseBase:
    """Answer an open page's bell; once its reader is signed out, only by a 401.

    A page on which somebody may be writing is not torn away by its bell.
    """
    if request.htmx and not is_signed_in(request):
        return HttpResponse(status=401)
    return _unread(request)


@needs(Permission.SEE_LEADS)
@require_GET
def _unread(request: TenantRequest) -> HttpResponse:
    """Say nothing (204) if the page shows what is so already."""
    now = bell.read(request.membership)
    if now.state == request.GET.get("seen"):
        return HttpResponse(status=204)
    news = bell.news(request.membership, now) if now.news else []
    # Not `render`: what the frame of a page needs costs queries.
    return HttpResponse(render_to_string("notices/_rung.html", {"bell": now, "news": news}))
