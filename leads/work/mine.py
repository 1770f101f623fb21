"""A person's own tasks, of leads that they see, and a task as it is shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from crm.tenants.models import Membership
from leads.filters import meanings
from leads.models import Task
from leads.sight import sight
from leads.work import tasks


@dataclass(frozen=True)
class TaskLine:
    """A task for the page."""

    task: Task
    due: str
    is_overdue: bool


def line(task: Task) -> TaskLine:
    """Write one task for a reader."""
    due = task.due_at, task.due_day
    return TaskLine(task, tasks.due_label(*due), tasks.is_late(*due))


def of(membership: Membership) -> QuerySet[Task]:
    """Give the tasks of the person, of leads that they see."""
    mine = Task.of(membership.tenant).filter(owner=membership.user_id)
    seen = mine.filter(lead__in=sight.leads(membership))
    return seen.select_related("owner", "lead__organisation", "lead__stage")


def open_of(membership: Membership) -> QuerySet[Task]:
    """Give what the person still has to do, the most urgent first."""
    return of(membership).filter(done_at=None).order_by("due_at", "pk")


def today() -> datetime:
    """Give when the day began where the reader is."""
    return meanings.start(timezone.localdate())


def monday() -> datetime:
    """Give when the week is over where the reader is."""
    day = timezone.localdate()
    return meanings.start(day + timedelta(days=7 - day.weekday()))
