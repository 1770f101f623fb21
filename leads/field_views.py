"""A lead's fields of the company's own: the form, and its saving."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from crm.tenants.permissions import Permission, TenantRequest, needs
from leads import fields
from leads.custom import CustomField
from leads.field_forms import FieldsForm
from leads.models import Lead
from leads.views import load

GONE = "{} can't be filled in any more: it was archived or deleted meanwhile."


@needs(Permission.WORK_LEADS)
def fill(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Show the form, in the lead's page or on a page of its own; or save it."""
    lead = load(request, lead_id)
    own = fields.of(request.tenant)
    now = fields.held([lead], own, tenant=request.tenant).get(lead.pk, {})
    if request.method != "POST":
        return _show(request, lead, FieldsForm(own=own, now=now))
    form = FieldsForm(request.POST, own=own, now=now)
    if not _save(request, lead, form):
        return _show(request, lead, form, status=422)
    _tell_of_gone(request, form)
    return redirect("leads:detail", lead_id=lead.pk)


def _save(request: TenantRequest, lead: Lead, form: FieldsForm) -> bool:
    if not form.is_valid():
        return False
    try:
        if fields.fill(lead, form.changes, by=request.user):
            messages.info(request, "Saved.")
    except fields.ChangedMeanwhile as meanwhile:
        form.tell(meanwhile)
        return False
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _tell_of_gone(request: TenantRequest, form: FieldsForm) -> None:
    if not (gone := form.gone):
        return
    rows = CustomField.of(request.tenant).exclude(archived_at=None)
    labels = [f"“{field}”" for field in rows if field.short in gone] or ["A field"]
    messages.error(request, GONE.format(", ".join(labels)))


def _show(request: TenantRequest, lead: Lead, form: FieldsForm, status: int = 200) -> HttpResponse:
    context = {"lead": lead, "form": form, "section": "leads"}
    template = "leads/_fields_form.html" if request.htmx else "leads/fields.html"
    return render(request, template, context, status=status)
