"""A lead's own page: looking at it, writing notes, taking it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from crm.tenants import foreign, members
from crm.tenants.permissions import Permission, TenantRequest, needs
from crm.trail import looking
from leads.lead import dealing
from leads.models import Lead
from leads.page import lead_page, notes
from leads.page.forms import NoteForm
from leads.page.lead_page import Sent
from leads.scored import flow
from leads.sight import sight
from leads.sight.load import load


@needs(Permission.SEE_LEADS)
@require_GET
def detail(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Show everything about a lead."""
    lead = load(request, lead_id)
    looking.at(request, lead)
    return lead_page.show(request, lead)


@needs(Permission.SEE_LEADS)
@require_GET
def told(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Give the timeline alone to an open page; to a browser without scripts the lead's page."""
    lead = load(request, lead_id)
    if not request.htmx:
        return redirect(f"{lead.get_absolute_url()}?{request.GET.urlencode()}#timeline")
    return timeline(request, lead)


def timeline(request: TenantRequest, lead: Lead, mentioned: str = "") -> HttpResponse:
    """Answer with the timeline as it now reads, and what became of the names in a note."""
    context = {"lead": lead, "story": lead_page.story_of(request, lead), "mentioned": mentioned}
    return render(request, "leads/_timeline.html", context | lead_page.composer(request))


@needs(Permission.WORK_LEADS)
@require_POST
def note(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Write a note; answer with the timeline as it now reads."""
    lead = load(request, lead_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        if request.htmx:
            context = {"lead": lead} | lead_page.composer(request) | {"note_form": form}
            context["story"] = lead_page.story_of(request, lead)
            return render(request, "leads/_timeline.html", context, status=422)
        return lead_page.show(request, lead, Sent(422, {"note_form": form}))
    said = notes.write(lead, form.cleaned_data["text"], by=request.user).sentence
    if request.htmx:
        return timeline(request, lead, said)
    messages.info(request, f"Note written. {said}".strip())
    return redirect("leads:detail", lead_id=lead.pk)


@needs(Permission.WORK_LEADS)
@require_POST
def deal(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Give the lead an owner and a value."""
    lead = load(request, lead_id)
    form = lead_page.owner_form(request, lead, request.POST)
    if not form.is_valid():
        foreign.say_of(request, form)
        return lead_page.show(request, lead, Sent(422, {"owner_form": form}))
    if form.is_too_late:
        messages.error(request, f"{lead.owner} was faster and has {lead.title} now.")
        return redirect("leads:detail", lead_id=lead.pk)
    try:
        given = dealing.assign(lead, **form.wanted, by=request.user)
        flow.queue_all([given])
    except members.NotHere as gone:
        form.add_error("owner", str(gone))
        return lead_page.show(request, lead, Sent(422, {"owner_form": form}))
    if not sight.sees(request.membership, given):
        return no_longer_seen(request, given)
    messages.info(request, "Owner and value are saved.")
    return redirect("leads:detail", lead_id=lead.pk)


def no_longer_seen(request: TenantRequest, lead: Lead) -> HttpResponse:
    """Tell who has given a lead away that they have lost sight of it."""
    whose = f"{lead.owner}'s now" if lead.owner else "nobody's now"
    messages.info(request, f"{lead.title} is {whose}, and you no longer see it.")
    return redirect("leads:list")
