"""The page of the chances of winning, and why a lead has the one it has."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from crm.tenants.models import Tenant
from crm.tenants.permissions import Permission, TenantRequest, may, needs
from crm.work.models import State
from leads.chances import chances, ended, reasons, shown, training
from leads.models import ChanceModel
from leads.sight.load import load

MOST_TRAININGS = 20
# What reads after “you may not”.
MANAGE = "see how chances of winning are learned or have them learned anew"


@needs(Permission.ADMINISTER, to=MANAGE)
@require_GET
def show(request: TenantRequest) -> HttpResponse:
    """Show the model in use, how right it was, and what the trainings came to."""
    return render(request, "leads/chances.html", _page(request.tenant) | {"section": "leads"})


@needs(Permission.ADMINISTER, to=MANAGE)
@require_GET
def watched(request: TenantRequest) -> HttpResponse:
    """Show how the training goes; when it has ended the whole page is another."""
    row = training.of(request.tenant)
    if not request.htmx:
        return redirect("leads:chances")
    if training.is_under_way(row):
        return HttpResponse(status=204)
    answer = HttpResponse()
    answer["HX-Refresh"] = "true"
    return answer


@needs(Permission.ADMINISTER, to=MANAGE)
@require_POST
def train(request: TenantRequest) -> HttpResponse:
    """Learn anew now."""
    is_new = training.ask(request.tenant, by=request.user)
    said = "A training has begun." if is_new else "A training is under way already."
    messages.info(request, f"{said} What comes of it stands here when it has ended.")
    return redirect("leads:chances")


@needs(Permission.SEE_LEADS)
@require_GET
def reason(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Say what speaks for a lead and what against it, or why there is no chance."""
    lead = load(request, lead_id)
    context = {
        "lead": lead,
        "told": reasons.of(lead),
        "may_settle": may(request.membership, Permission.ADMINISTER),
        "section": "leads",
    }
    name = "leads/_chance_reasons.html" if request.htmx else "leads/chance.html"
    return render(request, name, context)


def _page(tenant: Tenant) -> dict[str, Any]:
    model, row = chances.in_use(tenant), training.of(tenant)
    counts = shown.counts(*ended.count(tenant))
    rows = ChanceModel.of(tenant).order_by("-number")
    without = set(rows.filter(model=None).values_list("number", flat=True))
    last = list(rows.defer("model")[:MOST_TRAININGS])
    return {
        "model": model,
        "in_use": next((each for each in last if each.is_current), None)
        or rows.defer("model").filter(is_current=True).first(),
        "measures": shown.measures(model) if model else [],
        "weights": shown.weights(model) if model else [],
        "counts": counts,
        "missing": shown.missing(counts),
        "training": row,
        "is_under_way": training.is_under_way(row),
        "has_failed": row is not None and row.state == State.DEAD,
        "attempts": [shown.attempt(each, has_model=each.number not in without) for each in last],
        "settled": shown.SETTLED,
    }
