"""The form of one fact: its control, and what its writer saw."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from crm.registers import trades
from leads.facts.facts import Fact

LONGEST = 600
MODES = {"tel": "tel", "url": "url", "number": "numeric"}


class FactForm(forms.Form):
    """`value` is read by the fact; `seen` is what stood there."""

    value = forms.CharField(required=False, max_length=LONGEST, strip=False)
    seen = forms.CharField(
        required=False, max_length=LONGEST, strip=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, fact: Fact, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact = fact
        self.initial = {"value": now, "seen": now}
        value = self.fields["value"]
        value.label, value.help_text = fact.label, fact.hint
        value.required = bool(fact.empty)
        value.error_messages["required"] = fact.empty
        if fact.kind == "trade":
            offered = sorted((trades.label(slug), slug) for slug in trades.TRADES)
            choices = [("", "Not known"), *((slug, label) for label, slug in offered)]
            value.widget = forms.Select(choices=choices)
        else:
            mode = {"inputmode": MODES[fact.kind]} if fact.kind in MODES else {}
            value.widget = forms.TextInput(attrs=mode | {"autocomplete": "off"})

    def clean_value(self) -> Any:
        """Read what was typed."""
        try:
            return self.fact.read(self.cleaned_data["value"])
        except ValidationError as error:
            raise error from None
