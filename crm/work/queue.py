"""How much work stands in the tables, over all tenants."""

from django.db.models import Count, Min, Q
from django.utils import timezone

from crm.work.drain import tables
from crm.work.models import State


def depth() -> dict[str, float]:
    """Count rows by state; `oldest_waiting_s` is how long the oldest due row has been due."""
    counted: dict[str, float] = {"ready": 0, "leased": 0, "dead": 0, "oldest_waiting_s": 0}
    now = timezone.now()
    for table in tables():
        found = table.model._default_manager.exclude(state=State.DONE).aggregate(
            ready=Count("pk", filter=Q(state__in=[State.READY, State.WAITING])),
            leased=Count("pk", filter=Q(state=State.LEASED)),
            dead=Count("pk", filter=Q(state=State.DEAD)),
            oldest=Min("due_at", filter=Q(state=State.READY, due_at__lte=now)),
        )
        for key in ("ready", "leased", "dead"):
            counted[key] += found[key]
        if found["oldest"]:
            waited = round((now - found["oldest"]).total_seconds(), 1)
            counted["oldest_waiting_s"] = max(counted["oldest_waiting_s"], waited)
    return counted


def again(row: object) -> None:
    """Queue a dead row once more, with a clean record."""
    type(row)._default_manager.filter(pk=row.pk, state=State.DEAD).update(  # type: ignore[attr-defined]
        state=State.READY, due_at=timezone.now(), attempts=0, crashes=0, last_error=""
    )
