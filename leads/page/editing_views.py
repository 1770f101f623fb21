"""One fact of a lead at a time: its form in the page or on one of its own, and its saving."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from crm import going
from crm.tenants import foreign, members
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.enriching import lead_panel
from leads.facts import answers, editing
from leads.facts.clashes import ChangedMeanwhile
from leads.facts.facts import FACTS, Editable
from leads.facts.forms import FactForm
from leads.intake import again
from leads.models import Lead
from leads.own import field_views
from leads.page import lead_page, views
from leads.records.custom import PREFIX
from leads.sight import sight
from leads.sight.load import load

DEAL = (editing.OWNER, editing.VALUE)
NOT_YOURS = "Only its owner, or an owner or manager of the company, may give it."


@needs(Permission.WORK_LEADS)
def fact(request: TenantRequest, lead_id: UUID, fact: str) -> HttpResponse:
    """Show the form of a fact, or save it; whoever is too late is shown both."""
    lead = load(request, lead_id)
    if fact in DEAL:
        return _deal(request, lead, fact)
    if fact.startswith(PREFIX):
        return field_views.edit(request, lead, fact)
    if fact not in FACTS:
        raise Http404
    return _fact(request, lead, FACTS[fact])


def _fact(request: TenantRequest, lead: Lead, fact: Editable) -> HttpResponse:
    now = fact.typed(getattr(lead.organisation, fact.name))
    if request.method != "POST":
        return answers.form(request, lead, fact.name, FactForm(fact=fact, now=now), now)
    form = FactForm(request.POST, fact=fact, now=now)
    seen = request.POST.get("seen", now)
    if not form.is_valid():
        return answers.form(request, lead, fact.name, form, seen, status=422)
    wanted = form.cleaned_data["value"]
    try:
        again.edit(lead, fact, wanted, seen=seen, by=request.user)
    except ChangedMeanwhile as meanwhile:
        return answers.clash(request, lead, fact.name, form, meanwhile)
    return _saved(request, lead, fact)


def _deal(request: TenantRequest, lead: Lead, name: str) -> HttpResponse:
    now = editing.deal_typed(lead, name)
    if request.method != "POST":
        form = lead_page.owner_form(request, lead)
        if name == editing.OWNER and not form.may_give:
            form.cleaned_data = {}
            form.add_error(None, NOT_YOURS)
        return answers.form(request, lead, name, form, now)
    # The other one of the two is left alone, whatever was sent.
    sent = request.POST.copy()
    for other in DEAL:
        if other != name:
            sent.pop(other, None)
    if name not in sent:
        sent[name] = now
    form = lead_page.owner_form(request, lead, sent)
    seen = request.POST.get("seen", now)
    if not form.is_valid():
        foreign.say_of(request, form)
        return answers.form(request, lead, name, form, seen, status=422)
    try:
        wanted = form.wanted
        given = editing.deal(
            lead,
            name,
            owner=wanted["owner"] if name == editing.OWNER else None,
            value_pence=wanted["value_pence"] if name == editing.VALUE else None,
            seen=seen,
            by=request.user,
        )
    except ChangedMeanwhile as meanwhile:
        return answers.clash(request, lead, name, form, meanwhile)
    except members.NotHere as gone:
        form.add_error(name, ValidationError(str(gone)))
        return answers.form(request, lead, name, form, seen, status=422)
    if not sight.sees(request.membership, given):
        elsewhere = views.no_longer_seen(request, given).headers["Location"]
        return going.to(request, elsewhere)
    return going.to(request, lead.get_absolute_url())


def _saved(request: TenantRequest, lead: Lead, fact: Editable) -> HttpResponse:
    if not request.htmx:
        messages.info(request, f"{fact.label} saved.")
        return redirect("leads:detail", lead_id=lead.pk)
    lead = load(request, lead.pk)
    line = lead_page.fact_line(lead.organisation, fact)
    context = {"lead": lead, "organisation": lead.organisation, "fact": line, "swapped": True}
    if fact.name == "phone":
        context["phone_told"] = lead_panel.phone_of(lead)
    answer = render(request, "leads/_fact_saved.html", context)
    answer.headers["HX-Trigger"] = "lead-changed"
    return answer
