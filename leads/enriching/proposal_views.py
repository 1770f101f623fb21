"""The page of proposed values: each beside what stands there now, accepted or dismissed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm import ids
from crm.bounds.counts import capped, counted
from crm.tenants.permissions import Permission, TenantRequest, may, needs
from leads.enriching import deciding, undoing, waiting
from leads.enriching.deciding import CannotDecide, Decided
from leads.enriching.waiting import WaitingForm
from leads.filters import querystring
from leads.models import Fact
from leads.records.known import Status

# In the session: how all stood before somebody decided something, the last ones.
BEFORE = "before_deciding"
MOST_KEPT = 20
VERBS = {"accept": deciding.accept_all, "dismiss": deciding.dismiss_all}
DONE = {"accept": "accepted", "dismiss": "dismissed"}


@needs(Permission.SEE_LEADS)
@require_GET
def listed(request: TenantRequest) -> HttpResponse:
    """List what waits for somebody to decide, by organisation."""
    form = WaitingForm(request.GET, membership=request.membership)
    rows = waiting.asked(request.membership, form.wanted)
    place = {name: request.GET.get(name, "") for name in querystring.PLACE}
    groups, after, before = waiting.page(request.membership, rows, **place)
    many = capped(rows, waiting.MOST_COUNTED)
    context = {
        "groups": groups,
        "form": form,
        "is_filtered": bool(form.wanted),
        "many": many,
        "total_label": _proposals(counted(many, waiting.MOST_COUNTED), many),
        "filters": querystring.write(form.wanted.items()),
        "query": request.GET.urlencode(),
        "next_url": querystring.turned(request.GET, "after", after),
        "previous_url": querystring.turned(request.GET, "before", before),
        "may_work": may(request.membership, Permission.WORK_LEADS),
        "section": "leads",
    }
    return render(request, "leads/proposed.html", context)


@needs(Permission.SEE_LEADS)
@require_GET
def count(request: TenantRequest) -> HttpResponse:
    """Say how many wait, for a badge beside the link to their page."""
    if not request.htmx:
        return redirect("leads:proposed")
    many = capped(waiting.proposed(request.membership), waiting.MOST_COUNTED)
    label = counted(many, waiting.MOST_COUNTED) if many else ""
    return render(request, "leads/_proposed_count.html", {"label": label})


@needs(Permission.WORK_LEADS)
@require_POST
def accept(request: TenantRequest, fact_id: UUID) -> HttpResponse:
    """Take the value."""
    fact = _load(request, fact_id)
    before = undoing.remember(fact)
    try:
        is_new = deciding.accept(fact, request.user)
    except CannotDecide as refused:
        return _refused(request, fact, str(refused))
    if is_new:
        _keep(request, fact, before)
    return _decided(request, fact, "accept")


@needs(Permission.WORK_LEADS)
@require_POST
def dismiss(request: TenantRequest, fact_id: UUID) -> HttpResponse:
    """Have the value never be offered again."""
    fact = _load(request, fact_id)
    before = undoing.remember(fact)
    try:
        is_new = deciding.dismiss(fact, request.user)
    except CannotDecide as refused:
        return _refused(request, fact, str(refused))
    if is_new:
        _keep(request, fact, before)
    return _decided(request, fact, "dismiss")


@needs(Permission.WORK_LEADS)
@require_POST
def undo(request: TenantRequest, fact_id: UUID) -> HttpResponse:
    """Have it be as it was before the person decided."""
    fact = _load(request, fact_id)
    kept = request.session.get(BEFORE, {})
    before = kept.pop(str(fact.pk), None)
    try:
        if before is not None:
            undoing.restore(fact, before, by=request.user)
            request.session[BEFORE] = kept
        elif fact.status == Status.DISMISSED:
            deciding.take_back(fact, request.user)
        else:
            raise CannotDecide("It is too late to undo this here. Open the lead to change it.")
    except CannotDecide as refused:
        return _refused(request, fact, str(refused))
    if not request.htmx:
        messages.info(request, "It is proposed again.")
        return _back(request)
    return _row(request, _load(request, fact_id))


@needs(Permission.WORK_LEADS)
@require_POST
def ticked(request: TenantRequest) -> HttpResponse:
    """Accept or dismiss those that are ticked."""
    idents = [ident for each in request.POST.getlist("fact") if (ident := ids.read(each))]
    rows = waiting.proposed(request.membership).filter(pk__in=idents[: deciding.MOST])
    if not idents:
        messages.info(request, "Tick at least one proposal first.")
    else:
        _decide(request, list(rows.select_related("tenant")))
    return _back(request)


@needs(Permission.WORK_LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def every(request: TenantRequest) -> HttpResponse:
    """Accept or dismiss all that the filters mean, once the person has said so."""
    given = request.POST.get("query", "") if request.method == "POST" else request.GET.urlencode()
    query = QueryDict(given.encode())
    form = WaitingForm(query, membership=request.membership)
    rows = waiting.asked(request.membership, form.wanted).order_by("pk")
    many = capped(rows, deciding.MOST)
    if not many:
        messages.info(request, "Nothing of that waits any more.")
        return redirect("leads:proposed")
    if request.method == "POST":
        _decide(request, list(rows.select_related("tenant")[: deciding.MOST]))
        return redirect(f"{reverse('leads:proposed')}?{querystring.write(form.wanted.items())}")
    context = {
        "verb": "dismiss" if request.GET.get("verb") == "dismiss" else "accept",
        "many": min(many, deciding.MOST),
        "has_more": many > deciding.MOST,
        "said": _said(form),
        "query": querystring.write(form.wanted.items()),
        "section": "leads",
    }
    return render(request, "leads/proposed_all.html", context)


def _load(request: TenantRequest, fact_id: UUID) -> Fact:
    """Load a fact of an organisation of which the member sees a lead; raises Http404."""
    rows = waiting.of_seen(request.membership)
    return get_object_or_404(
        rows.select_related("organisation", "contact", "tenant"), pk=fact_id
    )


def _keep(request: TenantRequest, fact: Fact, before: dict[str, Any]) -> None:
    """Have it be taken back by one click."""
    kept = request.session.get(BEFORE, {}) | {str(fact.pk): before}
    request.session[BEFORE] = dict(list(kept.items())[-MOST_KEPT:])


def _said(form: WaitingForm) -> str:
    """Say the filters in words."""
    parts = []
    for name, value in form.wanted.items():
        control: Any = form.fields[name]
        parts.append(f"{control.label}: {dict(control.choices)[value]}")
    return ", ".join(parts)


def _decide(request: TenantRequest, facts: list[Fact]) -> None:
    verb = request.POST.get("verb", "")
    if verb not in VERBS:
        messages.error(request, "Choose whether to accept or to dismiss them.")
        return
    try:
        done = VERBS[verb](facts, request.user)
    except CannotDecide as refused:
        messages.error(request, str(refused))
        return
    messages.success(request, _result(done, verb))


def _result(done: Decided, verb: str) -> str:
    said = f"{_proposals(f'{done.many:,}', done.many)} {DONE[verb]}."
    return " ".join([said, *(f"Left as it is: {each}" for each in done.left[:3])])


def _proposals(label: str, many: int) -> str:
    return "1 proposal" if many == 1 else f"{label} proposals"


def _decided(request: TenantRequest, fact: Fact, verb: str) -> HttpResponse:
    row = waiting.row(fact)
    if not request.htmx:
        messages.success(request, f"{row.label}: {DONE[verb]}.")
        return _back(request)
    context = {"row": row, "done": DONE[verb].capitalize(), "query": request.POST.get("query", "")}
    return render(request, "leads/_proposed_done.html", context)


def _refused(request: TenantRequest, fact: Fact, said: str) -> HttpResponse:
    if not request.htmx:
        messages.error(request, said)
        return _back(request)
    return _row(request, fact, said, status=409)


def _row(request: TenantRequest, fact: Fact, said: str = "", status: int = 200) -> HttpResponse:
    context = {
        "row": waiting.row(fact),
        "said": said,
        "may_work": True,
        "query": request.POST.get("query", ""),
    }
    return render(request, "leads/_proposed_row.html", context, status=status)


def _back(request: TenantRequest) -> HttpResponse:
    query = QueryDict(request.POST.get("query", "").encode()).urlencode()
    return redirect(f"{reverse('leads:proposed')}{'?' if query else ''}{query}")
