"""What people fill in about credits."""

from typing import Any

from django import forms

from crm.credits.credits import MOST


class LowForm(forms.Form):
    below = forms.IntegerField(label="Warn below", min_value=0, max_value=MOST, required=False)

    def __init__(self, *args: Any, usual: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "below"
        ].help_text = f"Empty: a tenth of what was given last, which is {usual:,} now."


class GiveForm(forms.Form):
    credits = forms.IntegerField(label="Credits", min_value=1, max_value=MOST)
    note = forms.CharField(
        label="Note",
        max_length=200,
        help_text="What they are for. Owners and managers read it among the entries.",
    )
