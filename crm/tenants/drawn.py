"""Binds the token of every form to the company for which its page was drawn.

Which company somebody works for is the session's, so one tab changes it for all. A page that is
still open from before must not act in the company they are in now: its token is not that one's.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware import csrf
from django.urls import reverse
from django.utils.crypto import salted_hmac

from crm.tenants.middleware import COMPANIES
from crm.tenants.models import Membership, Tenant

# Where Django's own middleware keeps the secret of a request, and where the browser's is kept.
SECRET, KEPT = "CSRF_COOKIE", "crm.csrf_kept"
# What means the same from a page of any of one's companies.
ANYWHERE = ("tenants:choose", "tenants:sign_out")


class DrawnFor:
    """Stands after the tenant's middleware: tokens are checked, and drawn, when all have begun.

    The browser's cookie stays one and the same; in it no company is written.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        membership: Membership | None = request.membership  # type: ignore[attr-defined]
        if membership is None:
            return self.get_response(request)
        if SECRET not in request.META:
            csrf.rotate_token(request)
        kept = request.META[KEPT] = request.META[SECRET]
        bound = request.META[SECRET] = _bound(kept, membership.tenant)
        if settings.CSRF_COOKIE_NAME in request.COOKIES:
            _expect(request, bound)
            if request.method == "POST" and request.path_info in map(reverse, ANYWHERE):
                _expect(request, _bound(kept, company(request) or membership.tenant))
        response = self.get_response(request)
        # Who has signed in or out meanwhile has got a new one.
        if request.META.get(SECRET) == bound:
            request.META[SECRET] = kept
            # Django's administration writes the cookie at once: it is to be written again.
            if settings.CSRF_COOKIE_NAME in response.cookies:
                request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
        return response


def company(request: HttpRequest) -> Tenant | None:
    """Give which of the person's companies the page was drawn for that sent this; None: unknown."""
    membership: Membership | None = getattr(request, "membership", None)
    token = request.POST.get("csrfmiddlewaretoken") or request.headers.get("X-CSRFToken", "")
    if membership is None or KEPT not in request.META or not _is_token(token):
        return None
    companies: list[Tenant] = membership.memory.get(COMPANIES, [])
    for tenant in companies:
        expected = _bound(request.META[KEPT], tenant)
        if csrf._does_token_match(token, expected):  # type: ignore[attr-defined]
            return tenant
    return None


def _bound(kept: str, tenant: Tenant) -> str:
    return salted_hmac("crm.tenants.drawn", f"{kept}:{tenant.pk}", algorithm="sha256").hexdigest()[
        : csrf.CSRF_SECRET_LENGTH
    ]


def _expect(request: HttpRequest, secret: str) -> None:
    request.COOKIES[settings.CSRF_COOKIE_NAME] = secret


def _is_token(token: Any) -> bool:
    try:
        csrf._check_token_format(token)  # type: ignore[attr-defined]
    except csrf.InvalidTokenFormat:
        return False
    return True
