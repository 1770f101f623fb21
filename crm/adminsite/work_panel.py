"""The panel of the background work: what waits, and what has failed, each with a way to look."""

from django.http import HttpRequest
from django.urls import reverse

from crm.adminsite.panel import Figure, Line, Panel, many
from crm.look.formats import thousands
from crm.operations import brief
from crm.work.table import Table


def read(request: HttpRequest) -> Panel:
    """Read it for the company; for the whole installation where the reader belongs to none."""
    tenant = request.tenant  # type: ignore[attr-defined]
    now = brief.read(tenant)
    page = reverse("operations:page")
    total = {name: int(number) for name, number in now.total.items()}
    failed = [
        Line(
            f"{thousands(each.dead)} {_called(each.table, each.dead)}",
            reverse("operations:failures", args=[each.table.key]) if tenant else page,
            "Look",
            tone="bad",
        )
        for each in now.depths
        if each.dead
    ]
    figures = (
        Figure(thousands(total["ready"]), "queued", page),
        Figure(thousands(total["leased"]), "at work", page),
        Figure(thousands(total["waiting"]), "waiting", page),
        Figure(thousands(total["dead"]), "failed", page, "bad" if total["dead"] else ""),
    )
    return Panel(
        "Background work" + ("" if tenant else " of all companies"),
        "activity",
        figures,
        tuple(failed),
        sentence=now.verdict.sentence,
        tone=now.verdict.tone,
        url=page,
        more="Operations",
    )


def _called(table: Table, number: int) -> str:
    meta = table.model._meta
    return many(number, str(meta.verbose_name), str(meta.verbose_name_plural))
