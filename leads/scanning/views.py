"""The page of suspected duplicates, and the search that finds them: begun, watched, stopped."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from crm.bounds.counts import capped, counted
from crm.look import formats
from crm.tenants import scope
from crm.tenants.permissions import Permission, TenantRequest, may, needs
from crm.work import reasons
from crm.work.models import State
from leads.acts.merge_sure import MergeSure
from leads.bulk import bulk
from leads.filters import querystring
from leads.merging import proposals
from leads.models import DuplicateScan, Proposal, ScanPlan
from leads.records import cursors
from leads.scanning import plan, scan, suspects
from leads.scanning.suspects import SuspectsForm
from leads.scanning.ways import WAYS

SHOWN = 25
MOST_COUNTED = 1000
# So many are merged in one go; the rest are there afterwards.
MOST_MERGED = 5000
BECAUSE = {"night": ", as every night", "came_in": ", after new leads had come in"}
SUPPORT = "Support merges pairs one by one, not many at a time."


@needs(Permission.SEE_LEADS)
@require_GET
def proposed(request: TenantRequest) -> HttpResponse:
    """List what may be one, with what speaks for and against."""
    is_of_different = request.GET.get("state") == "different"
    form = SuspectsForm(request.GET, membership=request.membership)
    place = {name: request.GET.get(name, "") for name in querystring.PLACE}
    if is_of_different:
        rows = proposals.seen(request.membership).filter(state=Proposal.State.DIFFERENT)
        found, after, before = cursors.latest(rows, SHOWN, **place)
    else:
        rows = suspects.asked(request.membership, form.wanted)
        found, after, before = suspects.page(rows, SHOWN, **place)
    context: dict[str, Any] = {
        "suspects": suspects.shown(request.membership, found),
        "form": form,
        "is_filtered": bool(form.wanted),
        "is_of_different": is_of_different,
        "query": request.GET.urlencode(),
        "next_url": querystring.turned(request.GET, "after", after),
        "previous_url": querystring.turned(request.GET, "before", before),
        "section": "leads",
    }
    if not is_of_different:
        sure = capped(rows.filter(is_sure=True), MOST_COUNTED)
        context |= {
            "total_label": _total(capped(rows, MOST_COUNTED)),
            "sure_label": counted(sure, MOST_COUNTED) if sure else "",
            "filters": querystring.write(form.wanted.items()),
        }
        context |= _of_scan(request)
    return render(request, "leads/proposals.html", context)


def _total(many: int) -> str:
    return "1 pair" if many == 1 else f"{counted(many, MOST_COUNTED)} pairs"


def _when(chosen: ScanPlan) -> list[str]:
    """Say when the records are searched by themselves."""
    words = {
        "every night": chosen.is_nightly,
        "after each run that brings in leads": chosen.is_after_runs,
    }
    return [each for each, is_set in words.items() if is_set]


def _because(row: DuplicateScan) -> str:
    """Say for whom, or for what, it was made."""
    if row.by is not None:
        return f", asked for by {row.by}"
    return BECAUSE.get(row.why, "")


def _of_scan(request: TenantRequest) -> dict[str, Any]:
    """Say how far the search is, or how the last one went."""
    row = scan.latest(request.tenant)
    by = request.membership
    chosen = plan.of(request.tenant)
    context = {
        "scan": row,
        "may_work": may(by, Permission.WORK_LEADS),
        # How many there are that they don't see is not theirs to know.
        "sees_all": scope.of(by).everything,
        "may_plan": may(by, Permission.ADMINISTER),
        "plan": chosen,
        "when": " and ".join(_when(chosen)) or "never",
    }
    if row is None:
        return context
    left = scan.seconds_left(row)
    told = f"{row.stopped_by} stopped the last search" if row.stopped_by else "Last searched"
    return context | {
        "told": told,
        "because": _because(row),
        "is_live": row.state in scan.LIVE,
        "is_dead": row.state == State.DEAD,
        "is_judging": row.judging_since is not None,
        "why_dead": reasons.plain(row) if row.state == State.DEAD else "",
        "gathered": row.step * max(1, row.parts) + row.part,
        "to_gather": len(WAYS) * max(1, row.parts),
        "left": formats.roughly(left) if left is not None else "",
    }


@needs(Permission.SEE_LEADS)
@require_GET
def watched(request: TenantRequest) -> HttpResponse:
    """Show how far the search is; when it has ended, the page is read anew."""
    if not request.htmx:
        return redirect("leads:proposals")
    row: DuplicateScan | None = scan.live(request.tenant)
    if row is None:
        return HttpResponseClientRefresh()
    return render(request, "leads/_scan.html", _of_scan(request))


@needs(Permission.WORK_LEADS)
@require_POST
def begin(request: TenantRequest) -> HttpResponse:
    """Search all records."""
    _, is_new = scan.begin(request.tenant, by=request.user)
    if not is_new:
        messages.info(request, "A search for duplicates is under way already. Here is how far.")
    return redirect("leads:proposals")


@needs(Permission.WORK_LEADS)
@require_POST
def stop(request: TenantRequest) -> HttpResponse:
    """Search no further."""
    row = scan.live(request.tenant)
    if row is not None and scan.stop(row, by=request.user):
        messages.info(request, "The search is stopped. What it has found until now is kept.")
    else:
        messages.info(request, "The search has come to its end already.")
    return redirect("leads:proposals")


@needs(Permission.ADMINISTER)
@require_POST
def choose(request: TenantRequest) -> HttpResponse:
    """Say when the records are searched by themselves."""
    chosen = plan.choose(
        request.tenant,
        is_nightly="nightly" in request.POST,
        is_after_runs="after_runs" in request.POST,
        by=request.user,
    )
    when = _when(chosen)
    said = f"Your records are searched {' and '.join(when)}." if when else "Only when asked for."
    messages.success(request, said)
    return redirect("leads:proposals")


@needs(Permission.WORK_LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_sure(request: TenantRequest) -> HttpResponse:
    """Merge all that is surely one in the background, once the person has said so."""
    given = request.POST.get("query", "") if request.method == "POST" else request.GET.urlencode()
    query = QueryDict(given.encode())
    form = SuspectsForm(query, membership=request.membership)
    wanted = form.wanted | {"sure": "sure"}
    rows = suspects.asked(request.membership, wanted)
    many = capped(rows, MOST_MERGED)
    back = f"{reverse('leads:proposals')}?{query.urlencode()}"
    if request.membership.is_support:
        raise PermissionDenied(SUPPORT)
    if not many:
        messages.info(request, "There is nothing that is surely one any more.")
        return redirect(back)
    if request.method == "POST":
        idents = list(
            rows.order_by("-confidence", "-pk").values_list("pk", flat=True)[:MOST_MERGED]
        )
        row = bulk.begin(MergeSure({}), request.membership, idents=idents)
        return redirect("leads:bulk_one", bulk_id=row.pk)
    context = {
        "many": min(many, MOST_MERGED),
        "has_more": many > MOST_MERGED,
        "query": query.urlencode(),
        "is_filtered": bool(form.wanted.keys() - {"sure"}),
        "back": back,
        "section": "leads",
    }
    return render(request, "leads/merge_sure.html", context)
