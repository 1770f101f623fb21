"""One of a lead's fields of the company's own at a time: its form, and its saving."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from crm import going
from crm.tenants.permissions import TenantRequest
from leads.facts import answers
from leads.facts.clashes import ChangedMeanwhile
from leads.models import Lead
from leads.own import fields, values
from leads.own.field_forms import OwnForm
from leads.own.fields import Changed
from leads.records.custom import CustomField

GONE = "“{}” can't be filled in any more: it was archived meanwhile."


def edit(request: TenantRequest, lead: Lead, short: str) -> HttpResponse:
    """Show the form of a field by its short name, or save it; the one too late is shown both."""
    field = fields.by_short(request.tenant, short)
    if field is None:
        raise Http404
    if field.archived_at is not None:
        return _gone(request, lead, field)
    held = fields.held([lead], [field], tenant=request.tenant).get(lead.pk, {})
    now = values.typed(field, held.get(field.pk))
    if request.method != "POST":
        return answers.form(request, lead, short, OwnForm(field=field, now=now), now)
    form = OwnForm(request.POST, field=field, now=now)
    seen = request.POST.get("seen", now)
    if not form.is_valid():
        return answers.form(request, lead, short, form, seen, status=422)
    wanted = Changed(field, seen, form.cleaned_data["value"])
    try:
        fields.fill(lead, [wanted], by=request.user)
    except fields.Archived:
        return _gone(request, lead, field)
    except ChangedMeanwhile as meanwhile:
        return answers.clash(request, lead, short, form, meanwhile)
    except ValidationError as error:
        form.add_error("value", error)
        return answers.form(request, lead, short, form, seen, status=422)
    return _saved(request, lead, wanted)


def _saved(request: TenantRequest, lead: Lead, wanted: Changed) -> HttpResponse:
    if not request.htmx:
        messages.info(request, f"{wanted.field} saved.")
        return redirect("leads:detail", lead_id=lead.pk)
    shown = values.shown(wanted.field, wanted.wanted)
    context = {"lead": lead, "field": wanted.field, "shown": shown}
    answer = render(request, "leads/_field.html", context)
    answer.headers["HX-Trigger"] = "lead-changed"
    return answer


def _gone(request: TenantRequest, lead: Lead, field: CustomField) -> HttpResponse:
    messages.error(request, GONE.format(field))
    return going.to(request, lead.get_absolute_url())
