"""The pages on which two are made one, and the choice of whom to merge with."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from crm import ids
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.merging import evidence, held, may, merge, preview, proposals
from leads.merging.refused import ChangedMeanwhile, GoneMeanwhile, MergeRefused
from leads.models import Contact, Organisation
from leads.search import search
from leads.sight import sight

PAGES = {Organisation: "leads:merge", Contact: "leads:merge_contacts"}
FOUND = 20
PEOPLE = 50


@needs(Permission.WORK_LEADS)
@require_GET
def look_for(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Look for another organisation, or another person of this one, to merge with."""
    seen = sight.leads(request.membership).select_related("organisation", "tenant")
    lead = get_object_or_404(seen, pk=lead_id)
    text = request.GET.get("q", "").replace("\0", "")[:200].strip()
    one = lead.organisation_id
    found = []
    if text:
        meant = search.narrow(
            seen.exclude(organisation=one), text, tenant=request.tenant, walks=False
        )
        found = list(meant.select_related("stage", "owner").order_by("-score", "-id")[:FOUND])
    asked = proposals.seen(request.membership).filter(state="open")
    context = {
        "lead": lead,
        "text": text,
        "found": found,
        "proposals": list(asked.filter(one=one) | asked.filter(other=one)),
        "contacts": Contact.of(request.tenant).filter(organisation=one).order_by("id")[:PEOPLE],
        "section": "leads",
    }
    return render(request, "leads/merge_with.html", context)


@needs(Permission.WORK_LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def organisations(request: TenantRequest) -> HttpResponse:
    """Make one of two organisations, or show what that would do."""
    return _page(request, Organisation, may.organisations(request.membership))


def _places(request: TenantRequest, asked: list[UUID | None]) -> list[UUID | None]:
    """Take the ids of leads, too, as a list of leads has them."""
    seen = sight.leads(request.membership).filter(pk__in=[each for each in asked if each])
    homes = dict(seen.values_list("pk", "organisation"))
    return [homes.get(each, each) if each else None for each in asked]


@needs(Permission.WORK_LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: TenantRequest) -> HttpResponse:
    """Make one of two people, or show what that would do."""
    return _page(request, Contact, may.contacts(request.membership))


def _page(request: TenantRequest, model: Any, seen: Any) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    asked = [ids.read(given.get(name, "")) for name in ("one", "other")]
    if model is Organisation:
        asked = _places(request, asked)
    there = {each.pk: each for each in seen.filter(pk__in=[each for each in asked if each])}
    if request.method == "POST" and len(there) < 2 and (gone := _gone(request, model, asked)):
        return _too_late(request, str(gone), gone.merge)
    if any(each not in there for each in asked):
        raise Http404
    kept, gone = there[asked[0]], there[asked[1]]
    if kept == gone:
        messages.error(request, "Choose another one to merge it with.")
        return redirect("leads:list")
    if request.method == "POST":
        return _merge(request, kept, gone)
    return _show(request, kept, gone)


def _gone(request: TenantRequest, model: Any, asked: list[Any]) -> GoneMeanwhile | None:
    """Say what became of one that the member saw before: only of what was kept that they see."""
    seen = may.merges(request.membership).filter(undone_at=None, model=model._meta.label_lower)
    found = seen.filter(gone__in=[each for each in asked if each]).first()
    return held.said(found) if found else None


def _merge(request: TenantRequest, kept: Any, gone: Any) -> HttpResponse:
    if said := may.obstacle(request.membership, kept, gone):
        return _show(request, kept, gone, said, 403)
    chosen = {name: value for name, value in request.POST.items() if value in ("kept", "gone")}
    try:
        made = merge.merge(
            kept, gone, chosen=chosen, by=request.user, seen=request.POST.get("seen", "")
        )
    except GoneMeanwhile as late:
        return _too_late(request, str(late), late.merge)
    except ChangedMeanwhile as late:
        model = type(kept)
        kept, gone = (model.of(request.tenant).get(pk=each.pk) for each in (kept, gone))
        return _show(request, kept, gone, str(late), 409)
    except MergeRefused as refused:
        return _show(request, kept, gone, str(refused), 409)
    messages.success(request, f"{made.name} is merged. You can undo that here, weeks later too.")
    return redirect("leads:merged", merge_id=made.pk)


def _too_late(request: TenantRequest, said: str, merge: Any) -> HttpResponse:
    seen = merge and may.merges(request.membership).filter(pk=merge.pk).exists()
    context = {"said": said, "merge": merge if seen else None, "section": "leads"}
    return render(request, "leads/merge_late.html", context, status=409)


def _show(
    request: TenantRequest, kept: Any, gone: Any, said: str = "", status: int = 200
) -> HttpResponse:
    obstacle = may.obstacle(request.membership, kept, gone)
    # What colleagues' leads say, and how many there are, is theirs.
    lines = preview.lines(kept, gone, request.POST, with_leads=not obstacle)
    address = reverse(PAGES[type(kept)])
    home = kept.pk if isinstance(kept, Organisation) else kept.organisation_id
    context = {
        "kept": kept,
        "gone": gone,
        "is_of_people": isinstance(kept, Contact),
        "lines": [line for line in lines if not line.is_same],
        "same": [line for line in lines if line.is_same],
        "moves": [] if obstacle else preview.moves(kept, gone),
        "evidence": evidence.of(kept, gone),
        "seen": held.fingerprint(kept, gone),
        "said": said or obstacle,
        "may_merge": not obstacle,
        "address": address,
        "swapped": f"{address}?{urlencode({'one': gone.pk, 'other': kept.pk})}",
        "lead": may.lead_of(request.membership, home),
        "section": "leads",
    }
    return render(request, "leads/merge.html", context, status=status)
