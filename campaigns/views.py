"""The campaigns' pages: dashboard, list, one campaign and its progress."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from campaigns import standing
from campaigns.models import Campaign, Finding, Run
from crm.tenants.models import Tenant
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads import funnel
from leads.models import Lead, Organisation, Origin, Tier

PAGE = 30
REASONS = 8


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
    tenant = request.tenant
    leads = Lead.of(tenant)
    week_ago = timezone.now() - timedelta(days=7)
    hot = leads.filter(tier=Tier.HOT, closed_at=None).select_related(
        "organisation", "stage", "owner"
    )
    counts = leads.aggregate(
        leads=Count("pk"),
        new_this_week=Count("pk", filter=Q(created_at__gte=week_ago)),
        hot=Count("pk", filter=Q(tier=Tier.HOT, closed_at=None)),
    )
    counts["customers"] = Organisation.of(tenant).exclude(customer_since=None).count()
    context = {
        "hot": hot.order_by("-score", "-pk")[:8],
        "funnel": funnel.read(tenant),
        "runs": _runs(tenant)[:5],
        "counts": counts,
        "section": "dashboard",
    }
    return render(request, "campaigns/dashboard.html", context)


@needs(Permission.SEE_LEADS)
@require_GET
def listed(request: TenantRequest) -> HttpResponse:
    """List the campaigns, the newest first, each with its latest run."""
    tenant = request.tenant
    rows = Campaign.of(tenant).select_related("created_by").order_by("-id")
    if before := _uuid(request.GET.get("before", "")):
        rows = rows.filter(pk__lt=before)
    page = list(rows[: PAGE + 1])
    shown = page[:PAGE]
    latest = {
        run.campaign_id: run
        for run in _runs(tenant).filter(campaign__in=shown).filter(_is_latest(tenant))
    }
    origins = Origin.of(tenant).filter(ref__in=[each.pk for each in shown])
    found = dict(origins.order_by().values_list("ref").annotate(n=Count("pk")))
    for campaign in shown:
        campaign.latest_run = latest.get(campaign.pk)
        campaign.leads_count = found.get(campaign.pk, 0)
    context = {
        "page": shown,
        "next_cursor": str(shown[-1].pk) if len(page) > PAGE else None,
        "section": "campaigns",
    }
    return render(request, "campaigns/list.html", context)


def _is_latest(tenant: Tenant) -> Any:
    later = Run.of(tenant).filter(campaign=OuterRef("campaign"), number__gt=OuterRef("number"))
    return ~Exists(later)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _load(request: TenantRequest, campaign_id: UUID) -> Campaign:
    campaigns = Campaign.of(request.tenant).select_related("tenant", "created_by")
    return get_object_or_404(campaigns, pk=campaign_id)


def _progress(request: TenantRequest, campaign: Campaign) -> dict[str, Any]:
    """What the live part of the page shows, in six queries whatever the run's size."""
    tenant = request.tenant
    run = _runs_of(campaign).first()
    newest = Lead.of(tenant).filter(origins__tenant=tenant, origins__ref=campaign.pk)
    return {
        "campaign": campaign,
        "run": run,
        "newest": newest.select_related("organisation", "stage", "owner").order_by("-pk")[:10],
        "rejected": _reasons(tenant, run, Finding.Verdict.REJECTED),
        "duplicates": _reasons(tenant, run, Finding.Verdict.DUPLICATE),
        "standing": standing.read(run) if run is not None else None,
        "can_run": run is not None and not run.is_active,
        "section": "campaigns",
    }


def _reasons(tenant: Tenant, run: Run | None, verdict: str) -> list[Any]:
    findings = Finding.of(tenant).filter(run=run, verdict=verdict).order_by()
    counted = findings.values("reason").annotate(count=Count("pk"))
    return list(counted.order_by("-count", "reason")[:REASONS])


@needs(Permission.SEE_LEADS)
@require_GET
def detail(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Show a campaign with its run, live while it works."""
    campaign = _load(request, campaign_id)
    context = _progress(request, campaign) | {"runs": _runs_of(campaign)[:20]}
    return render(request, "campaigns/detail.html", context)


@needs(Permission.SEE_LEADS)
@require_GET
def progress(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Give the live part alone."""
    return render(
        request, "campaigns/_progress.html", _progress(request, _load(request, campaign_id))
    )
