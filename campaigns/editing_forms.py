"""What the pages ask of whoever changes a campaign or keeps it as a template."""

from typing import Any

from django import forms

from campaigns import criteria as asked
from campaigns import kinds, prefill
from campaigns.editing import Seen
from campaigns.forms import CriteriaForm
from campaigns.models import Campaign, Template


def _name(longest: int, **kwargs: Any) -> forms.CharField:
    said = {
        "required": "Give it a name.",
        "max_length": "A name has at most %(limit_value)d characters; this one has %(show_value)d.",
    }
    return forms.CharField(max_length=longest, error_messages=said, **kwargs)


class EditForm(CriteriaForm):
    """The campaign's criteria but for kind and place, its name, and what both were when opened."""

    name = _name(Campaign._meta.get_field("name").max_length or 0, label="Name")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_name = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, kind=kinds.get(campaign.kind), **kwargs)
        self.campaign = campaign
        kept = prefill.values(asked.of(campaign).as_json())
        self.initial = kept | {"name": campaign.name} | self._as_seen(campaign)

    @staticmethod
    def _as_seen(campaign: Campaign) -> dict[str, str]:
        now = Seen.of(campaign)
        return {"seen": now.fingerprint, "seen_name": now.name}

    @property
    def was_seen(self) -> Seen:
        """What whoever filled the form in had before them."""
        return Seen(self.cleaned_data["seen"], self.cleaned_data["seen_name"])

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self._read(given, self.campaign.postcode)
        return given

    def pence(self, given: dict[str, Any]) -> int | None:
        """Keep a budget that cannot be asked for at present."""
        return super().pence(given) if "budget" in self.fields else self.campaign.budget_pence

    def show_again(self, now: Campaign) -> None:
        """Let the same entries replace what the campaign has become meanwhile."""
        entries = {name: self.data[name] for name in self.data} | self._as_seen(now)
        if self.cleaned_data["name"] == self.cleaned_data["seen_name"]:
            entries["name"] = now.name
        self.data = entries


class NameForm(forms.Form):
    """What a template is to be called."""

    name = _name(Template._meta.get_field("name").max_length or 0, label="Name")

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class TemplateForm(NameForm):
    """How a campaign is kept as a template."""

    keeps_postcode = forms.BooleanField(
        label="Keep the postcode",
        required=False,
        initial=True,
        help_text="Without it, whoever starts from the template says where.",
    )
    replaces = forms.BooleanField(label="Replace the template of this name", required=False)
