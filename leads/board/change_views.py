"""Recent changes, and the way back from each."""

from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from crm.scripts import wants_json
from crm.tenants.permissions import Permission, TenantRequest, may, needs
from leads.board import address
from leads.bulk import bulk
from leads.changes import batches
from leads.models import Batch, Bulk, Change
from leads.sight import sight
from leads.undo import undo

SHOWN = 50


@needs(Permission.WORK_LEADS)
@require_GET
def listed(request: TenantRequest) -> HttpResponse:
    """List what was done in the last day and can be looked at."""
    member = request.membership
    rows = list(batches.recent(member)[: SHOWN + 1])
    busy = undo.under_way(member)
    work = Bulk.of(request.tenant).filter(batch__in=rows).values_list("batch_id", "pk")
    pages = dict(work)
    shown = [
        {
            "batch": batch,
            "is_mine": batch.by_id == request.user.pk,
            "may_undo": not undo.why_not(batch, member, busy),
            "page": pages.get(batch.pk),
            "busy": busy.get(batch.pk),
            "back": batch.many - batch.left_alone,
        }
        for batch in rows[:SHOWN]
    ]
    context = {
        "changes": shown,
        "has_more": len(rows) > SHOWN,
        "most": SHOWN,
        "sees_all": may(member, Permission.ADMINISTER),
        "section": "board",
    }
    return render(request, "leads/changes.html", context)


@needs(Permission.WORK_LEADS)
@require_POST
def take_back(request: TenantRequest, batch_id: UUID) -> HttpResponse:
    """Undo a batch: the board asks for JSON, a form for the page it stood on.

    What changed very many goes on in the background, and has a page that says how far it is.
    """
    batch = get_object_or_404(Batch.of(request.tenant), pk=batch_id)
    as_json = wants_json(request)
    try:
        if undo.is_long(batch):
            row = bulk.begin_undo(batch, request.membership)
            return _go_on(reverse("leads:bulk_one", args=[row.pk]), as_json)
        done = undo.undo(batch, request.membership)
    except undo.UndoRefused as refused:
        return _answer(request, str(refused), as_json, batch, is_done=False)
    back = [lead.pk for lead in done.back]
    return _answer(request, done.said, as_json, batch, is_done=bool(back), back=back)


def _go_on(page: str, as_json: bool) -> HttpResponse:
    said = "It is undone in the background."
    return JsonResponse({"message": said, "page": page}) if as_json else redirect(page)


def _answer(
    request: TenantRequest,
    said: str,
    as_json: bool,
    batch: Batch,
    *,
    is_done: bool,
    back: Collection[UUID] = (),
) -> HttpResponse:
    if as_json:
        rows = Change.of(request.tenant).filter(batch=batch).values("lead")
        which = Q(pk__in=rows) | Q(pk__in=back)
        leads = sight.leads(request.membership).filter(which)[: batches.MOST_SHOWN]
        shown = address.truth(request, leads)
        return JsonResponse({"message": said, **shown}, status=200 if is_done else 409)
    (messages.info if is_done else messages.error)(request, said)
    following = request.POST.get("next", "")
    if following and url_has_allowed_host_and_scheme(following, {request.get_host()}):
        return redirect(following)
    return redirect("leads:changes")
