"""The administration's panel of the campaigns: runs under way, and those that failed lately."""

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from campaigns.admin_filters import LATELY
from campaigns.models import Run
from crm.adminsite.panel import Figure, Line, Panel, listed

SHOWN = 5


def read(request: HttpRequest) -> Panel | None:
    """Count them, and name the latest."""
    tenant = request.tenant  # type: ignore[attr-defined]
    if tenant is None:
        return None
    moving = Q(state__in=Run.ACTIVE)
    failed = Q(state=Run.State.FAILED, created_at__gte=timezone.now() - LATELY)
    runs = Run.of(tenant).filter(moving | failed)
    found = runs.aggregate(moving=Count("pk", filter=moving), failed=Count("pk", filter=failed))
    figures = (
        Figure(f"{found['moving']:,}", "under way", listed("campaigns.run", "?under_way=yes")),
        Figure(
            f"{found['failed']:,}",
            f"failed within {LATELY.days} days",
            listed("campaigns.run", "?under_way=failed"),
            "bad" if found["failed"] else "",
        ),
    )
    lines: tuple[Line, ...] = ()
    if any(found.values()):
        latest = runs.select_related("campaign").order_by("-id")[:SHOWN]
        lines = tuple(
            Line(
                run.campaign.name,
                f"{run.campaign.get_absolute_url()}?run={run.number}",
                run.get_state_display(),
                run.created_at,
                "bad" if run.state == Run.State.FAILED else "",
            )
            for run in latest
        )
    return Panel("Campaigns", "radar", figures, lines, url=listed("campaigns.run"), more="All runs")
