"""For how long an owner lets support in, and how far."""

from django import forms

LENGTHS = [("hour", "1 hour"), ("day", "1 day"), ("week", "7 days")]


class ConsentForm(forms.Form):
    length = forms.ChoiceField(
        label="For how long",
        choices=LENGTHS,
        initial="hour",
        error_messages={"invalid_choice": "Choose 1 hour, 1 day or 7 days."},
    )
    may_change = forms.TypedChoiceField(
        label="What they may do",
        choices=[("no", "Look only"), ("yes", "Look, and change things as a manager may")],
        initial="no",
        coerce=lambda value: value == "yes",
    )
    reason = forms.CharField(
        label="What they shall help with",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="They read it before they come in, and it stays in the audit trail.",
        error_messages={"required": "Say in a few words what they shall help with."},
    )
