"""The campaigns' pages: dashboard, list, one campaign and its progress."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django_htmx.http import trigger_client_event

from campaigns import (
    choosing,
    criteria,
    findings,
    narrowed,
    prefill,
    schedule_views,
    sharing_views,
    sight,
    source_rows,
    standing,
    timetable,
    valid,
    words,
)
from campaigns import dashboard as day
from campaigns.addressed import campaign_of
from campaigns.asking import tally
from campaigns.discovery.sources import LIVE_BY_SLUG
from campaigns.models import Campaign, Run, SourceRun
from crm import ids
from crm.tenants import scope
from crm.tenants.models import Tenant
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.sight import sight as leads_sight

PAGE = 30
EARLIER = 20


def _runs(tenant: Tenant) -> QuerySet[Run]:
    rows = Run.of(tenant).with_counts()  # type: ignore[attr-defined]
    return rows.select_related("campaign", "by").order_by("-id")


def _runs_of(campaign: Campaign) -> QuerySet[Run]:
    """Give the campaign's runs, the latest first; by number, since clocks are set back."""
    return _runs(campaign.tenant).filter(campaign=campaign).order_by("-number")


@needs(Permission.SEE_LEADS)
@require_GET
def dashboard(request: TenantRequest) -> HttpResponse:
    """Show what deserves attention this morning."""
    return render(request, "campaigns/dashboard.html", day.of(request.membership))


@needs(Permission.SEE_LEADS)
@require_GET
def listed(request: TenantRequest) -> HttpResponse:
    """List the campaigns, the newest first, each with its latest run and its next time.

    Where a figure leads here, only those behind it.
    """
    tenant = request.tenant
    rows = sight.campaigns(request.membership).select_related("created_by").order_by("-id")
    only = narrowed.read(request.GET, tenant)
    share = only.share(sight.campaigns(request.membership)) if only else None
    if only is not None:
        rows = only.of(rows)
    if before := ids.read(request.GET.get("before", "")):
        rows = rows.filter(pk__lt=before)
    page = list(rows[: PAGE + 1])
    shown = page[:PAGE]
    latest = {
        run.campaign_id: run
        for run in _runs(tenant).filter(campaign__in=shown).filter(_is_latest(tenant))
    }
    leads = leads_sight.leads(request.membership).order_by()
    origins = leads.filter(origins__ref__in=[each.pk for each in shown]).values_list("origins__ref")
    found = dict(origins.annotate(n=Count("pk")))
    planned = {
        schedule.campaign_id: timetable.read(schedule, tenant)
        for schedule in timetable.rows(request.membership).filter(campaign__in=shown)
    }
    shares = valid.of_campaigns(tenant, shown, only.source if only else "")
    for campaign in shown:
        campaign.valid = shares.get(campaign.pk)
        campaign.timetable = planned.get(campaign.pk)
        campaign.latest_run = latest.get(campaign.pk)
        campaign.leads_count = found.get(campaign.pk, 0)
    context = {
        "page": shown,
        "only": only,
        "share": share,
        "next_url": _url(only, shown[-1]) if len(page) > PAGE else "",
        "section": "campaigns",
    }
    return render(request, "campaigns/list.html", context)


def _url(only: narrowed.Narrowed | None, last: Campaign) -> str:
    """Give the address of those that are older than this one."""
    return f"?{urlencode((only.query if only else {}) | {'before': str(last.pk)})}"


def _is_latest(tenant: Tenant) -> Any:
    later = Run.of(tenant).filter(campaign=OuterRef("campaign"), number__gt=OuterRef("number"))
    return ~Exists(later)


def _progress(request: TenantRequest, campaign: Campaign) -> dict[str, Any]:
    """What the live part of the page shows: in six queries whatever the run's size, and in two
    more where it asks vendors.
    """
    tenant = request.tenant
    run = _runs_of(campaign).first()
    sources = list(SourceRun.of(tenant).filter(run=run)) if run is not None else []
    tallies = tally.read([each for each in sources if each.source in LIVE_BY_SLUG])
    shown = _controls(run)
    stands = _standing(request, run, sources, tallies) if run is not None else None
    newest = leads_sight.leads(request.membership).filter(
        origins__tenant=tenant, origins__ref=campaign.pk
    )
    sees_all = scope.of(request.membership).everything
    can_run = run is None or not run.is_active
    return {
        "campaign": campaign,
        "run": run,
        "newest": newest.select_related("organisation", "stage", "owner").order_by("-pk")[:10],
        "left_out": findings.left_out(run, in_detail=sees_all) if run is not None else [],
        "standing": stands,
        "sources": source_rows.read(run, sources, tallies) if run else None,
        "progress_label": _doing(stands, asks=bool(tallies)),
        "valid": valid.Share(run.verified, run.found) if run else None,
        "can_run": can_run,
        "can_repeat": can_run and choosing.can_repeat(tenant, criteria.of(campaign)),
        "shown": shown,
        # The buttons are replaced when they are others, and not under the hand of whoever presses.
        "is_news": bool(request.htmx) and request.GET.get("shown") != shown,
        "section": "campaigns",
    }


def _standing(
    request: TenantRequest,
    run: Run,
    sources: Sequence[SourceRun],
    tallies: Mapping[UUID, tally.Tally],
) -> standing.Standing | None:
    says_errors = request.user.is_superuser
    return standing.read(run, says_errors=says_errors, sources=sources, tallies=tallies)


def _doing(stands: standing.Standing | None, *, asks: bool) -> str:
    if stands is not None and not stands.is_usual:
        return "Stands still at"
    return "Asking and checking" if asks else "Working through the circle"


def _controls(run: Run | None) -> str:
    """Name the run and the buttons that it has: those of a moving, a paused or an ended one."""
    if run is None:
        return ""
    moves = "moving" if run.state in Run.MOVING else "over"
    return f"{run.number}-{run.state if run.state == Run.State.PAUSED else moves}"


@needs(Permission.SEE_LEADS)
@require_GET
def detail(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Show a campaign with its run, live while it works."""
    campaign = campaign_of(request, campaign_id)
    asked = criteria.of(campaign)
    context = _progress(request, campaign) | schedule_views.panel(campaign)
    context |= {
        # The first of them is the one above; the others came before it.
        "runs": _runs_of(campaign)[: EARLIER + 1],
        "line": f"{campaign.kind_label} · {words.line(asked)}",
        "options": words.options(asked),
        "duplicate_url": prefill.address(asked),
        "panel": sharing_views.of(campaign, request.membership),
        "valid_of_all": valid.of_campaigns(request.tenant, [campaign]).get(campaign.pk),
    }
    return render(request, "campaigns/detail.html", context)


@needs(Permission.SEE_LEADS)
@require_GET
def progress(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Give the live part alone, and what stands beside it where that has changed."""
    campaign = campaign_of(request, campaign_id)
    context = _progress(request, campaign)
    if context["is_news"]:
        context |= schedule_views.panel(campaign)
    answer = render(request, "campaigns/_progress.html", context)
    if context["run"] is not None and not context["run"].is_active:
        # The page has said how it ended; its bell looks now, and need not say it again.
        trigger_client_event(answer, "news", after="settle")
    return answer
