"""The pages of runs: the list, and one of them while it goes and when it has ended."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm import ids
from crm.credits import credits
from crm.tenants.permissions import Permission, TenantRequest, may, needs
from crm.work.models import State
from enrichment import kinds
from leads.enriching import quoting, run_figures, run_items, run_sight, runs, steering
from leads.enriching.run_forms import AgainForm
from leads.enriching.steering import CannotSteer
from leads.models import EnrichmentItem, EnrichmentRun

PAGE = 30
Phase = EnrichmentRun.Phase
PHASES = {
    Phase.RUNNING: ("info", "loader"),
    Phase.PAUSED: ("warn", "circle-pause"),
    Phase.STOPPED: ("bad", "circle-alert"),
    Phase.CANCELLED: ("quiet", "circle-slash"),
    Phase.COMPLETED: ("good", "circle-check"),
}
OVER = Q(state__in=[State.DONE, State.DEAD])


@needs(Permission.SEE_LEADS)
@require_GET
def listed(request: TenantRequest) -> HttpResponse:
    """List the runs, the newest first."""
    rows = run_sight.runs(request.membership).select_related("by").order_by("-pk")
    before = ids.read(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found: list[Any] = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    _hang(request, shown)
    context = {
        "runs": shown,
        "is_first": before is None,
        "next_url": f"?before={shown[-1].pk}" if len(found) > PAGE else "",
        "may_enrich": may(request.membership, Permission.ENRICH),
        "section": "leads",
    }
    return render(request, "leads/enrichments.html", context)


def _hang(request: TenantRequest, shown: Sequence[Any]) -> None:
    """Hang on the runs how far they are, and how they stand in words and colour."""
    active = [run.pk for run in shown if run.is_active]
    items = EnrichmentItem.of(request.tenant).filter(OVER, run__in=active).values("run")
    over = dict(items.annotate(n=Count("pk")).values_list("run", "n")) if active else {}
    for run in shown:
        run.over = over.get(run.pk, 0) if run.is_active else run.total
        run.tone, run.icon = PHASES[Phase(run.phase)]


@needs(Permission.SEE_LEADS)
@require_GET
def show(request: TenantRequest, enrichment_id: UUID) -> HttpResponse:
    """Show how a run goes, and what it has brought."""
    run = run_sight.load(request.membership, enrichment_id)
    after, only = ids.read(request.GET.get("after", "")), request.GET.get("only", "")
    page = run_items.page(request.membership, run, after, only)
    was, now = run.before, run_figures.now(run)
    context = _live(request, run) | {
        "figures": run_figures.read(run),
        "got": run_figures.got(run),
        "compared": run_figures.compared(was, now),
        "conflicts_before": int(was.get("conflicts", 0)),
        "conflicts_after": int(now.get("conflicts", 0)),
        "page": page,
        "only": only if only in run_items.ONLY else "",
        "is_first": after is None,
        "next_url": _next(page.following, only),
        "asked_for": [kinds.KINDS[slug].label for slug in run.kinds if slug in kinds.KINDS],
        "may_again": not run.is_active and run_items.left(run).exists(),
    }
    return render(request, "leads/enrichment.html", context)


def _next(following: UUID | None, only: str) -> str:
    if following is None:
        return ""
    return f"?after={following}{f'&only={only}' if only in run_items.ONLY else ''}#organisations"


@needs(Permission.SEE_LEADS)
@require_GET
def progress(request: TenantRequest, enrichment_id: UUID) -> HttpResponse:
    """Give how far it is; once it stands otherwise than it was shown, the whole page is due."""
    run = run_sight.load(request.membership, enrichment_id)
    if not request.htmx:
        return redirect(run)
    if request.GET.get("shown") != run.phase:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "leads/_enrichment_live.html", _live(request, run))


def _live(request: TenantRequest, run: EnrichmentRun) -> dict[str, Any]:
    """Give what is renewed every two seconds, with one query beside the run itself."""
    found = runs.sums(run)
    over = found["done"] + found["failed"]
    tone, icon = PHASES[Phase(run.phase)]
    return {
        "run": run,
        "over": over,
        "finished": found["finished"],
        "unfinished": found["done"] - found["finished"],
        "failed": found["failed"],
        "waiting": found["waiting"],
        "used": found["credits"],
        "back": max(0, run.most - found["credits"]),
        "tone": tone,
        "icon": icon,
        "may_enrich": may(request.membership, Permission.ENRICH),
        "section": "leads",
    }


@needs(Permission.ENRICH)
@require_POST
def pause(request: TenantRequest, enrichment_id: UUID) -> HttpResponse:
    """Ask nobody any more for now."""
    return _steer(request, enrichment_id, steering.pause)


@needs(Permission.ENRICH)
@require_POST
def resume(request: TenantRequest, enrichment_id: UUID) -> HttpResponse:
    """Go on where it was paused or has stopped."""
    return _steer(request, enrichment_id, steering.resume)


@needs(Permission.ENRICH)
@require_POST
def cancel(request: TenantRequest, enrichment_id: UUID) -> HttpResponse:
    """End it; what it has found stays."""
    return _steer(request, enrichment_id, steering.cancel)


@needs(Permission.ENRICH)
@require_http_methods(["GET", "POST"])
def again(request: TenantRequest, enrichment_id: UUID) -> HttpResponse:
    """Say what it takes to ask whoever was left out, and do it."""
    run = run_sight.load(request.membership, enrichment_id)
    asked = list(run_items.left(run).values_list("organisation_id", flat=True))
    quote = quoting.quote(request.tenant, asked, run.kinds, run.titles)
    available = credits.balance(request.tenant).available
    if request.method == "POST":
        form = AgainForm(request.POST)
        if form.is_valid():
            try:
                steering.go_on(run, min(form.cleaned_data["most"], quote.most), by=request.user)
            except CannotSteer as refusal:
                messages.info(request, str(refusal))
                return redirect(run)
            except credits.TooFew as few:
                form.add_error("most", str(few))
            else:
                return redirect(run)
    else:
        form = AgainForm(initial={"most": min(quote.most, available)})
    context = {
        "run": run,
        "form": form,
        "quote": quote,
        "many": len(asked),
        "available": available,
        "section": "leads",
    }
    status = 422 if form.errors else 200
    return render(request, "leads/enrichment_again.html", context, status=status)


def _steer(request: TenantRequest, ident: UUID, verb: Callable[..., Any]) -> HttpResponse:
    run = run_sight.load(request.membership, ident)
    try:
        verb(run, by=request.user)
    except CannotSteer as refusal:
        messages.info(request, str(refusal))
    return redirect(run)
