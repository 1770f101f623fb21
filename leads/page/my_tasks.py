"""A person's own tasks, by when they are due."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.models import Task
from leads.work import mine
from leads.work.mine import TaskLine
from leads.work.tasks import is_late

MOST = 300


@dataclass(frozen=True)
class Bucket:
    """Tasks under one head; `tone` colours it."""

    name: str
    label: str
    lines: list[TaskLine]


@needs(Permission.SEE_LEADS)
@require_GET
def show(request: TenantRequest) -> HttpResponse:
    """Show what is to be done by the reader, and what was done today."""
    open_tasks = list(mine.open_of(request.membership)[: MOST + 1])
    settled = mine.of(request.membership).filter(done_at__gte=mine.today()).order_by("-done_at")
    buckets = [*sorted_by_day(open_tasks[:MOST]), _bucket("done", "Done today", settled[:MOST])]
    context = {
        "buckets": [bucket for bucket in buckets if bucket.lines],
        "has_open": bool(open_tasks),
        "is_cut": len(open_tasks) > MOST,
        "most": MOST,
        "section": "tasks",
    }
    return render(request, "leads/my_tasks.html", context)


def sorted_by_day(tasks: list[Task]) -> list[Bucket]:
    """Sort them under overdue, today, this week and later, by the reader's calendar."""
    today, monday = timezone.localdate(), timezone.localdate(mine.monday())
    found: dict[str, list[Task]] = {"overdue": [], "today": [], "week": [], "later": []}
    for task in tasks:
        day = task.due_day or timezone.localdate(task.due_at)
        if is_late(task.due_at, task.due_day):
            found["overdue"].append(task)
        elif day == today:
            found["today"].append(task)
        else:
            found["week" if day < monday else "later"].append(task)
    labels = {"overdue": "Overdue", "today": "Today", "week": "This week", "later": "Later"}
    return [_bucket(name, labels[name], rows) for name, rows in found.items()]


def _bucket(name: str, label: str, tasks: "QuerySet[Task] | list[Task]") -> Bucket:
    return Bucket(name, label, [mine.line(task) for task in tasks])
