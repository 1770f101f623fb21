"""What people send when they call somebody, or plan something to do."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from crm.tenants import members
from crm.tenants.models import Tenant, User
from crm.tenants.permissions import Permission
from leads.models import Task
from leads.timeline.timeline import LONGEST_NOTE
from leads.work import tasks
from leads.work.calls import FollowUp, Outcome

FURTHEST = timedelta(days=3660)


def day_field(*, required: bool = True, label: str = "Due") -> forms.DateField:
    """Make a control of a day that is told how to write one."""
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": "Say by which day.",
            "invalid": "Write a day like 2027-03-01, or choose one in the calendar.",
        },
    )


def check_day(day: Any) -> Any:
    """Refuse a day that is surely a slip of the pen."""
    if day is not None and abs(day - timezone.localdate()) > FURTHEST:
        raise ValidationError("That is more than ten years away. Check the year.")
    return day


def next_working_day() -> Any:
    """Give tomorrow, or Monday if that is a weekend."""
    day = timezone.localdate() + timedelta(days=1)
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


class CallForm(forms.Form):
    """How a call went, and perhaps what follows."""

    outcome = forms.ChoiceField(
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how the call went."},
    )
    text = forms.CharField(
        label="What was said",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    follow = forms.CharField(label="Then do", required=False, max_length=tasks.LONGEST)
    day = day_field(required=False, label="By")

    def clean_day(self) -> Any:
        """Refuse a slip of the pen."""
        return check_day(self.cleaned_data["day"])

    def clean(self) -> dict[str, Any]:
        """Ask for the day of what follows."""
        given = super().clean() or self.cleaned_data
        if given.get("follow") and not given.get("day") and "day" not in self.errors:
            self.add_error("day", "Say by which day this is to be done.")
        return given

    @property
    def follow_up(self) -> FollowUp | None:
        """What is to be planned, if anything is."""
        text, day = self.cleaned_data["follow"], self.cleaned_data["day"]
        return FollowUp(text, tasks.moment(day)) if text else None


class TaskForm(forms.Form):
    """Something to do; whose it is stays the writer's own where nobody is asked."""

    text = forms.CharField(
        label="What is to be done",
        max_length=tasks.LONGEST,
        error_messages={"required": "Say what is to be done."},
    )
    day = day_field()
    at = forms.TimeField(
        label="At",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Write a time like 14:30."},
    )
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label="Who does it",
        required=False,
        empty_label="Nobody yet",
        error_messages={"invalid_choice": "Choose a colleague who may work on leads."},
    )

    def __init__(
        self, *args: Any, tenant: Tenant, owner: User | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = members.able(tenant, Permission.WORK_LEADS)
        if owner is not None:
            people |= User.objects.filter(pk=owner.pk)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]

    @classmethod
    def of(cls, task: Task, **kwargs: Any) -> "TaskForm":
        """Make the form of a task as it is now."""
        local = timezone.localtime(task.due_at)
        at = local.time().replace(second=0, microsecond=0)
        initial = {
            "text": task.text,
            "day": task.due_day or local.date(),
            "at": None if task.due_day else at,
            "owner": task.owner_id,
        }
        return cls(tenant=task.tenant, owner=task.owner, initial=initial, **kwargs)

    def clean_day(self) -> Any:
        """Refuse a slip of the pen."""
        return check_day(self.cleaned_data["day"])

    @property
    def due_at(self) -> datetime | date:
        """When it is due, in the zone of whoever wrote it."""
        return tasks.moment(self.cleaned_data["day"], self.cleaned_data["at"])
