"""The form of a schedule: one line about the day, the time, and what to do then."""

from typing import Any

from django import forms

from campaigns import calendar, schedules
from campaigns.models import Run, Schedule

WHAT = [(Run.Mode.MORE, Run.Mode.MORE.label), (Run.Mode.AGAIN, Run.Mode.AGAIN.label)]
# Of the two, only what the choice of week or month asks for is looked at.
ASKED_BY = {"weekday": Schedule.Every.WEEK, "day": Schedule.Every.MONTH}
MISSING = {"weekday": "Say on which weekday.", "day": "Say on which day of the month, 1 to 31."}


class ScheduleForm(forms.Form):
    """When valid, `cleaned_data` is what `schedules.plan` takes."""

    every = forms.ChoiceField(
        label="How often",
        choices=Schedule.Every.choices,
        initial=Schedule.Every.WEEK,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose every week or every month.",
            "invalid_choice": "Choose every week or every month.",
        },
    )
    weekday = forms.TypedChoiceField(
        label="Weekday",
        choices=list(enumerate(calendar.WEEKDAYS)),
        coerce=int,
        initial=0,
        required=False,
        error_messages={"invalid_choice": "Choose a weekday, from Monday to Sunday."},
    )
    day = forms.IntegerField(
        label="Day of the month",
        initial=1,
        required=False,
        widget=forms.NumberInput(attrs={"min": 1, "max": 31}),
        error_messages={"invalid": "Give the day of the month as a number from 1 to 31."},
    )
    at = forms.TimeField(
        label="At",
        initial="07:00",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "required": "Give a time of day, like 07:00.",
            "invalid": "Give a time of day from 00:00 to 23:59, like 07:00.",
        },
    )
    mode = forms.ChoiceField(
        label="Do",
        choices=WHAT,
        initial=Run.Mode.MORE,
        error_messages={
            "required": "Choose “Find more” or “Run again”.",
            "invalid_choice": "Choose “Find more” or “Run again”.",
        },
    )

    def __init__(self, *args: Any, schedule: Schedule | None = None, **kwargs: Any) -> None:
        if schedule is not None:
            kwargs["initial"] = {name: getattr(schedule, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        for name in ("weekday", "day"):
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label

    def clean_day(self) -> int | None:
        day: int | None = self.cleaned_data["day"]
        if day is not None:
            try:
                schedules.check_day(day)
            except schedules.CannotSchedule as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name, every in ASKED_BY.items():
            if given.get("every") != every:
                self.errors.pop(name, None)
                given[name] = self.fields[name].initial
            elif given.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, MISSING[name])
        return given
