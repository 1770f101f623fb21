"""The pages and buttons of schedules: one campaign's, and all of them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns import calendar, schedules, timetable
from campaigns.addressed import campaign_of
from campaigns.models import Campaign
from campaigns.schedule_form import ScheduleForm
from crm.tenants.permissions import Permission, TenantRequest, needs

PAGE = 30


@needs(Permission.SEE_LEADS)
@require_GET
def listed(request: TenantRequest) -> HttpResponse:
    """List all schedules, the next one first."""
    pages = Paginator(timetable.rows(request.membership), PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "entries": [timetable.read(schedule, request.tenant) for schedule in page],
        "page_label": f"Page {page.number} of {pages.num_pages}" if pages.num_pages > 1 else "",
        "previous_url": f"?page={page.number - 1}" if page.has_previous() else "",
        "next_url": f"?page={page.number + 1}" if page.has_next() else "",
        "zone_label": calendar.zone_label(request.tenant.zone),
        "section": "campaigns",
    }
    return render(request, "campaigns/schedules.html", context)


@needs(Permission.RUN_CAMPAIGNS)
@require_http_methods(["GET", "POST"])
def plan(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Ask when, on a page of its own; take the answer, also from the campaign's page."""
    campaign = campaign_of(request, campaign_id)
    if request.method == "GET":
        return _ask(request, campaign)
    form = ScheduleForm(request.POST, schedule=schedules.of(campaign))
    if not form.is_valid():
        return _ask(request, campaign, form)
    try:
        planned = schedules.plan(campaign, **form.cleaned_data, by=request.user)
    except schedules.CannotSchedule as refusal:
        form.add_error(None, str(refusal))
        return _ask(request, campaign, form)
    entry = timetable.read(planned, request.tenant)
    messages.success(request, f"{entry.when} ({entry.zone}). Next: {entry.next}.")
    return redirect(planned)


def _ask(
    request: TenantRequest, campaign: Campaign, form: ScheduleForm | None = None
) -> HttpResponse:
    context = panel(campaign, form) | {"campaign": campaign, "section": "campaigns"}
    return render(request, "campaigns/schedule.html", context, status=422 if form else 200)


def panel(campaign: Campaign, form: ScheduleForm | None = None) -> dict[str, Any]:
    """Give what the panel of a campaign's schedule shows, in one query."""
    schedule = schedules.of(campaign)
    return {
        "timetable": timetable.read(schedule, campaign.tenant) if schedule else None,
        "schedule_form": form or ScheduleForm(schedule=schedule),
        "zone_label": calendar.zone_label(campaign.tenant.zone),
    }


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def switch_off(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Let it rest."""
    return _do(request, campaign_id, schedules.switch_off, "The schedule is switched off.")


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def switch_on(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Let it go on."""
    return _do(request, campaign_id, schedules.switch_on, "The schedule is switched on.")


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def remove(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Forget it."""
    return _do(request, campaign_id, schedules.remove, "The schedule is removed.")


def _do(
    request: TenantRequest, campaign_id: UUID, verb: Callable[..., Any], said: str
) -> HttpResponse:
    campaign = campaign_of(request, campaign_id)
    try:
        verb(campaign, by=request.user)
    except schedules.CannotSchedule as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(f"{campaign.get_absolute_url()}#schedule")
