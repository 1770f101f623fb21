"""Where owners let support in, and where support enters and leaves."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.look.formats import absolute
from crm.support import consenting, visiting
from crm.support.consenting import HOURS, NoConsent
from crm.support.forms import ConsentForm
from crm.support.middleware import INSIDE
from crm.support.models import Consent
from crm.tenants import coming_in
from crm.tenants.permissions import Permission, TenantRequest, is_signed_in, may, needs

SHOWN = 20

NOT_SUPPORT = (
    "This page is for those who look after the installation. To have them help your company, ask "
    "one of its owners to let support in, under Support access."
)

View = Callable[..., HttpResponse]


def _signed_in(view: View) -> View:
    """Whoever helps belongs to no company, so no permission is asked for: only who it is."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_signed_in(request):
            return coming_in.to_sign_in(request)
        return view(request, *args, **kwargs)

    return guarded


@needs(Permission.OWN)
@require_http_methods(["GET", "POST"])
def consent(request: TenantRequest) -> HttpResponse:
    """Show the consent that is open and those before; let support in."""
    form = ConsentForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _give(request, form):
            return redirect("support:consent")
    rows = Consent.of(request.tenant).select_related("given_by", "ended_by")
    current = consenting.current(request.tenant)
    earlier = rows.prefetch_related("visits")
    if current:
        earlier = earlier.exclude(pk=current.pk)
    context = {
        "form": form,
        "current": current,
        "visits": current.visits.order_by("-entered_at")[:SHOWN] if current else [],
        "earlier": earlier.order_by("-given_at")[:SHOWN],
        "section": "support",
    }
    return render(request, "support/consent.html", context, status=status)


@needs(Permission.OWN)
@require_POST
def end(request: TenantRequest, consent_id: UUID) -> HttpResponse:
    """End a consent; whoever is inside is let out by their next request."""
    row = get_object_or_404(Consent.of(request.tenant), pk=consent_id)
    if consenting.end(row, request.membership):
        messages.success(request, "Ended. Support is outside from now on.")
    else:
        messages.info(request, "It was over already. Support is outside.")
    return redirect("support:consent")


@_signed_in
@require_GET
def page(request: TenantRequest) -> HttpResponse:
    """Show a superuser whom they may help; owners come to their own page."""
    if not request.user.is_superuser:
        if may(getattr(request, "membership", None), Permission.OWN):
            return redirect("support:consent")
        raise PermissionDenied(NOT_SUPPORT)
    context: dict[str, Any] = {
        "consents": visiting.open_consents(),
        "visit": getattr(request, "visit", None),
        "section": "support",
    }
    return render(request, "support/page.html", context)


@_signed_in
@require_POST
def enter(request: TenantRequest, consent_id: UUID) -> HttpResponse:
    """Come in; whoever is inside another company leaves it."""
    if not request.user.is_superuser:
        raise Http404
    if visit := getattr(request, "visit", None):
        visiting.leave(visit, request.user)
        del request.session[INSIDE]
    try:
        visit = visiting.enter(consent_id, request.user)
    except visiting.Out as out:
        messages.warning(request, str(out))
        return redirect("support:page")
    request.session[INSIDE] = str(visit.pk)
    return redirect("dashboard")


@_signed_in
@require_POST
def leave(request: TenantRequest) -> HttpResponse:
    """Go out; twice is once."""
    if visit := getattr(request, "visit", None):
        visiting.leave(visit, request.user)
        del request.session[INSIDE]
        messages.success(request, f"You have left {visit.tenant}.")
    return redirect("support:page" if request.user.is_superuser else "dashboard")


def _give(request: TenantRequest, form: ConsentForm) -> bool:
    given = form.cleaned_data
    try:
        made = consenting.give(
            request.membership,
            until=timezone.now() + HOURS[given["length"]],
            may_change=given["may_change"],
            reason=given["reason"],
        )
    except NoConsent as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"Support may come in until {absolute(made.until)}.")
    return True
