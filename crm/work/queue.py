"""How much work stands in the tables, over all tenants."""

from django.db.models import Count, Min, Q
from django.utils import timezone

from crm.work.drain import tables
from crm.work.models import State, WorkRow


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


class CannotQueue(ValueError):
    """The row can't be revived now; the sentence says why."""


def again(row: WorkRow) -> None:
    """Queue a dead row once more, with a clean record; raises CannotQueue."""
    table = next(table for table in tables() if table.model is type(row))
    table.queued_again(row)
    type(row)._default_manager.filter(pk=row.pk, state=State.DEAD).update(
        state=State.READY, due_at=timezone.now(), attempts=0, crashes=0, last_error=""
    )
