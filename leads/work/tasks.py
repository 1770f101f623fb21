"""What is to be done about a lead, by when and by whom; the lead keeps when its first is due."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from crm import sight
from crm.ledger import audit
from crm.tenants import members, whereabouts
from crm.tenants.models import Tenant, User
from leads.lead.locking import lock
from leads.models import Lead, Task, TimelineEntry
from leads.scored import flow
from leads.timeline import timeline

LONGEST = Task._meta.get_field("text").max_length or 0
# Nobody works off more on one lead.
MOST_OPEN = 100
# Of a task that names no hour: it is overdue when the day is over.
END_OF_DAY = time(23, 59)


class TaskRefused(ValueError):
    """It can't be done; the sentence says why and what to do."""


class ChangedMeanwhile(TaskRefused):
    """A colleague changed or settled the task; `task` is as it is now."""

    def __init__(self, sentence: str, task: Task | None) -> None:
        super().__init__(sentence)
        self.task = task


def moment(day: date, at: time | None = None) -> datetime | date:
    """Give when something is due, in the zone of whoever says so; the day where no hour is said."""
    return timezone.make_aware(datetime.combine(day, at)) if at is not None else day


def reckon(due: datetime | date, owner: User | None) -> tuple[datetime, date | None]:
    """Give the moment to keep, and the day of what names no hour: it ends where its owner is."""
    if isinstance(due, datetime):
        return due, None
    zone = whereabouts.zone(owner) if owner else None
    return timezone.make_aware(datetime.combine(due, END_OF_DAY), zone), due


def due_label(moment: datetime, day: date | None) -> str:
    """Say when it is due, for its reader: the day, and the hour where one was said."""
    local, today = timezone.localtime(moment), timezone.localdate()
    on = day or local.date()
    words = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    year = "" if on.year == today.year else " Y"
    said = words.get((on - today).days) or date_format(on, f"D j M{year}")
    return said if day else f"{said}, {date_format(local, 'H:i')}"


def is_late(moment: datetime, day: date | None) -> bool:
    """Say whether it is overdue for its reader: a day is over when it is over where they are."""
    return moment < timezone.now() if day is None else day < timezone.localdate()


def open_of(tenant: Tenant) -> QuerySet[Task]:
    """Give what is still to be done."""
    return Task.of(tenant).filter(done_at=None)


@transaction.atomic
def add(
    lead: Lead,
    text: str,
    *,
    due_at: datetime | date,
    owner: User | None,
    by: User,
    why: str = "",
) -> Task:
    """Plan something; raises TaskRefused, and members.NotHere if the owner has left.

    `why` is a sentence for the timeline.
    """
    text = _clean(text)
    if owner is not None:
        members.keep(lead.tenant, owner)
    lead = lock(lead)
    _check_sees(owner, lead, by)
    if open_of(lead.tenant).filter(lead=lead).count() >= MOST_OPEN:
        raise TaskRefused(f"{lead.title} has {MOST_OPEN} open tasks. Settle some of them first.")
    moment, day = reckon(due_at, owner)
    task = Task.of(lead.tenant).create(
        tenant=lead.tenant, lead=lead, text=text, due_at=moment, due_day=day, owner=owner,
        created_by=by,
    )  # fmt: skip
    told = f"{_whose(task)}, due {_day(task)}: {text}"
    _tell(lead, f"{told} – {why}" if why else told, by)
    audit.write(task, "added", by=by, after=_facts(task))
    settle(lead)
    return task


