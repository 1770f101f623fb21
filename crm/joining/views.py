"""The page behind the link of an invitation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from crm.joining import invitations, letters
from crm.joining.forms import NewcomerForm
from crm.joining.models import Invitation
from crm.tenants import coming_in
from crm.tenants.middleware import CHOSEN
from crm.tenants.models import Membership, User

PAGE = "joining/join.html"
UNKNOWN = "This link was replaced by a newer one, or is not whole."


@sensitive_post_parameters("password")
@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Let in whom the link was sent to; everybody else is told why not."""
    invitation = invitations.find(token)
    if invitation is None:
        return _closed(request, UNKNOWN)
    person = request.user if isinstance(request.user, User) else None
    if why := invitations.why_not(invitation):
        invitations.refused(invitation, person, why)
        return _closed(request, why, invitation)
    try:
        if person is None:
            return _as_stranger(request, invitation, token)
        return _as_person(request, invitation, token, person)
    except invitations.NotYours as refusal:
        invitations.refused(invitation, person, str(refusal))
        context = {"masked": mask(invitation.email)}
        return _page(request, invitation, context, status=403)
    except invitations.CannotJoin as refusal:
        invitations.refused(invitation, person, str(refusal))
        return _closed(request, str(refusal), invitation)


def mask(email: str) -> str:
    """Show of an address what its owner recognises and nobody else can use."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}•••@{domain[:1]}•••.{domain.rpartition('.')[2]}"


def _as_person(
    request: HttpRequest, invitation: Invitation, token: str, person: User
) -> HttpResponse:
    if person.email.lower() != invitation.email.lower():
        raise invitations.NotYours("This invitation is for another address.")
    if request.method == "POST":
        return _welcome(request, invitations.accept(invitation, token, person))
    if Membership.of(invitation.tenant).filter(user=person).exists():
        raise invitations.CannotJoin(invitations.HERE_ALREADY)
    return _page(request, invitation, {})


def _as_stranger(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    if invitations.reader(invitation) is not None:
        # They are here already: who they are their own password says.
        if request.method == "POST":
            return redirect_to_login(request.path)
        sign_in = redirect_to_login(request.path).url
        return _page(request, invitation, {"sign_in_url": sign_in})
    form = NewcomerForm(invitation.email, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        membership = invitations.accept_as_new(
            invitation, token, name=given["name"], password=given["password"]
        )
        coming_in.sign_in(request, membership.user)
        return _welcome(request, membership)
    return _page(request, invitation, {"form": form})


def _welcome(request: HttpRequest, membership: Membership) -> HttpResponse:
    request.session[CHOSEN] = str(membership.tenant_id)
    messages.success(request, f"Welcome to {membership.tenant.name}.")
    return redirect("dashboard")


def _page(
    request: HttpRequest, invitation: Invitation, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {"invitation": invitation, "standing": letters.standing(invitation)} | more
    return render(request, PAGE, context, status=status)


def _closed(request: HttpRequest, why: str, invitation: Invitation | None = None) -> HttpResponse:
    sender = invitation.by if invitation else None
    return render(request, PAGE, {"why": why, "sender": sender}, status=410)
