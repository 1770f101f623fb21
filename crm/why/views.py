"""“What does this person see?”, and taking back what was shared with them."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from crm.sharing.given import Share
from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, TenantRequest, needs
from crm.why import company, forecast, held_shares, view_of
from crm.why.company import Company
from crm.why.questions import ASKED, choices


@needs(Permission.ADMINISTER)
@require_GET
def sees(request: TenantRequest, membership_id: UUID) -> HttpResponse:
    """Show what the member sees by each reason, and say what a change would change."""
    everybody = company.read(request.tenant)
    member = _member(everybody, membership_id)
    page, shares = held_shares.page(member, request.GET.get("shares", ""))
    context = {
        **admin.site.each_context(request),
        **_answer(everybody, member, request),
        **choices(everybody, request.GET, [(each.title, each.share) for each in shares], member),
        "title": f"What does {member.user} see?",
        "opts": Membership._meta,
        "object": member,
        "crumb": "What they see",
        "member": member,
        "seen": view_of.read(everybody, member),
        "page": page,
        "shares": shares,
    }
    return render(request, "why/sees.html", context)


@needs(Permission.ADMINISTER)
@require_POST
def revoke(request: TenantRequest, membership_id: UUID) -> HttpResponse:
    """Take one share back, from the member or from their team."""
    member = _member(company.read(request.tenant), membership_id)
    held = held_shares.find(member, str(request.POST.get("share", "")))
    if held is None or not held_shares.take_back(held, by=request.membership):
        messages.info(request, "This share is not there any more; somebody took it back before.")
    else:
        messages.success(request, f"{held.title} is no longer shared with {held.whom}.")
    return redirect(f"{reverse('why:sees', args=[member.pk])}#shares")


def _answer(everybody: Company, member: Membership, request: TenantRequest) -> dict[str, Any]:
    def find(key: tuple[str, int]) -> tuple[str, Share] | None:
        held = held_shares.find(member, f"{key[0]}:{key[1]}")
        return (held.title, held.share) if held else None

    try:
        question = forecast.read(everybody, request.GET, find)
    except forecast.NotUnderstood as refusal:
        return {"refusal": str(refusal)}
    if question is None:
        return {}
    others, touched = view_of.colleagues(
        everybody, member, question, request.GET.get("colleagues", "")
    )
    change, *changes = view_of.change(everybody, question, [member, *touched])
    return {
        "question": question,
        "change": change,
        "others": others,
        "changes": changes,
        "colleagues_before": f"{urlencode({name: request.GET.get(name, '') for name in ASKED})}&",
    }


def _member(everybody: Company, membership_id: UUID) -> Membership:
    member = everybody.first(pk=membership_id)
    if member is None:
        raise Http404
    return member
