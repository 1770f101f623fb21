"""Keeping a campaign as a template, starting from one, renaming and deleting it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns import criteria, sight, templating, wizard
from campaigns.addressed import campaign_of
from campaigns.editing_forms import NameForm, TemplateForm
from campaigns.forms import PlaceForm
from campaigns.models import Campaign, Template
from crm.ledger import refused
from crm.tenants.permissions import Permission, TenantRequest, needs


@needs(Permission.RUN_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Keep what the campaign asks for, under a name."""
    campaign = campaign_of(request, campaign_id)
    if request.method != "POST":
        name_longest = Template._meta.get_field("name").max_length
        name = campaign.name[:name_longest].strip()
        return _ask(request, campaign, TemplateForm(initial={"name": name}))
    form = TemplateForm(request.POST)
    if not form.is_valid():
        return _ask(request, campaign, form, status=422)
    wanted = criteria.of(campaign)
    try:
        template = templating.keep(wanted, **form.cleaned_data, by=request.membership)
    except templating.NameTaken as taken:
        replacing = ", or tick below that it is to be replaced" if taken.may_replace else ""
        form.add_error("name", f"{taken} Take another name{replacing}.")
        return _ask(request, campaign, form, status=422, is_taken=taken.may_replace)
    messages.info(request, f"Kept as “{template.name}”. You find it under New campaign.")
    return redirect(campaign)


def _ask(
    request: TenantRequest,
    campaign: Campaign,
    form: TemplateForm,
    status: int = 200,
    is_taken: bool = False,
) -> HttpResponse:
    context = {"campaign": campaign, "form": form, "is_taken": is_taken, "section": "campaigns"}
    return render(request, "campaigns/keep.html", context, status=status)


def _load(request: TenantRequest, template_id: UUID) -> Template:
    templates = sight.templates(request.membership).select_related("tenant")
    return get_object_or_404(templates, pk=template_id)


def _load_own(request: TenantRequest, template_id: UUID) -> Template:
    """Load it to be changed; who only starts from it is told who may."""
    template = _load(request, template_id)
    try:
        templating.check(template, request.membership)
    except templating.NotTheirs as refusal:
        refused.say(request, str(refusal))
        raise PermissionDenied(str(refusal)) from None
    return template


@needs(Permission.RUN_CAMPAIGNS)
@require_GET
def start(request: TenantRequest, template_id: UUID) -> HttpResponse:
    """Ask where and how many, as the template says."""
    template = _load(request, template_id)
    opened = templating.start(template)
    if opened.kind is None:
        return wizard.offer(request, notes=opened.notes)
    form = PlaceForm(kind=opened.kind, initial=opened.values)
    return wizard.ask(request, form, template=template, notes=opened.notes)


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def rename(request: TenantRequest, template_id: UUID) -> HttpResponse:
    """Call a template otherwise."""
    template = _load_own(request, template_id)
    form = NameForm(request.POST, auto_id=f"id_{template.pk}_%s")
    if form.is_valid():
        try:
            templating.rename(template, form.cleaned_data["name"], by=request.membership)
        except templating.NameTaken as taken:
            form.add_error("name", f"{taken} Take another name.")
    if form.errors:
        return wizard.offer(request, renaming=(template, form), status=422)
    messages.info(request, f"It is called “{template.name}” now.")
    return redirect("campaigns:new")


@needs(Permission.RUN_CAMPAIGNS)
@require_POST
def delete(request: TenantRequest, template_id: UUID) -> HttpResponse:
    """Remove a template."""
    template = _load_own(request, template_id)
    templating.delete(template, by=request.membership)
    messages.info(request, f"“{template.name}” is deleted. Campaigns started from it stay.")
    return redirect("campaigns:new")
