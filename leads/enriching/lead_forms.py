"""The form of whoever wants to find out more about a lead."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from enrichment import kinds
from leads.enriching.launching import LONGEST_TITLE, MOST_TITLES


class EnrichForm(forms.Form):
    """`most` are the credits that its reader saw as the most that it takes."""

    kinds = forms.MultipleChoiceField(
        choices=[(kind.slug, kind.label) for kind in kinds.KINDS.values()],
        error_messages={
            "required": "Choose at least one kind of data.",
            "invalid_choice": "One of these kinds of data is no longer offered. Choose anew.",
        },
    )
    titles = forms.CharField(
        label="Job titles that you look for",
        required=False,
        max_length=MOST_TITLES * (LONGEST_TITLE + 2),
        help_text="Such as: IT manager, Head of operations. Without any, those who decide.",
    )
    most = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_titles(self) -> list[str]:
        """Read titles that stand between commas."""
        said = [" ".join(each.split()) for each in self.cleaned_data["titles"].split(",")]
        titles = list(dict.fromkeys(filter(None, said)))
        if len(titles) > MOST_TITLES:
            raise ValidationError(f"Name {MOST_TITLES} job titles at the most.")
        if any(len(each) > LONGEST_TITLE for each in titles):
            raise ValidationError(f"Keep each job title to {LONGEST_TITLE} characters.")
        return titles

    @property
    def chosen(self) -> list[str]:
        """The kinds that are ticked: what was sent, or what is usual."""
        if not self.is_bound:
            return list(kinds.USUAL)
        sent: Any = self.data
        given = sent.getlist("kinds") if hasattr(sent, "getlist") else sent.get("kinds", ())
        return [slug for slug in kinds.KINDS if slug in given]
