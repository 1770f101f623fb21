"""What people type about themselves."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest

from crm.accounts import lockout, passkeys, proof
from crm.tenants.models import User

NEW = {"autocomplete": "new-password"}
PRESENT = {"autocomplete": "current-password"}
AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


class SignInForm(AuthenticationForm):
    """`is_locked_out` once there were too many wrong passwords: then none is looked at."""

    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": "E-mail or password is not right. Passwords are case-sensitive."
    }
    is_locked_out = False

    def clean(self) -> dict[str, Any]:
        email = self.cleaned_data.get("username", "")
        if self.request is not None:
            lockout.hold(self.request, email)
            try:
                lockout.check(self.request, email)
            except lockout.LockedOut as refusal:
                self.is_locked_out = True
                raise forms.ValidationError(str(refusal)) from None
        cleaned: dict[str, Any] = super().clean()
        return cleaned


class ForgottenForm(forms.Form):
    email = forms.EmailField(label="E-mail", max_length=254)


class CodeForm(forms.Form):
    code = forms.CharField(max_length=40, label="Code")


class ProofForm(forms.Form):
    """The password once more; raises nothing, but knows for whom it is asked."""

    password = forms.CharField(
        label="Present password", strip=False, widget=forms.PasswordInput(attrs=PRESENT)
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.person = request, proof.person_of(request)

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        try:
            proof.check_password(self.request, self.person, password)
        except proof.Unproven as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return password


class ProfileForm(forms.Form):
    name = forms.CharField(max_length=120)
    zone = forms.ChoiceField(label="Time zone", help_text="Times and “today” are shown in it.")

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"name": person.name, "zone": person.zone})
        super().__init__(*args, **kwargs)
        zones = sorted({*_zones(), person.zone})
        self.fields["zone"].choices = [(each, each.replace("_", " ")) for each in zones]  # type: ignore[attr-defined]


class ChangePasswordForm(ProofForm):
    new = forms.CharField(
        label="New password",
        strip=False,
        widget=forms.PasswordInput(attrs=NEW),
        help_text="At least eight characters, not a common one.",
    )

    # The proof is asked for last: a weak new password is no wrong try.
    field_order = ["password", "new"]

    def clean_new(self) -> str:
        new = str(self.cleaned_data["new"])
        password_validation.validate_password(new, self.person)
        return new


class AddressForm(forms.Form):
    email = forms.EmailField(label="New e-mail address", max_length=254)


class AppForm(forms.Form):
    code = forms.CharField(max_length=40, label="Code that the app shows")


class PasskeyForm(forms.Form):
    """What the browser's script fills in."""

    name = forms.CharField(
        max_length=passkeys.LONGEST_NAME,
        required=False,
        label="Name",
        help_text="So that you know it again, like “work laptop”.",
    )
    credential = forms.CharField(widget=forms.HiddenInput, max_length=20_000)


@cache
def _zones() -> frozenset[str]:
    found = (each for each in available_timezones() if each.partition("/")[0] in AREAS)
    return frozenset({*found, "UTC"})
