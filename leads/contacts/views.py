"""The people in a lead's organisation: their forms, and what becomes of what is sent."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.contacts import contacts
from leads.contacts.forms import ContactForm
from leads.facts.clashes import ChangedMeanwhile
from leads.models import Contact, Lead
from leads.sight.load import load


@needs(Permission.WORK_LEADS)
def add(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Show the form of somebody new, or put them in."""
    lead = load(request, lead_id)
    if request.method != "POST":
        return _form(request, lead, ContactForm())
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _form(request, lead, form, status=422)
    try:
        contact = contacts.add(lead, form.given, by=request.user)
    except contacts.ContactRefused as refused:
        form.add_error(None, str(refused))
        return _form(request, lead, form, status=422)
    messages.info(request, f"{contact} added.")
    return _back(request, lead)


@needs(Permission.WORK_LEADS)
def edit(request: TenantRequest, lead_id: UUID, contact_id: UUID) -> HttpResponse:
    """Show the form of a contact, or save it; whoever is too late is shown both."""
    lead = load(request, lead_id)
    contact = _contact(lead, contact_id)
    if request.method != "POST":
        return _form(request, lead, ContactForm(contact=contact), contact)
    form = ContactForm(request.POST, contact=contact)
    if not form.is_valid():
        return _form(request, lead, form, contact, status=422)
    try:
        is_new = contacts.edit(lead, contact, form.given, seen=form.seen, by=request.user)
    except ChangedMeanwhile as meanwhile:
        return _form(request, lead, form, contact, status=409, meanwhile=meanwhile)
    except contacts.ContactGone as gone:
        messages.error(request, str(gone))
        return _back(request, lead)
    if is_new:
        messages.info(request, "Saved.")
    return _back(request, lead)


@needs(Permission.WORK_LEADS)
@require_POST
def remove(request: TenantRequest, lead_id: UUID, contact_id: UUID) -> HttpResponse:
    """Take the contact off; the lead's page offers to put them back."""
    lead = load(request, lead_id)
    try:
        given = contacts.remove(lead, _contact(lead, contact_id), by=request.user)
    except contacts.ContactGone as gone:
        messages.error(request, str(gone))
    else:
        request.session[contacts.REMOVED] = {"lead": str(lead.pk), "given": given}
    return _back(request, lead)


@needs(Permission.WORK_LEADS)
@require_POST
def prefer(request: TenantRequest, lead_id: UUID, contact_id: UUID) -> HttpResponse:
    """Have the lead go by this contact."""
    lead = load(request, lead_id)
    contact = _contact(lead, contact_id)
    try:
        contacts.prefer(lead, contact, by=request.user)
    except contacts.ContactGone as gone:
        messages.error(request, str(gone))
    return _back(request, lead)


def _contact(lead: Lead, contact_id: UUID) -> Contact:
    rows = Contact.of(lead.tenant).filter(organisation=lead.organisation_id)
    return get_object_or_404(rows, pk=contact_id)


def _back(request: TenantRequest, lead: Lead) -> HttpResponse:
    url = f"{lead.get_absolute_url()}#contacts"
    return redirect(url)


def _form(
    request: TenantRequest,
    lead: Lead,
    form: ContactForm,
    contact: Contact | None = None,
    status: int = 200,
    meanwhile: ChangedMeanwhile | None = None,
) -> HttpResponse:
    found = meanwhile.clashes if meanwhile else []
    context = {
        "lead": lead,
        "form": form,
        "contact": contact,
        "hidden": form.hidden(found).items() if contact else (),
        "clashes": found,
        "changed_by": meanwhile.by if meanwhile else None,
        "section": "leads",
    }
    template = "leads/_contact_form.html" if request.htmx else "leads/contact.html"
    return render(request, template, context, status=status)
