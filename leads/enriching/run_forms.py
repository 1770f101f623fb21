"""The forms of whoever finds out more about many leads, or looks for people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from crm.credits import words
from enrichment import kinds
from leads.enriching.launching import LONGEST_TITLE, MOST_TITLES

# Whom people who sell to small firms look for most.
SUGGESTED = (
    "Managing director", "Practice manager", "IT manager", "Finance director",
    "Operations manager", "Office manager",
)  # fmt: skip
# Whoever looks for people wants nothing else of an organisation.
OF_PEOPLE = ("people", "checks")
MOST_CREDITS = 10_000_000
EMPTIED = "Enter a whole number, 0 for what is free alone."
BEYOND = "This takes {many} at the very most. Enter that or less."


class RunForm(forms.Form):
    """`quoted` is the most that its reader was shown, from which `most` may have been lowered."""

    kinds = forms.MultipleChoiceField(
        choices=[(kind.slug, kind.label) for kind in kinds.KINDS.values()],
        error_messages={
            "required": "Choose at least one kind of data.",
            "invalid_choice": "One of these kinds of data is no longer offered. Choose anew.",
        },
    )
    suggested = forms.MultipleChoiceField(
        label="Job titles",
        required=False,
        choices=[(title, title) for title in SUGGESTED],
        widget=forms.CheckboxSelectMultiple,
    )
    titles = forms.CharField(
        label="Other job titles",
        required=False,
        max_length=MOST_TITLES * (LONGEST_TITLE + 2),
        help_text="Separated by commas. Without any title, those who decide are looked for.",
    )
    most = forms.IntegerField(
        label="Credits at the most",
        required=False,
        min_value=0,
        max_value=MOST_CREDITS,
        help_text="Set aside when it begins; what is not used comes back.",
    )
    quoted = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    @property
    def is_typed(self) -> bool:
        """Whether somebody typed the most: it is not what the page had offered."""
        return "quoted" in self.data and self.data.get("most") != self.data["quoted"]

    def hold(self, most: int) -> None:
        """Refuse what was typed beyond the most that it takes, and a field that was emptied."""
        if not most or not self.is_typed or "most" not in self.cleaned_data:
            return
        typed = self.cleaned_data["most"]
        if typed is None:
            self.add_error("most", EMPTIED)
        elif typed > most:
            self.add_error("most", BEYOND.format(many=words.many(most)))

    def clean_titles(self) -> list[str]:
        """Read titles that stand between commas."""
        said = [" ".join(each.split()) for each in self.cleaned_data["titles"].split(",")]
        titles = [each for each in said if each]
        if any(len(each) > LONGEST_TITLE for each in titles):
            raise ValidationError(f"Keep each job title to {LONGEST_TITLE} characters.")
        return titles

    def clean(self) -> dict[str, Any]:
        """Put the titles together."""
        given = super().clean() or self.cleaned_data
        titles = [*given.get("suggested", ()), *given.get("titles", ())]
        once = list({each.casefold(): each for each in titles}.values())
        if len(once) > MOST_TITLES:
            self.add_error("titles", f"Choose or name {MOST_TITLES} job titles at the most.")
        given["wanted"] = once[:MOST_TITLES]
        return given

    @property
    def chosen(self) -> list[str]:
        """The kinds that are ticked: what was sent, or what it began with."""
        return self._sent("kinds", list(kinds.KINDS))

    @property
    def chosen_titles(self) -> list[str]:
        """The suggested titles that are ticked."""
        return self._sent("suggested", list(SUGGESTED))

    def _sent(self, name: str, known: list[str]) -> list[str]:
        given = self[name].value() or ()
        return [each for each in known if each in given]


class AgainForm(forms.Form):
    """How many credits more whoever was left out may take."""

    most = forms.IntegerField(
        label="Credits more, at the most",
        min_value=0,
        max_value=MOST_CREDITS,
        help_text="Set aside when it begins; what is not used comes back.",
    )
