"""The form in which people fill in the fields of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField

from leads import values
from leads.custom import CustomField
from leads.fields import Changed, ChangedMeanwhile
from leads.values import Kind, Value

REQUIRED = "This is required. Fill it in, or ask a manager to make it optional."
MEANWHILE = "A colleague changed this meanwhile, to {}. Save again to put yours in its place."


class OwnField(forms.Field):
    """A control by the field's kind; what was typed is read by that kind."""

    def __init__(self, field: CustomField) -> None:
        super().__init__(
            label=field.label,
            required=field.is_required,
            help_text=field.help_text,
            widget=widget(field),
            error_messages={"required": REQUIRED},
        )
        self.field = field

    def to_python(self, value: Any) -> Value:
        return values.read(self.field, str(value or ""))


def widget(field: CustomField) -> forms.Widget:
    """Give the control that suits the kind."""
    match Kind(field.kind):
        case Kind.CHOICE:
            return forms.Select(choices=[("", "–"), *((each, each) for each in field.options)])
        case Kind.YES_NO:
            return forms.Select(choices=[("", "–"), ("yes", "Yes"), ("no", "No")])
        case Kind.DATE:
            return forms.DateInput(attrs={"type": "date", "min": "1900-01-01", "max": "2199-12-31"})
        case Kind.NUMBER | Kind.MONEY:
            typed = {"inputmode": "decimal", "autocomplete": "off"}
            return forms.TextInput(attrs=typed)
        case Kind.LINK:
            return forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"})
    return forms.TextInput(attrs={"maxlength": values.LONGEST})


@dataclass(frozen=True)
class Row:
    """A control, and beside it what its writer saw there when they began."""

    bound: BoundField
    seen_name: str
    seen: str


class FieldsForm(forms.Form):
    """All fields at once. What is not sent stays as it is."""

    def __init__(
        self, *args: Any, own: list[CustomField], now: Mapping[UUID, Value], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        self.now = {each.pk: values.typed(each, now.get(each.pk)) for each in own}
        self.late: set[UUID] = set()
        for each in own:
            if self.is_bound and each.short not in self.data:
                continue
            self.fields[each.short] = OwnField(each)
            self.initial[each.short] = self.now[each.pk]
            if self.is_bound:
                self._keep_what_was_typed(each)

    def _keep_what_was_typed(self, each: CustomField) -> None:
        """Show again a day that can't be read: a calendar shows nothing then."""
        control = self.fields[each.short].widget
        typed = str(self.data[each.short])
        if each.kind == Kind.DATE and not typed[:4].isdigit():
            control.attrs["type"] = "text"
            control.input_type = "text"

    def rows(self) -> Iterator[Row]:
        """Give the controls in their order."""
        for each in self.own:
            if each.short in self.fields:
                yield Row(self[each.short], f"was_{each.short}", self._seen(each))

    def _seen(self, each: CustomField) -> str:
        if self.is_bound and each.pk not in self.late:
            return str(self.data.get(f"was_{each.short}", self.now[each.pk]))
        return self.now[each.pk]

    @property
    def changes(self) -> list[Changed]:
        """What differs from what the writer saw."""
        return [
            Changed(each, self._seen(each), self.cleaned_data[each.short])
            for each in self.own
            if each.short in self.cleaned_data
            and values.typed(each, self.cleaned_data[each.short]) != self._seen(each)
        ]

    def tell(self, meanwhile: ChangedMeanwhile) -> None:
        """Say at each field what a colleague has put there; now it has been seen."""
        for each in self.own:
            if each.pk in meanwhile.fields:
                there = meanwhile.fields[each.pk]
                self.late.add(each.pk)
                said = MEANWHILE.format(f"“{there}”" if there else "nothing")
                self.add_error(each.short, said)

    @property
    def gone(self) -> list[str]:
        """The short names of fields that were sent with something new and are no more."""
        known = {each.short for each in self.own}
        return [
            name
            for name, typed in self.data.items()
            if name.startswith("f_")
            and name not in known
            and str(typed).strip() != str(self.data.get(f"was_{name}", ""))
        ]