@transaction.atomic
def edit(
    task: Task, text: str, *, due_at: datetime | date, owner: User | None, seen: str, by: User
) -> Task:
    """Change the task from what somebody saw, as `mark` gave it; raises ChangedMeanwhile."""
    text = _clean(text)
    if owner is not None and owner.pk != task.owner_id:
        members.keep(task.tenant, owner)
    task = _hold(task)
    if task.done_at is not None:
        raise ChangedMeanwhile(_settled(task), task)
    if mark(task) != seen:
        said = f"It is “{task.text}”, due {due_label(task.due_at, task.due_day)}, now."
        raise ChangedMeanwhile(
            f"A colleague changed this task meanwhile. {said} Save again to put yours there.", task
        )
    if owner is not None and owner.pk != task.owner_id:
        _check_sees(owner, task.lead, by)
    before = _facts(task)
    task.text, task.owner = text, owner
    task.due_at, task.due_day = reckon(due_at, owner)
    after = _facts(task)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return task
    task.save(update_fields=["text", "due_at", "due_day", "owner"])
    _tell(task.lead, f"{_whose(task)} is due {_day(task)} now: {text}", by)
    audit.write(
        task,
        "edited",
        by=by,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    settle(task.lead)
    return task


def done(task: Task, *, by: User) -> Task:
    """Say that it is done; done already, perhaps by a colleague, it stays as that."""
    return _end(task, is_dropped=False, by=by)


def drop(task: Task, *, by: User) -> Task:
    """Say that it is no longer wanted; it can be reopened."""
    return _end(task, is_dropped=True, by=by)


@transaction.atomic
def reopen(task: Task, *, by: User) -> Task:
    """Take back that it is done or dropped."""
    task = _hold(task)
    if task.done_at is None:
        return task
    before = _fate(task)
    task.done_at, task.done_by, task.is_dropped = None, None, False
    task.save(update_fields=["done_at", "done_by", "is_dropped"])
    _tell(task.lead, f"To be done after all: {task.text}", by)
    audit.write(task, "reopened", by=by, before=before, after=_fate(task))
    settle(task.lead)
    flow.queue_all([task.lead])
    return task


def settle(lead: Lead) -> None:
    """Have the lead say when its first open task is due; under the lead's lock."""
    first = open_of(lead.tenant).filter(lead=lead).order_by("due_at").first()
    due, day = (first.due_at, first.due_day) if first else (None, None)
    if (due, day) != (lead.next_due, lead.next_due_day):
        Lead.of(lead.tenant).filter(pk=lead.pk).update(next_due=due, next_due_day=day)
    lead.next_due, lead.next_due_day = due, day


def mark(task: Task) -> str:
    """Give what a form carries of the task, to tell whether it was changed meanwhile."""
    return f"{task.due_at.isoformat()}|{task.owner_id or ''}|{task.text}"


@transaction.atomic
def _end(task: Task, *, is_dropped: bool, by: User) -> Task:
    task = _hold(task)
    if task.done_at is not None:
        return task
    before = _fate(task)
    task.done_at, task.done_by, task.is_dropped = timezone.now(), by, is_dropped
    task.save(update_fields=["done_at", "done_by", "is_dropped"])
    _tell(task.lead, f"{'No longer wanted' if is_dropped else 'Done'}: {task.text}", by)
    verb = "dropped" if is_dropped else "did"
    audit.write(task, verb, by=by, before=before, after=_fate(task))
    settle(task.lead)
    flow.queue_all([task.lead])
    return task


def _hold(task: Task) -> Task:
    """Give the task as it is now, under its lead's lock."""
    lead = lock(task.lead)
    now = Task.of(lead.tenant).select_related("owner", "done_by").filter(pk=task.pk).first()
    if now is None:
        raise ChangedMeanwhile("The task was deleted meanwhile.", None)
    now.lead = lead
    return now


def _settled(task: Task) -> str:
    who = str(task.done_by) if task.done_by else "Somebody"
    what = "said that it is no longer wanted" if task.is_dropped else "did it"
    return f"{who} {what} meanwhile, so it was not changed. Reopen it first."


def _clean(text: str) -> str:
    text = " ".join(text.replace("\0", "").split())
    if not text:
        raise TaskRefused("Say what is to be done.")
    if len(text) > LONGEST:
        raise TaskRefused(f"Keep it to {LONGEST} characters; this has {len(text):,}.")
    return text


def _tell(lead: Lead, text: str, by: User) -> None:
    timeline.write(lead, TimelineEntry.Kind.TASK, text, by=by)


def _whose(task: Task) -> str:
    return f"Task for {task.owner}" if task.owner else "Task for nobody yet"


def _day(task: Task) -> str:
    """Say it for readers of any later day."""
    return date_format(task.due_day or timezone.localtime(task.due_at), "D j M Y")


def _check_sees(owner: User | None, lead: Lead, by: User) -> None:
    """Give nobody a task of a lead that they would not find."""
    if owner is None or owner == by or sight.who_sees([owner], lead, tenant=lead.tenant):
        return
    raise TaskRefused(
        f"{owner} does not see {lead.title}. Share it with them first, or choose somebody else."
    )


def _facts(task: Task) -> dict[str, str | None]:
    return {
        "text": task.text,
        "due_at": task.due_at.isoformat(),
        "due_day": task.due_day.isoformat() if task.due_day else None,
        "owner": str(task.owner) if task.owner else None,
    }


def _fate(task: Task) -> dict[str, str | bool | None]:
    return {
        "done_at": task.done_at.isoformat() if task.done_at else None,
        "done_by": str(task.done_by) if task.done_by else None,
        "is_dropped": task.is_dropped,
    }
