"""The password that a person chooses behind a link."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation

from crm.tenants.models import User


class PasswordForm(forms.Form):
    # Signing in strips nothing of a password either.
    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least eight characters, not a common one.",
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.person)
        return password
