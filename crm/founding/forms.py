"""The first owner of an installation."""

from django import forms
from django.contrib.auth import password_validation

from crm.tenants.models import User


class FirstOwnerForm(forms.Form):
    company = forms.CharField(label="Your company", max_length=120)
    name = forms.CharField(label="Your name", max_length=120)
    email = forms.EmailField(label="E-mail")
    # Signing in strips nothing of a password either.
    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least eight characters, not a common one.",
    )

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        person = User(name=self.data.get("name", ""), email=self.data.get("email", ""))
        password_validation.validate_password(password, person)
        return password
