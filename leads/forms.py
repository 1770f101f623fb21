"""What people send to the pages of leads."""

from typing import Any

from django import forms

from crm.pipeline.models import Stage
from crm.tenants.models import Membership, Tenant, User
from leads.models import Origin, Tier
from leads.timeline import LONGEST_NOTE

MOST_CHOICES = 200


class NoteForm(forms.Form):
    text = forms.CharField(
        label="Note",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "What happened, what is next?"}),
        error_messages={"required": "Write something first; an empty note was not kept."},
    )


class MoveForm(forms.Form):
    """`after` is the id of the card above; without it the card goes to the top."""

    stage = forms.UUIDField()
    version = forms.IntegerField(min_value=0, required=False)
    after = forms.UUIDField(required=False)


class FilterForm(forms.Form):
    """The filters of list and board; what makes no sense is left out rather than refused."""

    q = forms.CharField(label="Name, town or postcode", max_length=100, required=False)
    stage = forms.ModelChoiceField(Stage.across_tenants.none(), required=False)
    tier = forms.ChoiceField(choices=[("", "Any"), *Tier.choices], required=False)
    # Any id is accepted: a campaign that has found nothing yet means no lead, not every lead.
    campaign = forms.UUIDField(label="Found by", required=False, widget=forms.Select)
    owner = forms.ModelChoiceField(User.objects.none(), required=False)

    def __init__(self, *args: Any, tenant: Tenant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tenant = tenant
        self.fields["stage"].queryset = Stage.of(tenant)  # type: ignore[attr-defined]
        members = Membership.of(tenant).values("user")
        self.fields["owner"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            pk__in=members
        ).order_by("name")
        for name in ("stage", "owner"):
            self.fields[name].empty_label = "Any"  # type: ignore[attr-defined]
        origins = Origin.of(tenant).order_by("label").values_list("ref", "label").distinct()
        labels = dict(origins[:MOST_CHOICES])
        found_by = [("", "Any"), *((str(ref), label) for ref, label in labels.items())]
        self.fields["campaign"].widget.choices = found_by

    @property
    def wanted(self) -> dict[str, Any]:
        """The filters that are set and make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
