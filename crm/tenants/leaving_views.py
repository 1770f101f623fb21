"""The dialog by which somebody leaves: what is theirs, and who takes it over."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from crm.tenants import foreign, handovers, leaving, roles
from crm.tenants.leaving_form import TakersForm
from crm.tenants.middleware import CHOSEN
from crm.tenants.models import Membership, User
from crm.tenants.permissions import Permission, TenantRequest, needs

PAGE = "tenants/leave.html"


@needs(Permission.ADMINISTER)
def remove(request: TenantRequest, membership_id: UUID) -> HttpResponse:
    """Remove somebody, once it is said who takes over."""
    rows = Membership.of(request.tenant).select_related("user", "team", "tenant")
    row = rows.filter(pk=membership_id).first()
    if row is None:
        return _gone(request)
    return _dialog(request, row)


@needs(Permission.SEE_LEADS)
def leave(request: TenantRequest) -> HttpResponse:
    """Leave the company oneself."""
    if request.membership.is_support:
        return _gone(request)
    return _dialog(request, request.membership)


def _dialog(request: TenantRequest, row: Membership) -> HttpResponse:
    belongings = handovers.count(request.tenant, row.user)
    posted = request.POST if request.method == "POST" else None
    form = TakersForm(request.tenant, row.user, belongings, posted, by=request.user)
    context: dict[str, Any] = {
        "row": row,
        "is_self": row.user_id == request.user.pk,
        "belongings": [(each.called(number), each, number) for each, number in belongings.there],
        "form": form,
    }
    if posted is not None and "try" in posted and not context["is_self"]:
        # With the same choice, whatever it is worth so far: nothing is checked, nothing done.
        chosen = {name: posted.get(name, "") for name in form.fields}
        asked = urlencode({"if": "leave", "member": row.pk, **chosen})
        return redirect(f"{reverse('why:sees', args=[row.pk])}?{asked}#what-if")
    status = 200
    try:
        leaving.check(row, request.membership)
        if form.is_valid():
            left = leaving.leave(row.pk, takers=form.takers(), by=request.membership)
            return _done(request, left, is_self=context["is_self"])
        if posted is not None:
            foreign.say_of(request, form)
    except leaving.Gone:
        return _gone(request)
    except leaving.NobodyTakes as missing:
        # Something became theirs since the page was opened.
        belongings = handovers.count(request.tenant, row.user)
        context["form"] = TakersForm(request.tenant, row.user, belongings, posted, by=request.user)
        context["form"].add_error(missing.question, str(missing))
    except roles.Refused as refusal:
        context["refusal"] = refusal
        if posted is not None:
            roles.refused(row, request.membership, refusal)
            status = 409
    return render(request, PAGE, context, status=status)


def _done(request: TenantRequest, left: leaving.Left, *, is_self: bool) -> HttpResponse:
    if is_self:
        request.session.pop(CHOSEN, None)
        if is_last := _belongs_nowhere(request.user):
            # The sessions of such a person are ended, this one, too: it must not be written again.
            logout(request)
        messages.success(request, f"You have left {request.tenant}.")
        return redirect("tenants:sign_in" if is_last else "dashboard")
    messages.success(request, f"{left.name} no longer belongs to {request.tenant}.")
    return redirect("admin:tenants_membership_changelist")


def _belongs_nowhere(person: User) -> bool:
    return not person.is_superuser and not person.memberships.exists()


def _gone(request: TenantRequest) -> HttpResponse:
    return render(request, "tenants/gone.html", status=404)
