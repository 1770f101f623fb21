"""What people decide about the facts of a lead, from its page."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from crm.credits import words
from crm.tenants.models import User
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.contacts import contacts
from leads.enriching import deciding, wrong
from leads.facts import proofs, writing
from leads.facts.clashes import ChangedMeanwhile
from leads.models import Fact, Lead
from leads.sight.load import load

Verb = Callable[[Fact, User], bool]
ALREADY = "{what} was decided already; nothing has changed."


@needs(Permission.WORK_LEADS)
@require_POST
def accept(request: TenantRequest, lead_id: UUID, fact_id: UUID) -> HttpResponse:
    """Take a value, or use it instead of the one that is in use."""
    return _decide(request, lead_id, fact_id, deciding.accept, "{what} is in use now.")


@needs(Permission.WORK_LEADS)
@require_POST
def dismiss(request: TenantRequest, lead_id: UUID, fact_id: UUID) -> HttpResponse:
    """Have a value never be offered again."""
    said = "{what} is dismissed and not offered again."
    return _decide(request, lead_id, fact_id, deciding.dismiss, said)


@needs(Permission.WORK_LEADS)
@require_POST
def take_back(request: TenantRequest, lead_id: UUID, fact_id: UUID) -> HttpResponse:
    """Offer a value again that was dismissed."""
    return _decide(request, lead_id, fact_id, deciding.take_back, "{what} is offered again.")


@needs(Permission.WORK_LEADS)
@require_POST
def mark_wrong(request: TenantRequest, lead_id: UUID, fact_id: UUID) -> HttpResponse:
    """Mark an address or a number as wrong, and say what is given back for it."""
    lead = load(request, lead_id)
    fact = _fact(lead, fact_id)
    try:
        refunded = wrong.mark(fact, by=request.user).refunded
    except wrong.CannotMark as refused:
        messages.error(request, str(refused))
        return _back(lead, fact)
    said = f"{_what(fact)} is marked as wrong and no longer used."
    if refunded:
        said += f" {words.many(refunded)} {'is' if refunded == 1 else 'are'} given back."
    messages.info(request, said)
    return _back(lead, fact)


def _decide(
    request: TenantRequest, lead_id: UUID, fact_id: UUID, verb: Verb, said: str
) -> HttpResponse:
    lead = load(request, lead_id)
    fact = _fact(lead, fact_id)
    try:
        is_new = verb(fact, request.user)
    except (deciding.CannotDecide, ChangedMeanwhile, contacts.ContactRefused) as refused:
        messages.error(request, str(refused))
    else:
        messages.info(request, (said if is_new else ALREADY).format(what=_what(fact)))
    return _back(lead, fact)


def _fact(lead: Lead, fact_id: UUID) -> Fact:
    rows = Fact.of(lead.tenant).filter(organisation=lead.organisation_id)
    return get_object_or_404(rows.select_related("tenant"), pk=fact_id)


def _what(fact: Fact) -> str:
    field = proofs.field(fact.field, is_person=fact.contact_id is not None)
    if field is None:
        return str(fact.value)[:80]
    return f"{field.label} “{writing.write(field, fact.value).text[:80]}”"


def _back(lead: Lead, fact: Fact) -> HttpResponse:
    place = "contacts" if fact.contact_id else "known"
    return redirect(f"{lead.get_absolute_url()}#{place}")
