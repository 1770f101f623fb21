"""A form whose token is not right: its sender was signed out, or works for another company now.

Or the page is too old.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from crm.ledger import refused
from crm.scripts import wants_json
from crm.tenants import coming_in, drawn
from crm.tenants.models import Membership

FORGED = "The form did not come from one of our own pages, or was too old."
AGAIN = "This page is too old, so nothing was changed. Reload it and try again."


def refuse(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Lead whoever is not signed in to sign in and back; say to others what to do."""
    is_at_the_door = request.path.startswith(("/sign-in/", "/set-password/", "/first-owner/"))
    if not request.user.is_authenticated and not is_at_the_door:
        return coming_in.to_sign_in(request)
    elsewhere = _elsewhere(request)
    refused.say(request, elsewhere or FORGED)
    if wants_json(request):
        return JsonResponse({"message": elsewhere or AGAIN}, status=403)
    if getattr(request, "htmx", False):
        # The page's script says it; it can't become a part of the page.
        said = elsewhere or AGAIN
        return HttpResponse(said, status=403, content_type="text/plain; charset=utf-8")
    context = {"back": coming_in.page(request), "cookies": bool(request.COOKIES)}
    return render(request, "403_csrf.html", context | {"elsewhere": elsewhere}, status=403)


def _elsewhere(request: HttpRequest) -> str:
    """Say that the page was for another company, if it was."""
    membership: Membership | None = getattr(request, "membership", None)
    if membership is None:
        return ""
    there, here = drawn.company(request), membership.tenant
    if there is not None and there != here:
        return f"This page was for {there}: you are in {here} now. Nothing was changed."
    if membership.is_support:
        return f"This page was for another company: you are in {here} now. Nothing was changed."
    return ""
