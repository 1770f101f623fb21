"""A place that only Google names: shown as it is now, and named by a person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from campaigns import cases, glimpsing, overruling
from campaigns.addressed import campaign_of
from campaigns.discretion import answered
from campaigns.models import Campaign, Finding
from campaigns.place_form import PlaceForm
from crm.tenants.acting import acting_for, acts_for_itself
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.intake.intake import NoEntrance


@needs(Permission.RUN_CAMPAIGNS)
@never_cache
@require_POST
@acts_for_itself
def look(request: TenantRequest, campaign_id: UUID, finding_id: UUID) -> HttpResponse:
    """Show it once; nothing of it is kept, here or in the browser's cache."""
    with acting_for(request.tenant):
        campaign, finding = _place(request, campaign_id, finding_id)
        if not cases.is_nameless(finding):
            messages.info(request, "It has a name by now.")
            return _back(request, finding)
    shown: dict[str, Any] = {}
    status = 200
    try:
        shown["glimpse"] = glimpsing.look(finding, campaign=campaign, by=request.user)
    except glimpsing.CannotLook as refusal:
        shown["refusal"], status = str(refusal), 409
    with acting_for(request.tenant):
        return _show(request, campaign, finding, PlaceForm(finding=finding), status, **shown)


@needs(Permission.RUN_CAMPAIGNS)
@never_cache
@require_POST
def name(request: TenantRequest, campaign_id: UUID, finding_id: UUID) -> HttpResponse:
    """Make it a lead under the name and postcode that somebody types."""
    campaign, finding = _place(request, campaign_id, finding_id)
    form = PlaceForm(request.POST, finding=finding)
    if not form.is_valid():
        return _show(request, campaign, finding, form, 422)
    try:
        answer = overruling.name_place(finding, form.candidate, campaign=campaign, by=request.user)
    except (overruling.CannotOverrule, NoEntrance) as error:
        messages.error(request, str(error))
        return _back(request, finding)
    [told] = answered([answer], request.membership)
    called = truncatechars(form.cleaned_data["name"], 60)
    if told.refusal:
        messages.warning(request, f"{called} could not be taken: {told.refusal}.")
    else:
        messages.success(request, f"{called} is a lead now.")
    return _back(request, finding)


def _place(request: TenantRequest, campaign_id: UUID, finding_id: UUID) -> tuple[Campaign, Finding]:
    campaign = campaign_of(request, campaign_id)
    found = Finding.of(request.tenant).filter(run__campaign=campaign).exclude(place_id="")
    return campaign, get_object_or_404(found.select_related("run"), pk=finding_id)


def _show(
    request: TenantRequest,
    campaign: Campaign,
    finding: Finding,
    form: PlaceForm,
    status: int,
    **shown: Any,
) -> HttpResponse:
    """Show the part that a script puts into the list, or the same as a page of its own."""
    context = {
        "campaign": campaign,
        "finding": finding,
        "place_form": form,
        "offer": glimpsing.offer(request.tenant),
        "section": "campaigns",
        **shown,
    }
    part = "campaigns/_place_fields.html" if status == 422 else "campaigns/_place.html"
    page = part if request.htmx else "campaigns/glimpse.html"
    return render(request, page, context, status=status)


def _back(request: TenantRequest, finding: Finding) -> HttpResponse:
    if request.htmx:
        return HttpResponseClientRefresh()
    query = request.GET.urlencode() or f"run={finding.run.number}"
    listed = reverse("campaigns:findings", args=[finding.run.campaign_id])
    return redirect(f"{listed}?{query}#finding-{finding.pk}")
