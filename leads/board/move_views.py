"""The board's moves: of one card or of several, with what a stage asks in between."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from crm import ids
from crm.pipeline.models import Asked, Stage
from crm.scripts import wants_json
from crm.tenants import foreign
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.board import address
from leads.changes import batches
from leads.filters import querystring
from leads.models import Batch, Lead
from leads.moving import asking, board
from leads.moving.answers_form import AnswersForm
from leads.moving.asking import Answers
from leads.page.forms import MoveForm
from leads.sight import sight
from leads.sight.load import load
from leads.undo import undoing

# Of a move that is asked about, all else is sent again with the answers.
NOT_KEPT = ("csrfmiddlewaretoken", "anyway", "answered")
# What `from` says when the way back is the board.
BOARD = "board"
# More are moved in the background, from the list.
MOST = 200


@needs(Permission.WORK_LEADS)
def move(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Move a card: the board asks for JSON, the form without JavaScript for a page."""
    lead = load(request, lead_id)
    if request.method != "POST":
        return _choose(request, lead)
    form = MoveForm(request.POST)
    try:
        to, after = _where(request, form)
        asked = _asked(request, [lead], to, form.cleaned_data["version"])
        if isinstance(asked, HttpResponse):
            return asked
        moved = board.move(
            lead,
            to=to,
            by=request.user,
            version=form.cleaned_data["version"],
            after=after,
            answers=asked,
            is_asked=True,
        )
    except board.MoveRefused as refused:
        return _refuse(request, lead, refused)
    said = f"{moved.title} moved to {moved.stage.name}."
    return _answer(request, said, [moved], batches.last(request.membership))


@needs(Permission.WORK_LEADS)
def move_many(request: TenantRequest) -> HttpResponse:
    """Move the selected cards; the page without JavaScript lets one choose where to."""
    given = request.POST if request.method == "POST" else request.GET
    wanted = {ident for each in given.getlist("lead") if (ident := ids.read(each))}
    if len(wanted) > MOST:
        return _nothing(request, f"Move {MOST} cards at most here; more at once in the list.")
    leads = _several(request, wanted)
    if not leads:
        return _nothing(request, "Select some cards first.")
    if request.method != "POST" or not request.POST.get("stage"):
        return _choose_for(request, leads)
    form = MoveForm(request.POST)
    try:
        to, after = _where(request, form)
        asked = _asked(request, leads, to)
        if isinstance(asked, HttpResponse):
            return asked
        moved = board.move_many(
            [lead.pk for lead in leads],
            to=to,
            by=request.membership,
            after=after,
            versions=_versions(request, leads),
            answers=asked,
            is_placed=bool(request.POST.get("placed")),
        )
    except board.MoveRefused as refused:
        return _refuse_many(request, leads, str(refused))
    moved.skipped[board.UNSEEN] += len(wanted) - len(leads)
    said = _counted(moved, to)
    if not moved.leads and moved.skipped:
        return _refuse_many(request, leads, said)
    return _answer(request, said, leads, moved.batch or batches.last(request.membership))


def _several(request: TenantRequest, wanted: set[UUID]) -> list[Lead]:
    rows = sight.leads(request.membership).filter(pk__in=wanted)
    found = list(rows.select_related("organisation", "stage", "owner", "tenant"))
    if len(found) < len(wanted):
        foreign.say(request, Lead, wanted)
    return sorted(found, key=lambda lead: (lead.stage.position, lead.rank, lead.pk))


def _versions(request: TenantRequest, leads: list[Lead]) -> dict[UUID, int]:
    """What the mover saw of each, where the board said so."""
    found = {}
    for lead in leads:
        said = request.POST.get(f"version-{lead.pk}", "")
        if said.isascii() and said.isdigit() and len(said) < 10:
            found[lead.pk] = int(said)
    return found


def _where(request: TenantRequest, form: MoveForm) -> tuple[Stage, Lead | None]:
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
    return stage, after


