"""The form in which people fill in a field of their own."""

from typing import Any

from django import forms

from leads.own import values
from leads.own.values import Kind, Value
from leads.records.custom import CustomField

REQUIRED = "This is required. Fill it in, or ask a manager to make it optional."


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
            ends = {"min": "1900-01-01", "max": "2199-12-31"}
            return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **ends})
        case Kind.NUMBER | Kind.MONEY:
            typed = {"inputmode": "decimal", "autocomplete": "off"}
            return forms.TextInput(attrs=typed)
        case Kind.LINK:
            return forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"})
    return forms.TextInput(attrs={"maxlength": values.LONGEST})


class OwnForm(forms.Form):
    """`value` is read by the field's kind; `now` is what stands there, as a form carries it."""

    def __init__(self, *args: Any, field: CustomField, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = OwnField(field)
        self.initial["value"] = now
        typed = str(self.data.get("value", ""))
        if self.is_bound and field.kind == Kind.DATE and not typed[:4].isdigit():
            # Show again a day that can't be read: a calendar shows nothing then.
            control = self.fields["value"].widget
            control.attrs["type"] = control.input_type = "text"
