"""The pages of what was merged: all of it, one with its undo; and answers to what is proposed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from crm import ids
from crm.bounds.counts import capped, counted
from crm.tenants.permissions import Permission, TenantRequest, needs
from crm.tenants.permissions import may as may_do
from leads.filters import querystring
from leads.merging import arrived, may, proposals, unmerge
from leads.merging.refused import UndoRefused
from leads.merging.unmerge import LABELS
from leads.models import Merge, MergedRow, Organisation, Proposal
from leads.records import cursors

SHOWN = 50
MOST_COUNTED = 1000


@needs(Permission.SEE_LEADS)
@require_GET
def listed(request: TenantRequest) -> HttpResponse:
    """List what was merged, the latest first."""
    found, turns = _turned(request, may.merges(request.membership), SHOWN)
    open_ = proposals.seen(request.membership).filter(state=Proposal.State.OPEN)
    many = capped(open_, MOST_COUNTED)
    context = {
        "merges": found,
        "open_label": counted(many, MOST_COUNTED) if many else "",
        "section": "leads",
    }
    return render(request, "leads/merges.html", context | turns)


def _turned(
    request: TenantRequest, rows: QuerySet[Any], size: int
) -> tuple[list[Any], dict[str, str]]:
    """Give the page that the address asks for, the latest first, and the ways on and back."""
    asked = {name: request.GET.get(name, "") for name in querystring.PLACE}
    found, after, before = cursors.latest(rows, size, **asked)
    return found, {
        "next_url": querystring.turned(request.GET, "after", after),
        "previous_url": querystring.turned(request.GET, "before", before),
    }


@needs(Permission.WORK_LEADS)
@require_POST
def propose(request: TenantRequest) -> HttpResponse:
    """Have somebody else decide, or decide later."""
    idents = [ids.read(request.POST.get(name, "")) for name in ("one", "other")]
    seen = may.organisations(request.membership).filter(pk__in=[each for each in idents if each])
    pair = list(seen.order_by("pk"))
    if len(pair) < 2:
        raise Http404
    proposal = proposals.propose(pair[0], pair[1], request.user)
    if proposal.state == Proposal.State.OPEN:
        messages.success(request, "It is proposed. Whoever may merge the two finds it here.")
        return redirect("leads:proposals")
    messages.info(request, "Somebody called the two different. Propose them again from here.")
    return redirect(f"{reverse('leads:proposals')}?state=different")


@needs(Permission.WORK_LEADS)
@require_POST
def settle(request: TenantRequest, proposal_id: UUID) -> HttpResponse:
    """Call the two different; or take that back."""
    query = QueryDict(request.POST.get("query", "").encode()).urlencode()
    back = f"{reverse('leads:proposals')}?{query}"
    rows = proposals.seen(request.membership)
    proposal = get_object_or_404(rows, pk=proposal_id)
    state = "open" if request.POST.get("state") == "open" else "different"
    if said := may.obstacle(request.membership, proposal.one, proposal.other):
        messages.error(request, said)
        return redirect(back)
    try:
        proposals.settle(proposal, state=state, by=request.user)
    except proposals.SettledMeanwhile as late:
        messages.error(request, str(late))
    else:
        apart = f"{proposal.one} and {proposal.other} are different, and are not proposed again."
        asked = "They are proposed again."
        # The toast offers the way back.
        offer = "" if state == "open" else f"different:{proposal.pk}"
        messages.info(request, asked if state == "open" else apart, extra_tags=offer)
    return redirect(back)


def _load(request: TenantRequest, merge_id: UUID) -> Merge:
    return get_object_or_404(may.merges(request.membership), pk=merge_id)


@needs(Permission.SEE_LEADS)
@require_GET
def made(request: TenantRequest, merge_id: UUID) -> HttpResponse:
    """Show one merge, and what its undo would do."""
    return _page(request, _load(request, merge_id))


@needs(Permission.WORK_LEADS)
@require_POST
def undo(request: TenantRequest, merge_id: UUID) -> HttpResponse:
    """Take it back."""
    merge = _load(request, merge_id)
    kept = _kept(merge)
    if kept is not None and (said := may.obstacle(request.membership, kept)):
        return _page(request, merge, said, status=403)
    try:
        gone = unmerge.undo(merge, by=request.user, chosen=request.POST.dict())
    except UndoRefused as refused:
        return _page(request, _load(request, merge_id), str(refused), refused.first, 409)
    messages.success(request, f"{merge.name} is back, with what was its own.")
    home = gone.pk if isinstance(gone, Organisation) else gone.organisation_id
    lead = may.lead_of(request.membership, home)
    return redirect(lead) if lead else redirect("leads:merged", merge_id=merge.pk)


def _kept(merge: Merge) -> Any:
    model: Any = LABELS[merge.model]
    return model.of(merge.tenant).filter(pk=merge.kept).first()


def _page(
    request: TenantRequest,
    merge: Merge,
    said: str = "",
    first: Merge | None = None,
    status: int = 200,
) -> HttpResponse:
    kept = _kept(merge)
    if not said and merge.undone_at is None and kept is not None:
        # What came to leads of colleagues since is theirs to look at.
        said = may.obstacle(request.membership, kept)
    if not said and merge.undone_at is None:
        try:
            unmerge.check(merge)
        except UndoRefused as refused:
            said, first = str(refused), refused.first
    can_undo = merge.undone_at is None and not said and kept is not None
    can_undo = can_undo and may_do(request.membership, Permission.WORK_LEADS)
    seen = may.merges(request.membership)
    moved = MergedRow.of(request.tenant).filter(merge__in=[merge, *arrived.beneath(merge)])
    home = kept.pk if isinstance(kept, Organisation) else getattr(kept, "organisation_id", None)
    context = {
        "merge": merge,
        "kept": kept or merge.kept_was.get("name") or "something",
        "moved": moved.exclude(model="leads.merge").filter(image__isnull=True).count(),
        "put_by": moved.filter(image__isnull=False).count(),
        "said": said,
        "first": first if first and seen.filter(pk=first.pk).exists() else None,
        "can_undo": can_undo,
        "asked": arrived.asked(arrived.read(merge)) if can_undo else [],
        "lead": may.lead_of(request.membership, home) if home else None,
        "section": "leads",
    }
    return render(request, "leads/merge_made.html", context, status=status)