def _asked(
    request: TenantRequest, leads: list[Lead], to: Stage, version: int | None = None
) -> Answers | HttpResponse:
    """Give the answers to what the stage asks, or the page that asks for them."""
    if version is not None and leads[0].version != version:
        # Refused in any case: nothing is asked first.
        return Answers()
    open_ = asking.open_of(leads, to)
    sent = request.POST if "answered" in request.POST else None
    form = AnswersForm(sent, open_=open_, leads=leads, to=to, membership=request.membership)
    if not form.is_needed:
        return Answers()
    if form.is_valid():
        return form.answers()
    many = len(leads) > 1
    context = {
        "form": form,
        "to": to,
        "leads": leads,
        "lead": leads[0],
        "many": many,
        "lacking": [
            {"many": n, "what": asking.LACKS[each]}
            for each, n in sorted(open_.lacking.items())
            if each != Asked.REASON
        ],
        "kept": [
            (name, value)
            for name, value in querystring.pairs(request.POST)
            if not name.startswith("ask-") and name not in NOT_KEPT
        ],
        "action": reverse("leads:move_many") if many else reverse("leads:move", args=[leads[0].pk]),
        "came_from": BOARD if request.POST.get("from") == BOARD else "",
        "section": "board",
    }
    if not wants_json(request):
        return render(request, "leads/move_ask.html", context, status=422)
    html = render_to_string("leads/_move_ask.html", context, request)
    return JsonResponse({"ask": html, "message": f"{to.name} asks for more."}, status=422)


def _answer(
    request: TenantRequest, said: str, leads: list[Lead], batch: Batch | None
) -> HttpResponse:
    if wants_json(request):
        undo_url = reverse("leads:undo", args=[batch.pk]) if batch else ""
        shown = address.truth(request, leads)
        return JsonResponse({"message": said, "undo": undo_url, **shown})
    undoing.tell(request, said, batch)
    if request.POST.get("from") == BOARD or len(leads) != 1:
        return redirect("leads:board")
    return redirect("leads:detail", lead_id=leads[0].pk)


def _refuse(request: TenantRequest, lead: Lead, refused: board.MoveRefused) -> HttpResponse:
    status = 422
    if isinstance(refused, board.MovedMeanwhile):
        lead, status = refused.lead, 409
    elif isinstance(refused, board.StageGone):
        status = 410
    said = _said(request, lead, refused)
    if wants_json(request):
        return JsonResponse({"message": said, **address.truth(request, [lead])}, status=status)
    messages.error(request, said)
    return _choose(request, lead, status=status)


def _refuse_many(request: TenantRequest, leads: list[Lead], said: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"message": said, **address.truth(request, leads)}, status=422)
    messages.error(request, said)
    return _choose_for(request, leads, status=422)


def _said(request: TenantRequest, lead: Lead, refused: board.MoveRefused) -> str:
    """Say why, and nothing of a lead that the person does not see."""
    other = refused.other if isinstance(refused, board.PursuedAlready) else None
    if other is None or sight.sees(request.membership, other):
        return str(refused)
    return f"{lead.title} is pursued already by a colleague."


def _counted(moved: board.Moved, to: Stage) -> str:
    """Say how many were moved, and how many were not and why."""
    many = len(moved.leads)
    if many == 1 and not +moved.skipped:
        return f"{moved.leads[0].title} moved to {to.name}."
    parts = [f"{many:,} {'lead' if many == 1 else 'leads'} moved to {to.name}."]
    if not many:
        parts = [] if moved.skipped else [f"The order of {to.name} is kept."]
    left = [f"{n:,} {why}" for why, n in moved.skipped.most_common() if n]
    if left:
        parts.append(f"{'Left alone' if many else 'Nothing was moved'}: {', '.join(left)}.")
    return " ".join(parts)


def _nothing(request: TenantRequest, said: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"message": said}, status=422)
    messages.error(request, said)
    return redirect("leads:board")


def _choose(request: TenantRequest, lead: Lead, status: int = 200) -> HttpResponse:
    stages = Stage.of(request.tenant).filter(pipeline=lead.pipeline_id)
    given = request.POST if request.method == "POST" else request.GET
    came_from = BOARD if given.get("from") == BOARD else ""
    context = {"lead": lead, "stages": stages, "came_from": came_from, "section": "board"}
    return render(request, "leads/move.html", context, status=status)


def _choose_for(request: TenantRequest, leads: list[Lead], status: int = 200) -> HttpResponse:
    stages = Stage.of(request.tenant).filter(pipeline=leads[0].pipeline_id)
    context: dict[str, Any] = {"leads": leads, "stages": stages, "section": "board"}
    return render(request, "leads/move_many.html", context, status=status)
