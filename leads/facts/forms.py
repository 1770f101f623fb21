"""The form of one fact: its control."""

from typing import Any

from django import forms

from crm.registers import trades
from leads.facts.facts import Editable

LONGEST = 600
MODES = {"tel": "tel", "url": "url", "number": "numeric"}


class FactForm(forms.Form):
    """`value` is read by the fact."""

    value = forms.CharField(required=False, max_length=LONGEST, strip=False)

    def __init__(self, *args: Any, fact: Editable, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact = fact
        self.initial = {"value": now}
        value = self.fields["value"]
        value.label, value.help_text = fact.label, fact.hint
        value.required = bool(fact.empty)
        value.error_messages["required"] = fact.empty
        if fact.kind == "trade":
            # A company's code of SIC 2007 stays to be chosen where it stands.
            slugs = {*trades.TRADES, *filter(trades.is_known, [now])}
            offered = sorted((trades.label(slug), slug) for slug in slugs)
            choices = [("", "Not known"), *((slug, label) for label, slug in offered)]
            value.widget = forms.Select(choices=choices)
        else:
            mode = {"inputmode": MODES[fact.kind]} if fact.kind in MODES else {}
            value.widget = forms.TextInput(attrs=mode | {"autocomplete": "off"})

    def clean_value(self) -> Any:
        """Read what was typed."""
        return self.fact.read(self.cleaned_data["value"])
