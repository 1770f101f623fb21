"""The board: its columns, more of a column, and what colleagues have changed meanwhile."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from crm import ids
from crm.pipeline.models import Stage
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.board import address, drawing, heads, windows
from leads.changes import batches
from leads.records import touched
from leads.records.touched import News

# In the answer that nothing changed: what to ask with next.
SINCE = "X-Since"


@needs(Permission.SEE_LEADS)
@require_GET
def show(request: TenantRequest) -> HttpResponse:
    """Show the board of a pipeline, of the first unless another is asked for."""
    page = address.read(request)
    context = {
        "page": page,
        "search_said": windows.said(page.reading),
        "pipeline": page.pipeline,
        "columns": page.columns,
        "form": page.form,
        "filters_active": bool(page.reading.wanted),
        "undoable": batches.last(request.membership),
        "section": "board",
    }
    return render(request, "leads/board.html", context)


@needs(Permission.SEE_LEADS)
@require_GET
def column(request: TenantRequest, stage_id: UUID) -> HttpResponse:
    """Give the next cards of a column."""
    stage = get_object_or_404(Stage.of(request.tenant), pk=stage_id)
    page = address.read(request)
    after = request.GET.get(address.AFTER, "")
    # Of its own pipeline, whichever the address names.
    reading = replace(page.reading, stages=[stage])
    found = page.linked(windows.more(reading, stage, after))
    context = {"column": found, "stage": stage, "page": page, "section": "board"}
    template = "leads/_cards.html" if request.htmx else "leads/column.html"
    return render(request, template, context)


@needs(Permission.SEE_LEADS)
@require_GET
def news(request: TenantRequest) -> HttpResponse:
    """Tell what has changed on a board since it was drawn; nothing, as a rule."""
    pipeline = ids.read(request.GET.get(address.PIPELINE, "")) or ids.NOBODYS
    found = touched.read(request.tenant, pipeline, request.GET.get(address.SINCE, ""))
    if found.is_all:
        return JsonResponse({"since": found.since, "all": True})
    if not found.leads:
        return HttpResponse(status=204, headers={SINCE: found.since})
    return JsonResponse(_told(request, found))


def _told(request: TenantRequest, found: News) -> dict[str, object]:
    page = address.read(request)
    cards = windows.some(page.reading, found.leads)
    shown = {card.pk for card in cards}
    return {
        "since": found.since,
        "cards": [address.told(request, card) for card in cards],
        # By their marks: some of them were never this member's to see.
        "gone": [drawing.mark(lead) for lead in found.leads if lead not in shown],
        "sums": heads.labels(heads.read(page.reading)),
    }
