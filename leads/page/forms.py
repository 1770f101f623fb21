"""What people send to the pages of leads."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from crm.look.formats import typed_pounds
from crm.tenants import members
from crm.tenants.models import User
from crm.tenants.permissions import Permission
from leads.models import Lead
from leads.own import values
from leads.timeline.timeline import LONGEST_NOTE

MOST_PENCE = 100_000_000_000


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


class PoundsField(forms.Field):
    """Pounds as people write them: 1240, 1,240.50 or £1,240; its value is in pence."""

    default_error_messages = {
        "invalid": "Write pounds like 1,240 or 1,240.50.",
        "min_value": "A value can't be less than £0.",
        "max_value": "A value can't be more than £1,000,000,000.",
        "max_decimal_places": "Write no more than two digits after the point.",
    }

    def __init__(self, **kwargs: Any) -> None:
        typed = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=typed, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show it as it is typed."""
        return typed_pounds(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        """Read the amount, or refuse what may mean two amounts."""
        text = str(value or "").strip()
        if not text:
            return None
        found = values.NUMBER.fullmatch(text)
        if found is None:
            raise self._refusal("invalid")
        sign, whole, pence = found.groups(default="")
        if len(pence) > len(".99"):
            raise self._refusal("max_decimal_places")
        amount = int(Decimal(whole.replace(",", "") + pence) * 100)
        if sign and amount:
            raise self._refusal("min_value")
        if amount > MOST_PENCE:
            raise self._refusal("max_value")
        return amount

    def _refusal(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


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
        super().__init__(*args, **kwargs)
        self.initial = {"owner": lead.owner_id, "value": lead.value_pence}
        self.lead, self.may_give = lead, may_give
        # Whoever has it may keep it, even if they have become a viewer or left since.
        able = members.able(lead.tenant, Permission.WORK_LEADS)
        may_have = Q(pk__in=able) | Q(pk=lead.owner_id)
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
            given["value_pence"] = self.cleaned_data["value"]
        return given
