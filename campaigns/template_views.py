"""Keeping a campaign as a template, starting from one, renaming and deleting it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns import criteria, templating, wizard
from campaigns.addressed import campaign_of
from campaigns.editing_forms import NameForm, TemplateForm
from campaigns.forms import PlaceForm
from campaigns.models import Campaign, Template
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
        template = templating.keep(
            wanted, **form.cleaned_data, tenant=request.tenant, by=request.user
        )
    except templating.NameTaken as taken:
        said = f"{taken} Take another name, or tick below that it is to be replaced."
        form.add_error("name", said)
        return _ask(request, campaign, form, status=422, is_taken=True)
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
    templates = Template.of(request.tenant).select_related("tenant")
    return get_object_or_404(templates, pk=template_id)


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
    template = _load(request, template_id)
    form = NameForm(request.POST, auto_id=f"id_{template.pk}_%s")
    if form.is_valid():
        try:
            templating.rename(template, form.cleaned_data["name"], by=request.user)
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
    template = _load(request, template_id)
    templating.delete(template, by=request.user)
    messages.info(request, f"“{template.name}” is deleted. Campaigns started from it stay.")
    return redirect("campaigns:new")
