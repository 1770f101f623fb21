"""The list of leads and a lead's own page."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from crm.exporting import download
from crm.pipeline.models import Stage
from crm.registers import names
from crm.tenants import foreign, members
from crm.tenants.permissions import Permission, TenantRequest, may, needs
from crm.trail import looking
from leads import (
    dealing,
    fields,
    listing,
    notes,
    saved_view_views,
    scores,
    sharing,
    sight,
    sorting,
    tags,
    timeline,
)
from leads.forms import FilterForm, NoteForm, OwnerForm
from leads.models import Lead, Listing


@needs(Permission.SEE_LEADS)
@require_GET
def listed(request: TenantRequest) -> HttpResponse:
    """List the leads that the filters mean."""
    form = FilterForm(request.GET, membership=request.membership)
    wanted = form.wanted
    total = listing.count(listing.matching(request.membership, wanted))
    few = total <= listing.FEW
    found = listing.matching(request.membership, wanted, walks=not few)
    sort = sorting.SORTS.get(request.GET.get("sort", ""), sorting.USUAL)
    page = sorting.page(
        found,
        sort,
        few=few,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    tags.show(page.leads, tenant=request.tenant)
    return render(
        request,
        "leads/list.html",
        {
            "leads": page.leads,
            "form": form,
            "filters_active": bool(wanted),
            "total_label": listing.total_label(total),
            "next_url": _url(request, "after", page.after),
            "previous_url": _url(request, "before", page.before),
            "export_query": urlencode(_filters(request), doseq=True),
            "may_export": download.may_be_given(request.membership),
            "section": "leads",
        }
        | saved_view_views.bar(request, form),
    )


def _url(request: TenantRequest, name: str, cursor: str) -> str:
    if not cursor:
        return ""
    return "?" + urlencode(_filters(request) | {name: cursor}, doseq=True)


def _filters(request: TenantRequest) -> dict[str, list[str] | str]:
    """Everything in the address but the place in the list."""
    return {k: v for k, v in request.GET.lists() if k not in ("after", "before") and any(v)}


def load(request: TenantRequest, lead_id: UUID) -> Lead:
    """Load a lead that the member sees, or answer 404."""
    leads = sight.leads(request.membership)
    return get_object_or_404(
        leads.select_related("organisation__group", "contact", "stage", "owner", "tenant"),
        pk=lead_id,
    )


@needs(Permission.SEE_LEADS)
@require_GET
def detail(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Show everything about a lead."""
    lead = load(request, lead_id)
    looking.at(request, lead)
    return _page(request, lead, NoteForm())


def _page(
    request: TenantRequest,
    lead: Lead,
    note_form: NoteForm,
    owner_form: OwnerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    tenant = request.tenant
    listings = Listing.of(tenant).filter(organisation=lead.organisation)
    origins = sight.origins(request.membership).filter(lead=lead).order_by("id")
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
            "panel": sharing.of_lead(lead, request.membership),
            "receipt": scores.read(lead),
            "timeline": timeline.shown(lead, origins),
            "note_form": note_form,
            "owner_form": owner_form or _owner_form(request, lead),
            "stages": Stage.of(tenant).filter(pipeline=lead.pipeline_id),
            "origins": origins,
            "own_fields": fields.panel(lead),
            **tags.panel(lead, may_make=may(request.membership, Permission.MAKE_TAGS)),
            "may_export": download.may_be_given(request.membership),
            "section": "leads",
        },
        status=status,
    )


def _owner_form(request: TenantRequest, lead: Lead, sent: QueryDict | None = None) -> OwnerForm:
    return OwnerForm(sent, lead=lead, may_give=sight.covers(request.membership, lead))


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
        origins = sight.origins(request.membership).filter(lead=lead)
        told = timeline.shown(lead, origins)
        context = {"lead": lead, "timeline": told, "note_form": shown}
        context["may_export"] = download.may_be_given(request.membership)
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
    form = _owner_form(request, lead, request.POST)
    if not form.is_valid():
        foreign.say_of(request, form)
        return _page(request, lead, NoteForm(), form, status=422)
    if form.is_too_late:
        messages.error(request, f"{lead.owner} was faster and has {lead.title} now.")
        return redirect("leads:detail", lead_id=lead.pk)
    try:
        given = dealing.assign(lead, **form.wanted, by=request.user)
    except members.NotHere as gone:
        form.add_error("owner", str(gone))
        return _page(request, lead, NoteForm(), form, status=422)
    if not sight.sees(request.membership, given):
        whose = f"{given.owner}'s now" if given.owner else "nobody's now"
        messages.info(request, f"{lead.title} is {whose}, and you no longer see it.")
        return redirect("leads:list")
    messages.info(request, "Owner and value are saved.")
    return redirect("leads:detail", lead_id=lead.pk)
