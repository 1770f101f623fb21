"""How somebody is led on to another page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django_htmx.http import HttpResponseClientRedirect


def to(request: HttpRequest, url: str) -> HttpResponse:
    """Lead on to a page, from within one, too: a fragment can't become it, the whole page must."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)
