"""What a person wants to hear: two boxes for each kind of news."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from crm.notices.models import Kind
from crm.notices.preferences import Ways


class PreferencesForm(forms.Form):
    def __init__(self, *args: Any, chosen: Mapping[Kind, Ways], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, ways in chosen.items():
            self.fields[f"{kind}_bell"] = _box(f"{kind.label}: on the bell", ways.on_bell)
            self.fields[f"{kind}_email"] = _box(f"{kind.label}: by e-mail", ways.by_email)

    def rows(self) -> Iterator[tuple[str, BoundField, BoundField]]:
        """Give each kind's label and its two boxes."""
        for kind in Kind:
            yield kind.label, self[f"{kind}_bell"], self[f"{kind}_email"]

    def wanted(self) -> dict[Kind, Ways]:
        given = self.cleaned_data
        return {kind: Ways(given[f"{kind}_bell"], given[f"{kind}_email"]) for kind in Kind}


def _box(label: str, is_on: bool) -> forms.BooleanField:
    widget = forms.CheckboxInput(attrs={"aria-label": label})
    return forms.BooleanField(label=label, required=False, initial=is_on, widget=widget)
