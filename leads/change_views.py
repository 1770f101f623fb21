"""Recent changes, and the way back from each."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from crm.tenants.permissions import Permission, TenantRequest, may, needs
from leads import batches, board_page, sight, undo
from leads.models import Batch, Change

SHOWN = 50


@needs(Permission.WORK_LEADS)
@require_GET
def listed(request: TenantRequest) -> HttpResponse:
    """List what was done in the last day and can be looked at."""
    member = request.membership
    rows = list(batches.recent(member)[: SHOWN + 1])
    left = batches.left_of(rows)
    shown = [
        {
            "batch": batch,
            "is_mine": batch.by_id == request.user.pk,
            "may_undo": not undo.why_not(batch, member),
            "left": left.get(batch.pk, 0),
            "back": batch.many - left.get(batch.pk, 0),
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
    """Undo a batch: the board asks for JSON, a form for the page it stood on."""
    batch = get_object_or_404(Batch.of(request.tenant), pk=batch_id)
    as_json = "application/json" in request.headers.get("Accept", "")
    try:
        done = undo.undo(batch, request.membership)
    except undo.UndoRefused as refused:
        return _answer(request, str(refused), as_json, batch, is_done=False)
    return _answer(request, done.said, as_json, batch, is_done=bool(done.back))


def _answer(
    request: TenantRequest, said: str, as_json: bool, batch: Batch, *, is_done: bool
) -> HttpResponse:
    if as_json:
        rows = Change.of(request.tenant).filter(batch=batch).values("lead")
        leads = sight.leads(request.membership).filter(pk__in=rows)[: batches.MOST_SHOWN]
        shown = board_page.truth(request, leads)
        return JsonResponse({"message": said, **shown}, status=200 if is_done else 409)
    (messages.info if is_done else messages.error)(request, said)
    following = request.POST.get("next", "")
    if following and url_has_allowed_host_and_scheme(following, {request.get_host()}):
        return redirect(following)
    return redirect("leads:changes")
