"""What changed in the registers, of the organisations whose leads somebody sees."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm import ids
from crm.registers import told
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.merging import may
from leads.models import RegisterNews
from leads.registers.forms import NewsForm
from leads.sight import sight

SHOWN = 50


@needs(Permission.SEE_LEADS)
@require_GET
def news(request: TenantRequest) -> HttpResponse:
    """List it, the latest first."""
    form = NewsForm(request.GET)
    wanted = form.wanted
    leads = sight.leads(request.membership).filter(organisation=OuterRef("organisation"))
    rows = RegisterNews.of(request.tenant).filter(Exists(leads.order_by()))
    if "kind" in wanted:
        rows = rows.filter(change__kind=wanted["kind"])
    if "register" in wanted:
        rows = rows.filter(change__register=wanted["register"])
    if "days" in wanted:
        since = timezone.localdate() - timedelta(days=int(wanted["days"]))
        rows = rows.filter(change__on__gte=since)
    if before := ids.read(request.GET.get("before", "")):
        rows = rows.filter(pk__lt=before)
    rows = rows.select_related("organisation", "change__register", "change__entry")
    rows = rows.annotate(lead=Subquery(may.first(leads).values("pk")[:1]))
    found: list[Any] = list(rows.order_by("-pk")[: SHOWN + 1])
    page = found[:SHOWN]
    for row in page:
        row.said = told.sentence(row.change.kind, row.change.on, row.change.before)
    context = {
        "form": form,
        "is_filtered": bool(wanted),
        "rows": page,
        "older_url": _with(request, str(page[-1].pk)) if len(found) > SHOWN else "",
        "newest_url": _with(request, "") if before else "",
        "section": "leads",
    }
    return render(request, "leads/register_news.html", context)


def _with(request: TenantRequest, before: str) -> str:
    asked = request.GET.copy()
    asked["before"] = before
    return f"?{asked.urlencode()}"
