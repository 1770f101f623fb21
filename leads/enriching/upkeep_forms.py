"""The form of what a company has done by itself for its data."""

from typing import Any

from django import forms

from enrichment.lookups.models import Rules
from leads.enriching.regular import MOST_CREDITS, MOST_LEADS


class UpkeepForm(forms.Form):
    """Begins with what is settled."""

    refreshes = forms.BooleanField(label="Keep the best leads fresh every night", required=False)
    refresh_most = forms.IntegerField(
        label="Leads a night at the most",
        min_value=1,
        max_value=MOST_LEADS,
        error_messages={"required": "Write how many leads, such as 50."},
    )
    refresh_credits = forms.IntegerField(
        label="Credits a night at the most",
        min_value=0,
        max_value=MOST_CREDITS,
        help_text="With 0, only sources that take none are asked.",
        error_messages={"required": "Write how many credits; 0 asks only who takes none."},
    )
    cleans = forms.BooleanField(label="Tidy up every Sunday", required=False)

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(rules, name) for name in self.fields}
