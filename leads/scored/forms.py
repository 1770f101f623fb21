"""What people send about scores."""

from django import forms

from leads.scored.overriding import LONGEST


class OverrideForm(forms.Form):
    points = forms.IntegerField(
        label="Points",
        min_value=0,
        max_value=100,
        error_messages={"required": "Give the points, from 0 to 100."},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label="Reason",
        max_length=LONGEST,
        error_messages={"required": "Say why, so that your colleagues understand it."},
        widget=forms.TextInput(attrs={"placeholder": "What the scorecard can’t know"}),
    )
