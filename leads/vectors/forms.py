"""What people send about closeness."""

from django import forms

from leads.vectors.models import LONGEST_IDEAL


class IdealForm(forms.Form):
    words = forms.CharField(
        label="Your ideal customer",
        required=False,
        max_length=LONGEST_IDEAL,
        help_text=(
            "Trade, size, place, what they use: as you would tell a new colleague. It counts as "
            "one more lead that you have won."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
