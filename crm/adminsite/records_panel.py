"""The panel of the audit trail: what was done last, refusals marked."""

from django.http import HttpRequest
from django.urls import reverse

from crm.adminsite.panel import Line, Panel, listed
from crm.ledger.models import AuditEntry, Kind

SHOWN = 8


def read(request: HttpRequest) -> Panel | None:
    """Read the last entries of the company."""
    tenant = request.tenant  # type: ignore[attr-defined]
    if tenant is None:
        return None
    entries = AuditEntry.objects.filter(tenant_id=tenant.pk).order_by("-at", "-id")[:SHOWN]
    lines = tuple(
        Line(
            _said(entry),
            reverse("admin:ledger_auditentry_change", args=[entry.pk]),
            "Refused" if entry.kind == Kind.REFUSED else "",
            entry.at,
            "bad" if entry.kind == Kind.REFUSED else "",
        )
        for entry in entries
    )
    nothing = "" if lines else "Nothing has been written down yet."
    return Panel(
        "Last changes",
        "history",
        lines=lines,
        sentence=nothing,
        url=listed("ledger.auditentry"),
        more="The audit trail",
    )


def _said(entry: AuditEntry) -> str:
    """Say it in a line; whoever did it to themselves is named once, with their role."""
    role = entry.target.removeprefix(f"{entry.actor}, ")
    return f"{entry.actor} {entry.verb} {entry.target if role == entry.target else role.title()}"
