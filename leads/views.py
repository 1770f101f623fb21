"""The list of leads and a lead's own page."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from crm.pipeline.models import Stage
from crm.registers import names
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads import dealing, listing, notes, scores, timeline
from leads.forms import FilterForm, NoteForm, OwnerForm
from leads.models import Lead, Listing, Origin


@needs(Permission.SEE_LEADS)
@require_GET
def listed(request: TenantRequest) -> HttpResponse:
    """List the leads that the filters mean."""
    form = FilterForm(request.GET, tenant=request.tenant)
    wanted = form.wanted
    found = listing.matching(request.tenant, wanted)
    page = listing.page(
        found, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    return render(
        request,
        "leads/list.html",
        {
            "leads": page.leads,
            "form": form,
            "filters_active": bool(wanted),
            "total_label": listing.total_label(found),
            "next_url": _url(request, "after", page.after),
            "previous_url": _url(request, "before", page.before),
            "section": "leads",
        },
    )


def _url(request: TenantRequest, name: str, cursor: str) -> str:
    if not cursor:
        return ""
    kept = {k: v for k, v in request.GET.items() if k not in ("after", "before") and v}
    return "?" + urlencode(kept | {name: cursor})


def load(request: TenantRequest, lead_id: UUID) -> Lead:
    """Load a lead of the request's tenant, or answer 404."""
    leads = Lead.of(request.tenant)
    return get_object_or_404(
        leads.select_related("organisation__group", "contact", "stage", "owner", "tenant"),
        pk=lead_id,
    )


@needs(Permission.SEE_LEADS)
@require_GET
def detail(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Show everything about a lead."""
    return _page(request, load(request, lead_id), NoteForm())


def _page(
    request: TenantRequest,
    lead: Lead,
    note_form: NoteForm,
    owner_form: OwnerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    tenant = request.tenant
    listings = Listing.of(tenant).filter(organisation=lead.organisation)
    return render(
        request,
        "leads/detail.html",
        {
            "lead": lead,
            "organisation": lead.organisation,
            "contact": lead.contact,
            "namesakes": names.sites_called(lead.organisation.name_key),
            "entries": [
                {"entry": each.entry, "register": each.entry.register}
                for each in listings.select_related("entry__register").order_by("id")
            ],
            "receipt": scores.read(lead),
            "timeline": timeline.of(lead),
            "note_form": note_form,
            "owner_form": owner_form or OwnerForm(lead=lead),
            "stages": Stage.of(tenant).filter(pipeline=lead.pipeline_id),
            "origins": Origin.of(tenant).filter(lead=lead).order_by("id"),
            "section": "leads",
        },
        status=status,
    )


@needs(Permission.WORK_LEADS)
@require_POST
def note(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Write a note; answer with the timeline as it now reads."""
    lead = load(request, lead_id)
    form = NoteForm(request.POST)
    refused = not form.is_valid()
    if not refused:
        notes.write(lead, form.cleaned_data["text"], by=request.user)
    if request.htmx:
        shown = form if refused else NoteForm()
        context = {"lead": lead, "timeline": timeline.of(lead), "note_form": shown}
        return render(request, "leads/_timeline.html", context, status=422 if refused else 200)
    if refused:
        return _page(request, lead, form, status=422)
    messages.info(request, "Note written.")
    return redirect("leads:detail", lead_id=lead.pk)


@needs(Permission.WORK_LEADS)
@require_POST
def deal(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Give the lead an owner and a value."""
    lead = load(request, lead_id)
    form = OwnerForm(request.POST, lead=lead)
    if not form.is_valid():
        return _page(request, lead, NoteForm(), form, status=422)
    if form.is_too_late:
        messages.error(request, f"{lead.owner} was faster and has {lead.title} now.")
        return redirect("leads:detail", lead_id=lead.pk)
    dealing.assign(lead, **form.wanted, by=request.user)
    messages.info(request, "Owner and value are saved.")
    return redirect("leads:detail", lead_id=lead.pk)
