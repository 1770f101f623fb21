"""The board's pages: columns, more of a column, and the move."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET

from crm.pipeline import models as pipeline
from crm.pipeline.models import Stage
from crm.tenants import foreign
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads import board, listing, sight, tags
from leads.forms import FilterForm, MoveForm
from leads.models import Lead
from leads.views import load

WINDOW = 30
# What `from` says when the way back is the board.
BOARD = "board"


@dataclass(frozen=True)
class Column:
    """A window of a stage's cards; `next_url` gives the next ones."""

    stage: Stage
    cards: list[Lead]
    count: int
    next_url: str | None


@needs(Permission.SEE_LEADS)
@require_GET
def show(request: TenantRequest) -> HttpResponse:
    """Show the board of the first pipeline."""
    form = FilterForm(request.GET, membership=request.membership)
    wanted = form.wanted
    matching = listing.matching(request.membership, wanted)
    counts = board.counts(matching)
    shown = pipeline.first(request.tenant)
    columns = []
    for stage in Stage.of(request.tenant).filter(pipeline=shown):
        cards, next_url = _window(request, matching, stage, after="")
        columns.append(Column(stage, cards, counts.get(str(stage.pk), 0), next_url))
    tags.show((card for each in columns for card in each.cards), tenant=request.tenant)
    context = {
        "pipeline": shown,
        "columns": columns,
        "form": form,
        "filters_active": bool(wanted),
        "section": "board",
    }
    return render(request, "leads/board.html", context)


@needs(Permission.SEE_LEADS)
@require_GET
def column(request: TenantRequest, stage_id: UUID) -> HttpResponse:
    """Give the next cards of a column."""
    stage = get_object_or_404(Stage.of(request.tenant), pk=stage_id)
    form = FilterForm(request.GET, membership=request.membership)
    matching = listing.matching(request.membership, form.wanted)
    cards, next_url = _window(request, matching, stage, after=request.GET.get("after", ""))
    tags.show(cards, tenant=request.tenant)
    context = {"cards": cards, "next_url": next_url, "stage": stage, "section": "board"}
    template = "leads/_cards.html" if request.htmx else "leads/column.html"
    return render(request, template, context)


def _window(
    request: TenantRequest, matching: QuerySet[Lead], stage: Stage, *, after: str
) -> tuple[list[Lead], str | None]:
    cards = matching.filter(stage=stage).select_related("organisation", "owner")
    if after:
        try:
            cursor = base64.urlsafe_b64decode(after.encode()).decode("ascii")
            rank, pk = cursor.replace("\x00", "").split("|")
            cards = cards.filter(Q(rank__gt=rank) | Q(rank=rank, pk__gt=UUID(pk)))
        except (ValueError, binascii.Error):
            pass
    found = list(cards.order_by("rank", "id")[: WINDOW + 1])
    if len(found) <= WINDOW:
        return found, None
    last = found[WINDOW - 1]
    cursor = base64.urlsafe_b64encode(f"{last.rank}|{last.pk}".encode()).decode()
    kept = {k: v for k, v in request.GET.lists() if k != "after" and any(v)}
    url = reverse("leads:column", args=[stage.pk])
    return found[:WINDOW], f"{url}?{urlencode(kept | {'after': cursor}, doseq=True)}"


@needs(Permission.WORK_LEADS)
def move(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Move a card: the board asks for JSON, the form without JavaScript for a page."""
    lead = load(request, lead_id)
    if request.method != "POST":
        return _ask(request, lead)
    wants_json = "application/json" in request.headers.get("Accept", "")
    form = MoveForm(request.POST)
    try:
        moved = _move(request, lead, form)
    except board.MoveRefused as refused:
        return _refuse(request, lead, refused, as_json=wants_json)
    said = f"{moved.title} stands in {moved.stage.name} now."
    if wants_json:
        return JsonResponse({"message": said, **_truth(request, moved)})
    messages.info(request, said)
    if request.POST.get("from") == BOARD:
        return redirect("leads:board")
    return redirect("leads:detail", lead_id=moved.pk)


def _move(request: TenantRequest, lead: Lead, form: MoveForm) -> Lead:
    if not form.is_valid():
        raise board.MoveRefused("Choose the stage to move to.")
    given = form.cleaned_data
    stage = Stage.of(request.tenant).filter(pk=given["stage"]).first()
    if stage is None:
        raise board.StageGone(board.GONE)
    after = None
    if given["after"]:
        after = sight.leads(request.membership).filter(pk=given["after"]).first()
        if after is None:
            # The card goes to the top, as one does whose neighbour has gone meanwhile.
            foreign.say(request, Lead, [given["after"]])
    return board.move(lead, to=stage, by=request.user, version=given["version"], after=after)


def _refuse(
    request: TenantRequest, lead: Lead, refused: board.MoveRefused, *, as_json: bool
) -> HttpResponse:
    status = 422
    if isinstance(refused, board.MovedMeanwhile):
        lead, status = refused.lead, 409
    elif isinstance(refused, board.StageGone):
        status = 410
    said = _said(request, lead, refused)
    if as_json:
        return JsonResponse({"message": said, **_truth(request, lead)}, status=status)
    messages.error(request, said)
    return _ask(request, lead, status=status)


def _said(request: TenantRequest, lead: Lead, refused: board.MoveRefused) -> str:
    """Say why, and nothing of a lead that the person does not see."""
    other = refused.other if isinstance(refused, board.PursuedAlready) else None
    if other is None or sight.sees(request.membership, other):
        return str(refused)
    return f"{lead.title} is pursued already by a colleague."


def _ask(request: TenantRequest, lead: Lead, status: int = 200) -> HttpResponse:
    stages = Stage.of(request.tenant).filter(pipeline=lead.pipeline_id)
    given = request.POST if request.method == "POST" else request.GET
    came_from = BOARD if given.get("from") == BOARD else ""
    context = {"lead": lead, "stages": stages, "came_from": came_from, "section": "board"}
    return render(request, "leads/move.html", context, status=status)


def _truth(request: TenantRequest, lead: Lead) -> dict[str, Any]:
    """What the board must show: the card, where it stands, and the counts under its filters."""
    matching = sight.leads(request.membership)
    if request.GET:
        wanted = FilterForm(request.GET, membership=request.membership).wanted
        matching = listing.matching(request.membership, wanted)
    tags.show([lead], tenant=request.tenant)
    return {
        "card": render_to_string("leads/_card.html", {"lead": lead}, request),
        "stage": str(lead.stage_id),
        "counts": board.counts(matching),
    }
