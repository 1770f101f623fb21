"""The way back from a lead's page, to the list, search, board or dashboard that led to it.

The session keeps it by lead: after a form of the page the browser names the page itself.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from leads.models import Lead

KEPT = "lead_ways_back"
# A session is read with every page: it holds no more than a few tabs need.
MOST = 8
LONGEST = 1000
BOARD = "leads:board"
LABELS = {
    BOARD: "Board",
    "leads:list": "Leads",
    "leads:search": "Search",
    "leads:tasks": "Tasks",
    "dashboard": "Dashboard",
}


@dataclass(frozen=True)
class Way:
    """Where the link leads, and what it is called."""

    url: str
    label: str


def read(request: HttpRequest, lead: Lead) -> Way:
    """Give the page that the person came from, now or when they first opened this lead."""
    kept = request.session.get(KEPT, {})
    name, query = _came(request) or kept.get(str(lead.pk)) or (BOARD, "")
    if (name, query) != (BOARD, "") or str(lead.pk) in kept:
        _keep(request, lead, [name, query])
    return Way(reverse(name) + (f"?{query}" if query else ""), LABELS[name])


def _keep(request: HttpRequest, lead: Lead, way: list[str]) -> None:
    kept = request.session.get(KEPT, {})
    if kept.get(str(lead.pk)) == way:
        return
    others = [(ident, each) for ident, each in kept.items() if ident != str(lead.pk)]
    request.session[KEPT] = dict([*others, (str(lead.pk), way)][-MOST:])


def _came(request: HttpRequest) -> tuple[str, str] | None:
    """Give the name and the query of the page of ours that led here, where it is one of those."""
    said = request.headers.get("Referer", "")
    host = {request.get_host()}
    if not url_has_allowed_host_and_scheme(said, host, require_https=request.is_secure()):
        return None
    parts = urlsplit(said)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    return (name, parts.query[:LONGEST]) if name in LABELS else None
