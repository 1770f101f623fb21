"""The answers to whoever edits one thing on a lead's page: its form, the clash."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from crm.tenants.permissions import TenantRequest
from leads.facts.clashes import ChangedMeanwhile
from leads.models import Lead

# What a form calls its control, unless that has a name of its own.
VALUE = "value"


def form(
    request: TenantRequest, lead: Lead, name: str, form: Form, seen: str, status: int = 200
) -> HttpResponse:
    """Show the form, in the lead's page or on a page of its own."""
    return _show(request, lead, name, form, {"seen": seen}, status)


def clash(
    request: TenantRequest, lead: Lead, name: str, form: Form, meanwhile: ChangedMeanwhile
) -> HttpResponse:
    """Show both beside what there was before; what was written stays in the form."""
    context = {"clashes": meanwhile.clashes, "changed_by": meanwhile.by}
    # Now it has been seen.
    return _show(request, lead, name, form, context | {"seen": meanwhile.clashes[0].now}, 409)


def _show(
    request: TenantRequest, lead: Lead, name: str, form: Form, more: dict[str, Any], status: int
) -> HttpResponse:
    control = form[name if name in form.fields else VALUE]
    context = {"lead": lead, "name": name, "control": control, "form": form, "section": "leads"}
    template = "leads/_fact_form.html" if request.htmx else "leads/fact.html"
    return render(request, template, context | more, status=status)
