"""What a manager may change of leads and contacts in the administration, and how it is checked."""

from typing import Any

from django import forms
from django.db.models import Q

from crm.tenants import members
from crm.tenants.models import User
from crm.tenants.permissions import Permission
from crm.tenants.tenant_admin import TenantForm
from leads.contacts.forms import check_is_somebody
from leads.facts import facts
from leads.page.forms import PoundsField


class LeadForm(TenantForm):
    """What is not sent stays as it is."""

    owner = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        empty_label="Nobody",
        error_messages={"invalid_choice": "Choose a colleague who may work on leads."},
    )
    value = PoundsField(
        label="First-year value (£)", required=False, help_text="Expected, net of VAT."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead = self.instance
        self.was = lead.owner, lead.value_pence
        self.initial["value"] = lead.value_pence
        # Whoever has it may keep it, even if they have become a viewer since.
        able = members.able(lead.tenant, Permission.WORK_LEADS)
        may_have = Q(pk__in=able) | Q(pk=lead.owner_id)
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
            pence = given["value"]
        return {"owner": owner, "value_pence": pence}


class ContactForm(TenantForm):
    def clean_name(self) -> str:
        return self._line("name")

    def clean_job_title(self) -> str:
        return self._line("job_title")

    def clean_phone(self) -> str:
        """Write it as all others are; an empty one stays empty."""
        return facts.read_phone(str(self.cleaned_data["phone"]))

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        if not self.errors:
            check_is_somebody(self.cleaned_data)
        return given

    def _line(self, name: str) -> str:
        return " ".join(str(self.cleaned_data[name]).split())
