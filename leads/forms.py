"""What people send to the pages of leads."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from crm.look.formats import pounds
from crm.pipeline.models import Stage
from crm.tenants.models import Membership, Role, Tenant, User
from crm.tenants.permissions import GRANTS, Permission
from leads.models import Lead, Origin, Tier
from leads.timeline import LONGEST_NOTE

MOST_CHOICES = 200
MOST_POUNDS = 1_000_000_000
# A comma stands between thousands only: "12,50" may mean 12 pounds 50, hence it is asked again.
POUNDS = re.compile(r"(-?)£? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")
LONGEST_SEARCH = 100


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


class PoundsField(forms.DecimalField):
    """Pounds as people write them: 1240, 1,240.50 or £1,240."""

    default_error_messages = {
        "invalid": "Write pounds like 1,240 or 1,240.50.",
        "min_value": "A value can't be less than £0.",
        "max_value": "A value can't be more than £1,000,000,000.",
        "max_decimal_places": "Write no more than two digits after the point.",
    }

    def __init__(self, **kwargs: Any) -> None:
        typed = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(
            widget=typed, min_value=0, max_value=MOST_POUNDS, decimal_places=2, **kwargs
        )

    def to_python(self, value: Any) -> Any:
        """Read the amount, or refuse what may mean two amounts."""
        text = str(value or "").strip()
        if not text:
            return None
        found = POUNDS.fullmatch(text)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        sign, whole, pence = found.groups(default="")
        return super().to_python(sign + whole.replace(",", "") + pence)


class OwnerForm(forms.Form):
    """Whose the lead is and what it is worth; what is not sent stays as it is."""

    owner = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        empty_label="No owner yet",
        error_messages={
            "invalid_choice": "Choose a colleague who may work on leads.",
        },
    )
    value = PoundsField(label="First-year value in pounds", required=False)
    taking = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, lead: Lead, **kwargs: Any) -> None:
        value = "" if lead.value_pence is None else pounds(lead.value_pence).replace("£", "")
        super().__init__(*args, **kwargs)
        self.initial = {"owner": lead.owner_id, "value": value}
        self.lead = lead
        working = [role for role in Role if Permission.WORK_LEADS in GRANTS[role]]
        members = Membership.of(lead.tenant).filter(role__in=working).values("user")
        # Whoever has it may keep it, even if they have become a viewer or left since.
        may_have = Q(pk__in=members, is_active=True) | Q(pk=lead.owner_id)
        self.fields["owner"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            may_have
        ).order_by("name")

    @property
    def is_too_late(self) -> bool:
        """Whether it takes a lead without an owner that somebody else has got meanwhile."""
        has_another = self.lead.owner not in (None, self.cleaned_data["owner"])
        return self.cleaned_data["taking"] and has_another

    @property
    def wanted(self) -> dict[str, Any]:
        """Owner and value as `dealing.assign` takes them."""
        given = {"owner": self.lead.owner, "value_pence": self.lead.value_pence}
        if "owner" in self.data:
            given["owner"] = self.cleaned_data["owner"]
        if "value" in self.data:
            value = self.cleaned_data["value"]
            given["value_pence"] = None if value is None else int(value * 100)
        return given


class FilterForm(forms.Form):
    """The filters of list and board; what makes no sense is left out rather than refused."""

    q = forms.CharField(
        label="Name, town or postcode",
        required=False,
        widget=forms.TextInput(attrs={"maxlength": LONGEST_SEARCH}),
    )
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

    def clean_q(self) -> str:
        """Cut what is too long: refused, it would mean every lead."""
        return str(self.cleaned_data["q"])[:LONGEST_SEARCH]

    @property
    def wanted(self) -> dict[str, Any]:
        """The filters that are set and make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
