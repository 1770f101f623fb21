"""Whoever is not signed in (any more) is led to the sign-in page, and back to where they were."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from crm.tenants.people import User

NOT_KEPT = (
    "You were signed out meanwhile, so what you sent last was not kept. Sign in to go back to the "
    "page it was on."
)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Answer each kind of request in a way its sender understands."""
    back = page(request)
    if request.method not in ("GET", "HEAD") and not request.headers.get("HX-Request"):
        messages.warning(request, NOT_KEPT)
    to_page = redirect_to_login(back) if back else redirect("tenants:sign_in")
    # A fragment of a page can't become the sign-in page: the whole page must.
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(to_page.url)
    return to_page


def sign_in(request: HttpRequest, person: User) -> None:
    """Sign in somebody who has shown by a link that was theirs alone who they are."""
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])


def page(request: HttpRequest) -> str:
    """Give the page the person looked at; the address of a form's answer can't be opened."""
    htmx = getattr(request, "htmx", None)
    if htmx:
        return htmx.current_url_abs_path or ""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    referer = request.headers.get("Referer", "")
    own = {request.get_host()}
    if not url_has_allowed_host_and_scheme(referer, own, require_https=request.is_secure()):
        return ""
    return urlsplit(referer)._replace(scheme="", netloc="", fragment="").geturl()
