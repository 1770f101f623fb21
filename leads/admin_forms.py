"""What a manager may change of leads and contacts in the administration, and how it is checked."""

from typing import Any

from django.core.exceptions import ValidationError

from crm.tenants.tenant_admin import TenantForm
from leads import candidate

NOBODY = "Write a name, an e-mail address or a phone number, so that it is somebody."
NO_PHONE = "“{}” is no phone number. Write it like 0116 496 0000 or +44 116 496 0000."


class LeadForm(TenantForm):
    def clean_value_pence(self) -> int | None:
        value: int | None = self.cleaned_data["value_pence"]
        if value is not None and value < 0:
            raise ValidationError("A lead is worth nothing or more. Leave it empty if not known.")
        return value


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
