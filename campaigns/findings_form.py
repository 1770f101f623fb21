"""The filters of a campaign's findings, as they stand in the address bar."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms

from campaigns.discovery.sources import LIVE_BY_SLUG, label
from campaigns.models import Checked, Finding, Run
from leads.filters.filters import LONGEST_SEARCH
from leads.intake.grounds import Ground
from leads.models import Proof

ALL = "all"
# Older ones are reached by their number in the address.
MOST_RUNS = 100
ANY = ("", "Any")


class FindingsForm(forms.Form):
    """What makes no sense is left out rather than refused; without a run it is the latest."""

    q = forms.CharField(
        label="Name or postcode",
        required=False,
        widget=forms.TextInput(attrs={"maxlength": LONGEST_SEARCH, "enterkeyhint": "search"}),
    )
    run = forms.CharField(required=False, widget=forms.Select)
    verdict = forms.ChoiceField(choices=[ANY, *Finding.Verdict.choices], required=False)
    proof = forms.ChoiceField(
        choices=[ANY, (Proof.LISTED, "Listed only"), (Proof.VERIFIED, "Verified")],
        required=False,
    )
    checked = forms.ChoiceField(choices=[ANY, *Checked.choices], required=False)
    source = forms.ChoiceField(required=False)
    overruled = forms.ChoiceField(
        label="Taken all the same",
        choices=[ANY, ("yes", "Yes"), ("no", "No")],
        required=False,
    )
    ground = forms.ChoiceField(choices=Ground.choices, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, runs: Sequence[Run], sources: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.runs = runs
        self._offer(sources)
        choices = [("", "Latest"), (ALL, "All runs")]
        choices += [(str(run.number), f"Run {run.number}") for run in runs[:MOST_RUNS]]
        self.fields["run"].widget.choices = choices

    def _offer(self, sources: Collection[str]) -> None:
        """Show what tells findings of these sources apart; the rest is understood all the same."""
        named = sorted((slug, label(slug)) for slug in sources)
        self.fields["source"].choices = [ANY, *named]  # type: ignore[attr-defined]
        asked = [slug for slug in sources if slug in LIVE_BY_SLUG]
        unseen = {"source": len(sources) < 2, "checked": not asked}
        unseen["proof"] = bool(asked) and len(asked) == len(sources)
        for name, is_unseen in unseen.items():
            if is_unseen:
                self.fields[name].widget = forms.HiddenInput()

    def clean_q(self) -> str:
        """Cut what is too long: refused, it would mean every finding."""
        return str(self.cleaned_data["q"])[:LONGEST_SEARCH]

    def clean_run(self) -> str:
        """Let an older run stand among the choices once it is asked for."""
        asked = str(self.cleaned_data["run"])
        if asked in ("", ALL):
            return asked
        known = any(str(run.number) == asked for run in self.runs)
        choices = self.fields["run"].widget.choices
        if known and asked not in dict(choices):
            choices.append((asked, f"Run {asked}"))
        return asked if known else ""

    @property
    def folded(self) -> list[forms.BoundField]:
        """The controls that are seen beside the search."""
        return [control for control in self.visible_fields() if control.name != "q"]

    @property
    def how_many(self) -> int:
        """How many of those are set."""
        return sum(control.name in self.wanted for control in self.folded)

    @property
    def wanted(self) -> dict[str, Any]:
        """The filters that are set and make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def chosen_runs(self) -> Sequence[Run]:
        """The runs that are meant."""
        asked = self.wanted.get("run", "")
        if asked == ALL:
            return self.runs
        named = [run for run in self.runs if str(run.number) == asked]
        return named or self.runs[:1]
