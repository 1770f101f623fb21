"""The answer of a record's history: a panel of its page, or a page of its own."""

from collections.abc import Sequence

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render

from crm.tenants.permissions import Permission, TenantRequest, may
from crm.trail import history


def answer(
    request: TenantRequest, records: Sequence[Model], *, back: str, section: str
) -> HttpResponse:
    """Show what happened to the first of the records, and to those that belong to it.

    Whoever works with it sees what was done; who looked at it is for owners and managers.
    """
    page = history.of(
        records,
        request.tenant,
        with_looks=may(request.membership, Permission.ADMINISTER),
        before=request.GET.get("before", ""),
    )
    context = {
        "trail_page": page,
        "record": records[0],
        "is_first": "before" not in request.GET,
        "back": back,
        "history_url": request.path,
        "section": section,
    }
    template = "trail/_history.html" if request.htmx else "trail/history.html"
    return render(request, template, context)
