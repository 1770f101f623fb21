"""Tags on a lead's page: put on, taken off."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from crm.tenants.permissions import Permission, TenantRequest, may, needs
from leads.models import Lead, Tag
from leads.own import tags
from leads.sight.load import load


@needs(Permission.WORK_LEADS)
@require_POST
def put(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Put a tag on the lead."""
    lead = load(request, lead_id)
    may_make = may(request.membership, Permission.MAKE_TAGS)
    refusal = ""
    try:
        tags.put(lead, request.POST.get("name", ""), by=request.user, may_make=may_make)
    except tags.TagRefused as refused:
        refusal = str(refused)
    return _answer(request, lead, refusal, request.POST.get("name", "")[:100])


@needs(Permission.WORK_LEADS)
@require_POST
def take_off(request: TenantRequest, lead_id: UUID, tag_id: UUID) -> HttpResponse:
    """Take a tag off the lead."""
    lead = load(request, lead_id)
    tag = get_object_or_404(Tag.of(request.tenant), pk=tag_id)
    tags.take_off(lead, tag, by=request.user)
    return _answer(request, lead, "")


def _answer(request: TenantRequest, lead: Lead, refusal: str, typed: str = "") -> HttpResponse:
    if not request.htmx:
        if refusal:
            messages.error(request, refusal)
        return redirect("leads:detail", lead_id=lead.pk)
    context = tags.panel(lead, may_make=may(request.membership, Permission.MAKE_TAGS))
    context |= {"lead": lead, "tag_refusal": refusal, "tag_typed": typed if refusal else ""}
    return render(request, "leads/_tags.html", context, status=422 if refusal else 200)
