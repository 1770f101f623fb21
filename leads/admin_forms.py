"""What a manager may change of leads and contacts in the administration, and how it is checked."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from crm.look.formats import pounds
from crm.tenants.models import User
from crm.tenants.tenant_admin import TenantForm
from leads import candidate
from leads.admin_actions import workers
from leads.forms import PoundsField

NOBODY = "Write a name, an e-mail address or a phone number, so that it is somebody."
NO_PHONE = "“{}” is no phone number. Write it like 0116 496 0000 or +44 116 496 0000."


class ShownPounds(PoundsField):
    """Is shown as it is typed: 1,240.50."""

    def prepare_value(self, value: Any) -> Any:
        return pounds(int(value * 100)).lstrip("£") if isinstance(value, Decimal) else value


class LeadForm(TenantForm):
    """What is not sent stays as it is."""

    owner = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        empty_label="Nobody",
        error_messages={"invalid_choice": "Choose a colleague who may work on leads."},
    )
    value = ShownPounds(
        label="First-year value (£)", required=False, help_text="Expected, net of VAT."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead = self.instance
        self.was = lead.owner, lead.value_pence
        value = lead.value_pence
        self.initial["value"] = None if value is None else Decimal(value) / 100
        # Whoever has it may keep it, even if they have become a viewer since.
        may_have = Q(pk__in=workers(lead.tenant)) | Q(pk=lead.owner_id)
        people = User.objects.filter(may_have).order_by("name", "pk")
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, Any]:
        """Owner and value as `dealing.assign` takes them."""
        owner, pence = self.was
        given = self.cleaned_data
        if "owner" in self.data:
            owner = given["owner"]
        if "value" in self.data:
            pence = None if given["value"] is None else int(given["value"] * 100)
        return {"owner": owner, "value_pence": pence}


class ContactForm(TenantForm):
    def clean_name(self) -> str:
        return self._line("name")

    def clean_job_title(self) -> str:
        return self._line("job_title")

    def clean_phone(self) -> str:
        """Write it as all others are; an empty one stays empty."""
        given = str(self.cleaned_data["phone"]).strip()
        number = candidate.phone(given) if given else ""
        if given and not number:
            raise ValidationError(NO_PHONE.format(given))
        return number

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        if not self.errors and not any(
            self.cleaned_data.get(n) for n in ("name", "email", "phone")
        ):
            raise ValidationError(NOBODY)
        return given

    def _line(self, name: str) -> str:
        return " ".join(str(self.cleaned_data[name]).split())
