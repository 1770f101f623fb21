"""What people send to the pages of leads."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BoundField

from crm import ids
from crm.look.formats import pounds
from crm.tenants.models import Membership, Role, User
from crm.tenants.permissions import GRANTS, Permission
from crm.upward import named
from leads import choices, more_filters
from leads.models import Lead, Tier
from leads.more_filters import Group
from leads.timeline import LONGEST_NOTE

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

    def __init__(self, *args: Any, lead: Lead, may_give: bool, **kwargs: Any) -> None:
        value = "" if lead.value_pence is None else pounds(lead.value_pence).replace("£", "")
        super().__init__(*args, **kwargs)
        self.initial = {"owner": lead.owner_id, "value": value}
        self.lead, self.may_give = lead, may_give
        working = [role for role in Role if Permission.WORK_LEADS in GRANTS[role]]
        members = Membership.of(lead.tenant).filter(role__in=working).values("user")
        # Whoever has it may keep it, even if they have become a viewer or left since.
        may_have = Q(pk__in=members, is_active=True) | Q(pk=lead.owner_id)
        self.fields["owner"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            may_have
        ).order_by("name")

    def clean(self) -> dict[str, Any]:
        """Leave the owner alone where the lead was only shared with whoever sends it."""
        given = super().clean() or self.cleaned_data
        if self.may_give or "owner" not in self.data or self.is_too_late:
            return given
        if given.get("owner") != self.lead.owner:
            whose = f"{self.lead.owner}, or " if self.lead.owner else ""
            raise ValidationError(
                f"Only {whose}an owner or manager of the company may give it to somebody."
            )
        return given

    @property
    def is_too_late(self) -> bool:
        """Whether it takes a lead without an owner that somebody else has got meanwhile."""
        has_another = self.lead.owner not in (None, self.cleaned_data.get("owner"))
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


ANY = ("", "Any")
NEW = ("week", "In the last 7 days")


class FilterForm(forms.Form):
    """The filters of list and board; what makes no sense is left out rather than refused."""

    q = forms.CharField(
        label="Name, town or postcode",
        required=False,
        widget=forms.TextInput(attrs={"maxlength": LONGEST_SEARCH, "enterkeyhint": "search"}),
    )
    stage = forms.ChoiceField(required=False)
    tier = forms.ChoiceField(choices=[ANY, *Tier.choices], required=False)
    # Any id is accepted: a campaign that has found nothing yet means no lead, not every lead.
    campaign = forms.UUIDField(label="Found by", required=False, widget=forms.Select)
    owner = forms.ChoiceField(required=False)
    new = forms.ChoiceField(label="Added", choices=[ANY, NEW], required=False)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership
        offers = choices.read(membership)
        for name, offer in (("stage", offers.stages), ("owner", offers.owners)):
            self.fields[name].choices = [ANY, *offer]  # type: ignore[attr-defined]
        chosen = ids.read(str(self.data.get("campaign", "")))
        offered = (each for offer in named("ORIGINS_OFFERED") for each in offer(membership, chosen))
        found_by = [ANY, *((str(ref), label) for ref, label in offered)]
        self.fields["campaign"].widget.choices = found_by
        self.own = offers.own
        self.fields.update(more_filters.controls(self.own, offers.tags))

    def clean_q(self) -> str:
        """Cut what is too long: refused, it would mean every lead."""
        return str(self.cleaned_data["q"])[:LONGEST_SEARCH]

    @property
    def wanted(self) -> dict[str, Any]:
        """The filters that are set and make sense."""
        self.is_valid()
        unset: tuple[Any, ...] = (None, "", [])
        given = self.cleaned_data.items()
        return {name: value for name, value in given if value not in unset and value is not False}

    @property
    def folded(self) -> list[BoundField]:
        """The controls that every company has, beside the search."""
        return [self[name] for name in self.base_fields if name != "q"]

    @property
    def more(self) -> list[Group]:
        """The controls of tags and fields of one's own, by field."""
        return more_filters.groups(self, self.own)

    @property
    def how_many_more(self) -> int:
        """How many of those are set."""
        return sum(group.is_set for group in self.more)

    @property
    def how_many(self) -> int:
        """How many filters are set beside the search."""
        return sum(control.name in self.wanted for control in self.folded) + self.how_many_more

    @property
    def left_out(self) -> str:
        """What to say of filters in the address that are known no more."""
        return more_filters.left_out(self)
