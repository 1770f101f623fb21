"""What people send about somebody in an organisation."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from crm.look import formats
from leads.contacts import contacts
from leads.facts import facts
from leads.facts.clashes import Clash
from leads.models import Contact
from leads.records.organisations import Role


def check_is_somebody(given: Mapping[str, Any]) -> None:
    """Refuse somebody of whom nothing is said; raises ValidationError."""
    if not any(given.get(name) for name in ("name", "email", "phone")):
        raise ValidationError("Write a name, an e-mail address or a phone number.")


class ContactForm(forms.Form):
    """Beside each control stands what its writer saw there, as `was_…`."""

    name = forms.CharField(max_length=200, required=False)
    job_title = forms.CharField(label="Job title", max_length=200, required=False)
    role = forms.ChoiceField(
        label="Role in the deal", choices=[("", "Not known"), *Role.choices], required=False
    )
    email = forms.EmailField(
        label="E-mail",
        max_length=Contact._meta.get_field("email").max_length,
        required=False,
        error_messages={"invalid": "Write an address like jo@example.co.uk."},
    )
    phone = forms.CharField(
        max_length=60, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    def __init__(self, *args: Any, contact: Contact | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = contacts.facts(contact) if contact else dict.fromkeys(contacts.LABELS, "")
        self.initial = self.now | {"phone": formats.phone(self.now["phone"])}

    def clean_phone(self) -> str:
        """Keep it as every other number is kept."""
        return facts.read_phone(self.cleaned_data["phone"])

    def clean_email(self) -> str:
        """Keep it in small letters."""
        return str(self.cleaned_data["email"]).strip().lower()

    def clean_name(self) -> str:
        """Keep it in one line."""
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        """Refuse somebody of whom nothing is said."""
        given = super().clean() or self.cleaned_data
        if not self.errors:
            check_is_somebody(given)
        return given

    @property
    def seen(self) -> dict[str, str]:
        """What the writer saw; of what was not sent, what is there now."""
        if not self.is_bound:
            return self.now
        return {name: str(self.data.get(f"was_{name}", self.now[name])) for name in self.now}

    @property
    def given(self) -> dict[str, str]:
        """What they want; what was not sent stays as they saw it."""
        seen = self.seen
        return {name: self.cleaned_data[name] if name in self.data else seen[name] for name in seen}

    def hidden(self, clashes: list[Clash] | None = None) -> Mapping[str, str]:
        """Give the hidden controls; what clashed has been seen now."""
        known = self.seen | {clash.name: clash.now for clash in clashes or []}
        return {f"was_{name}": value for name, value in known.items()}
