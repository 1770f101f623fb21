"""The operations page, its live part, and the lists of what has failed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from crm.look.formats import thousands
from crm.operations import failed, figures, reviving
from crm.operations.reviving import Revived
from crm.tenants.models import Tenant
from crm.tenants.permissions import Permission, TenantRequest, may, needs

MOST_REFUSALS = 3


@needs(Permission.ADMINISTER, or_superuser=True)
@require_GET
def page(request: TenantRequest) -> HttpResponse:
    """Show how the background work goes."""
    return render(request, "operations/page.html", _context(request))


@needs(Permission.ADMINISTER, or_superuser=True)
@require_GET
def live(request: TenantRequest) -> HttpResponse:
    """Give the live part alone, and what has failed where the reader does not see it yet."""
    context = _context(request)
    context["is_news"] = request.GET.get("seen") != context["figures"].mark
    return render(request, "operations/_live.html", context)


@needs(Permission.ADMINISTER)
@require_GET
def failures(request: TenantRequest, table: str) -> HttpResponse:
    """List the failed rows of one table, the newest first."""
    found = failed.table(table)
    rows, behind = failed.page(found, request.tenant, request.GET.get("behind", ""))
    context = {
        "table": found,
        "rows": rows,
        "behind": behind,
        "count": failed.dead(found, request.tenant).count(),
        "section": "operations",
    }
    return render(request, "operations/failures.html", context)


@needs(Permission.ADMINISTER)
@require_POST
def again(request: TenantRequest, table: str, row_id: UUID) -> HttpResponse:
    """Queue one failed row again."""
    found = failed.table(table)
    _say(request, reviving.one(found, request.tenant, row_id, by=request.user))
    return _back(request, table)


@needs(Permission.ADMINISTER)
@require_POST
def set_aside(request: TenantRequest, table: str, row_id: UUID) -> HttpResponse:
    """Let one failed row rest."""
    found = failed.table(table)
    if reviving.set_aside(found, request.tenant, row_id, by=request.user):
        messages.success(request, "Set aside. Its error stays in the administration.")
    else:
        messages.info(request, "It has not failed any more.")
    return _back(request, table)


@needs(Permission.ADMINISTER)
@require_POST
def all_again(request: TenantRequest, table: str) -> HttpResponse:
    """Queue all failed rows of a table again."""
    found = failed.table(table)
    _say(request, reviving.every(found, request.tenant, by=request.user))
    return _back(request, table)


def _context(request: TenantRequest) -> dict[str, Any]:
    may_administer = may(request.membership, Permission.ADMINISTER)
    tenant: Tenant | None = request.tenant if may_administer else None
    read = figures.read(tenant, sees_all=request.user.is_superuser)
    return {"figures": read, "section": "operations"}


def _say(request: TenantRequest, revived: Revived) -> None:
    if revived.queued:
        left = f" {thousands(revived.left)} are left: press it once more." if revived.left else ""
        messages.success(request, f"Queued {thousands(revived.queued)} again.{left}")
    for refusal in revived.refusals[:MOST_REFUSALS]:
        messages.error(request, refusal)
    if not revived.queued and not revived.refusals:
        messages.info(request, "That has been queued again already.")


def _back(request: TenantRequest, table: str) -> HttpResponse:
    """Return to the page on which the button was."""
    if request.POST.get("from") == "list":
        return redirect("operations:failures", table)
    return redirect("operations:page")
