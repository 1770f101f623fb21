"""What the pages of shares answer, whatever is shared: each floor loads its rows and asks here."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from crm import ids, sight
from crm.ledger import audit, refused
from crm.sharing import panel as panels
from crm.sharing import shares
from crm.sharing.panel import PERSON, Panel
from crm.tenants.models import Membership, Team, User
from crm.tenants.permissions import TenantRequest


def show(request: TenantRequest, panel: Panel, section: str) -> HttpResponse:
    """Answer with the panel, alone or as a page of its own, and the people who were searched."""
    if panel.may_share:
        panel = panels.search(panel, request.GET.get("q", ""), request.membership)
    template = "sharing/_panel.html" if request.htmx else "sharing/page.html"
    return render(request, template, {"panel": panel, "row": panel.row, "section": section})


def add(request: TenantRequest, row: Any, back: str) -> HttpResponse:
    """Share with the person or team that was posted; then back to the page of the row."""
    reader = _reader(request)
    if reader is None:
        return _unknown(request, row)
    try:
        is_new = shares.share(row, with_=reader, by=request.membership)
    except shares.NotOfTheCompany as refusal:
        # It was there a moment ago.
        messages.error(request, str(refusal))
        return redirect(f"{back}#shares")
    said = f"Shared with {reader}." if is_new else f"{reader} had been let see it already."
    messages.success(request, said)
    return redirect(f"{back}#shares")


def remove(request: TenantRequest, row: Any, back: str, elsewhere: str) -> HttpResponse:
    """Take a share back; who loses sight of the row by that lands `elsewhere`."""
    reader = _reader(request)
    if reader is None:
        return _unknown(request, row)
    try:
        shares.revoke(row, with_=reader, by=request.membership)
    except shares.MayNotShare as refusal:
        refused.say(request, str(refusal))
        raise PermissionDenied(str(refusal)) from None
    said = f"No longer shared with {reader}."
    sight.forget(request.membership)
    if not sight.sees(request.membership, row):
        messages.info(request, f"{said} You no longer see {row} yourself.")
        return redirect(elsewhere)
    messages.success(request, said)
    return redirect(f"{back}#shares")


def _reader(request: TenantRequest) -> User | Team | None:
    kind, _, ident = request.POST.get("with", "").partition(":")
    known = ids.read(ident)
    if known is None:
        return None
    if kind == PERSON:
        rows = Membership.of(request.tenant).filter(user=known).select_related("user")
        found = rows.first()
        return found.user if found else None
    return Team.of(request.tenant).select_related("group").filter(pk=known).first()


def _unknown(request: TenantRequest, row: Any) -> HttpResponse:
    """Answer 404, not by an exception: that would take back what is written down of it."""
    asked = request.POST.get("with", "")[:80]
    audit.write(row, "sharing was refused", by=request.user, after={"with": asked})
    return render(request, "404.html", status=404)
