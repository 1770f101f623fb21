"""Asks at every request whether support may still be inside, and what it may not do there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from crm import ids
from crm.scripts import wants_json
from crm.support import visiting

# In the session: the visit.
INSIDE = "support"
SAFE = ("GET", "HEAD", "OPTIONS")
# Whatever the consent, one may go.
ALWAYS = {"support:leave", "support:enter", "tenants:sign_out"}
# Who belongs to a company, and who may come into it, only its own people decide: else whoever was
# let in for an hour could stay.
NEVER = ("admin:tenants_", "admin:joining_", "admin:support_", "tenants:", "joining:", "support:")
LOOKING = (
    "You are inside to look only, so nothing was changed. The owners can let you change things."
)
NOT_YOURS = "Support does not decide who belongs to a company or what they may do. Its owners do."


class SupportMiddleware:
    """Stands before the tenant's, which asks `entrance.enter` for whom the request works."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.visit = None  # type: ignore[attr-defined]
        if "_auth_user_id" not in request.session or INSIDE not in request.session:
            return self.get_response(request)
        if not request.user.is_authenticated:
            return self.get_response(request)
        ident = ids.read(str(request.session[INSIDE]))
        try:
            if ident is None:
                raise visiting.Out("You have left.")
            request.visit = visiting.inside(ident, request.user)  # type: ignore[attr-defined]
        except visiting.Out as out:
            del request.session[INSIDE]
            return _outside(request, str(out))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse what the consent does not cover."""
        visit = getattr(request, "visit", None)
        match = request.resolver_match
        if visit is None or request.method in SAFE or match is None:
            return None
        if match.view_name in ALWAYS:
            return None
        if not visit.consent.may_change:
            return _refuse(request, LOOKING)
        if match.view_name.startswith(NEVER):
            return _refuse(request, NOT_YOURS)
        return None


def _outside(request: HttpRequest, sentence: str) -> HttpResponse:
    """Do nothing of what was asked: outside it would happen to another company, or to none."""
    if wants_json(request) or not request.user.is_superuser:
        return _refuse(request, sentence)
    messages.warning(request, sentence)
    page = reverse("support:page")
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(page)
    return redirect(page)


def _refuse(request: HttpRequest, sentence: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"message": sentence}, status=403)
    raise PermissionDenied(sentence)
