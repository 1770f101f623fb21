"""The page of how right scores have been."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from crm.tenants import scope
from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, TenantRequest, may, needs
from leads.track import campaigns, counting, shown
from leads.track.counting import Record

# So long leads have had to become something; the reader chooses.
DAYS = (30, 60, 90, 180)
USUAL = 60


@needs(Permission.SEE_LEADS)
@require_GET
def show(request: TenantRequest) -> HttpResponse:
    """Show what became of leads by what was said of them when they came in."""
    asked = request.GET.get("days", "")
    days = next((each for each in DAYS if str(each) == asked), USUAL)
    record = counting.count(request.membership, days)
    bands = shown.bands(record)
    context = {
        "record": record,
        "days": days,
        "choices": DAYS,
        "bands": bands,
        "is_enough": shown.has_any(bands),
        "least": shown.ENOUGH,
        "most": counting.MOST,
        "sentence": shown.sentence(record),
        "sees_all": scope.of(request.membership).everything,
        "may_settle": may(request.membership, Permission.ADMINISTER),
        "section": "leads",
    }
    if context["is_enough"]:
        context |= _parts(request.membership, record)
    return render(request, "leads/track.html", context)


def _parts(membership: Membership, record: Record) -> dict[str, Any]:
    by = record.by
    named = shown.together(by["campaign"], campaigns.names(membership, by["campaign"]))
    kinds = shown.together(by["campaign"], campaigns.kinds(membership) | {"": campaigns.NONE})
    tables = [
        ("Months", "calendar", shown.months(record)),
        ("Campaigns", "radar", shown.hot(named, _campaign)),
        ("Kinds of campaign", "shapes", shown.hot(kinds, _campaign)),
        ("Sources", "git-fork", shown.hot(by["source"], shown.source)),
        ("Industries", "factory", shown.hot(by["industry"], shown.industry)),
    ]
    return {"tiers": shown.tiers(record), "lifts": shown.lifts(record), "tables": tables}


def _campaign(name: str) -> str:
    return name or campaigns.OTHERS
