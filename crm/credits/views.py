"""The page of a company's credits: how the account stands, who used what, and each entry."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from crm.credits import account, charts, low, months, prices, statement, use, words
from crm.credits.forms import LowForm
from crm.credits.reservations import open_reservations
from crm.exporting import download
from crm.tenants.permissions import Permission, TenantRequest, may, needs


@needs(Permission.SEE_CREDITS)
@require_safe
def page(request: TenantRequest) -> HttpResponse:
    """Show the account; who does not see everything sees their own use."""
    chosen, usual = low.chosen(request.tenant), low.usual(request.tenant)
    return _page(request, LowForm(initial={"below": chosen}, usual=usual))


@needs(Permission.ADMINISTER)
@require_POST
def warning(request: TenantRequest) -> HttpResponse:
    """Keep below how many credits owners and managers want to be warned."""
    form = LowForm(request.POST, usual=low.usual(request.tenant))
    if not form.is_valid():
        return _page(request, form, status=422)
    below = form.cleaned_data["below"]
    if low.choose(request.tenant, below, by=request.user):
        messages.success(request, "Saved.")
    return redirect("credits:page")


@needs(Permission.SEE_CREDITS)
@require_safe
def export(request: TenantRequest, kind: str) -> HttpResponseBase:
    """Hand out the entries that the member sees."""
    entries = statement.of(request.tenant, _only(request))
    return download.answer(
        request, name="credits", columns=statement.COLUMNS, rows=statement.rows(entries), kind=kind
    )


def _only(request: TenantRequest) -> UUID | None:
    """Say of whom alone the member sees what was used; None is everybody."""
    sees_all = may(request.membership, Permission.SEE_EVERYTHING)
    return None if sees_all else request.user.pk


def _page(request: TenantRequest, form: LowForm, status: int = 200) -> HttpResponse:
    tenant, only = request.tenant, _only(request)
    shown = statement.page(statement.of(tenant, only), request.GET.get("before", ""))
    context: dict[str, Any] = {
        "section": "credits",
        "page": shown,
        "sees_all": only is None,
        "may_export": download.may_be_given(request.membership),
    }
    if shown.is_first:
        context |= _standing(request) | _use(request, only) | {"form": form}
    return render(request, "credits/page.html", context, status=status)


def _standing(request: TenantRequest) -> dict[str, Any]:
    tenant, only = request.tenant, _only(request)
    balance = account.balance(tenant)
    below = low.mark(tenant)
    held = open_reservations(tenant) if balance.held or only is None else []
    return {
        "balance": balance,
        "below": below,
        "is_low": balance.total < below,
        "reservations": [each for each in held if only in (None, each.person_id)],
        "offers": prices.all_of(),
    }


def _use(request: TenantRequest, only: UUID | None) -> dict[str, Any]:
    begin = months.begin(request.tenant)
    month = use.since(request.tenant, begin, person_id=only)
    today = timezone.now().astimezone(ZoneInfo(request.tenant.zone)).date()
    parts = [("By campaign", month.purposes), ("By service", month.services)]
    if only is None:
        parts.insert(0, ("By person", month.people))
    return {
        "month": month,
        "month_title": f"Used in {begin:%B}",
        "used_label": "Used by you this month" if only else "Used this month",
        "cost": words.cost(month.micros),
        "parts": [(title, charts.bars(uses)) for title, uses in parts],
        "points": charts.points(month, begin.date(), today),
    }
