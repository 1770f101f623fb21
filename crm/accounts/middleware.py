"""Notes that somebody is here, and leads whoever needs a second factor to set one up first."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from crm.accounts import policy, sessions
from crm.scripts import wants_json

FIRST = "Your company asks for a second factor. Set one up on your account page, then go on."
# What leads to a second factor, away from here or to another company stays open.
OPEN = {
    "healthz", "metrics", "joining:join", "tenants:choose", "tenants:leave", "tenants:sign_in",
    "tenants:second_step", "tenants:by_passkey", "tenants:forgotten", "tenants:sign_out",
    "tenants:set_password",
}  # fmt: skip


class AccountsMiddleware:
    """Stands before the tenant middleware: it says no before a company's page is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer instead of the view where the person lacks what their company asks for."""
        # Whoever is not signed in costs nothing.
        if "_auth_user_id" not in request.session or not request.user.is_authenticated:
            return None
        sessions.see(request)
        if self._is_open(request) or not policy.is_unmet(getattr(request, "membership", None)):
            return None
        return _lead_there(request)

    def _is_open(self, request: HttpRequest) -> bool:
        match = request.resolver_match
        return match is None or match.namespace == "accounts" or match.view_name in OPEN


def _lead_there(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else ""
    htmx = getattr(request, "htmx", None)
    if htmx:
        back = htmx.current_url_abs_path or ""
    query = f"?{urlencode({'next': back})}" if back else ""
    there = f"{reverse('accounts:second_factor')}{query}"
    if htmx:
        return HttpResponseClientRedirect(there)
    if wants_json(request):
        return JsonResponse({"message": FIRST, "url": there}, status=403)
    return redirect(there)
