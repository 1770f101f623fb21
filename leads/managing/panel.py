"""The administration's panel of the leads: those that nobody looks after."""

from django.http import HttpRequest
from django.urls import reverse

from crm.adminsite.panel import Figure, Line, Panel, listed
from crm.bounds.counts import capped, counted
from leads.models import Lead

MOST = 1000


def read(request: HttpRequest) -> Panel | None:
    """Count the open leads without an owner, to a thousand."""
    tenant = request.tenant  # type: ignore[attr-defined]
    if tenant is None:
        return None
    unowned = capped(Lead.of(tenant).filter(owner=None, closed_at=None), MOST)
    where = listed("leads.lead", "?owner__isnull=True&open=yes")
    figure = Figure(
        counted(unowned, MOST), "open, without an owner", where, "warn" if unowned else ""
    )
    cards = Line("What leads are scored by", reverse("leads:scorecards"), "Scorecards in versions")
    rules = Line("What is done by itself", reverse("leads:rules"), "Rules that act by themselves")
    leads = listed("leads.lead")
    return Panel("Leads", "building-2", (figure,), (cards, rules), url=leads, more="All leads")
