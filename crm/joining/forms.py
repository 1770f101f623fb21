"""Whom to invite, and what somebody new says of themselves."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from crm.tenants.forms import PasswordForm
from crm.tenants.models import Membership, Role, Team, User
from crm.tenants.permissions import Permission, may

MOST = 50
BETWEEN = re.compile(r"[\s,;<>]+")


class InviteForm(forms.Form):
    """Several addresses at once, all with the same role and team."""

    emails = forms.CharField(
        label="E-mail addresses",
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60, "spellcheck": "false"}),
        help_text=f"One or several, at most {MOST}: one in each line, or with commas between.",
    )
    role = forms.ChoiceField(choices=Role, initial=Role.REP)
    team: Any = forms.ModelChoiceField(None, required=False, empty_label="No team")

    def __init__(self, by: Membership, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if not may(by, Permission.OWN):
            self.fields["role"].choices = [  # type: ignore[attr-defined]
                (role, role.label) for role in Role if role != Role.OWNER
            ]
        teams = Team.of(by.tenant).order_by("name")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    def clean_emails(self) -> list[str]:
        """Take each address once, whatever stands between; names as in “Dora <dora@…>” go."""
        words = [word for word in BETWEEN.split(self.cleaned_data["emails"]) if "@" in word]
        addresses = list(dict.fromkeys(word.strip("\"'().").lower() for word in words))
        if not addresses:
            raise ValidationError(
                "There is no e-mail address in this. Write it like dora@acme.example."
            )
        if strange := _unread(self.cleaned_data["emails"]):
            raise ValidationError(
                f"“{strange[:60]}” is no e-mail address, so nobody was invited. Write it like "
                "dora@acme.example, or take it out."
            )
        if len(addresses) > MOST:
            raise ValidationError(f"These are {len(addresses)}. Take at most {MOST} at once.")
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(f"“{address}” is no e-mail address.") from None
        return addresses


def _unread(text: str) -> str:
    """Give the first that stands where an address should; names may stand in front of theirs."""
    for line in re.split(r"[\n;]", text):
        parts = [part.strip() for part in line.split(",") if part.strip()]
        for place, part in enumerate(parts):
            # As in “Smith, Dora <dora@…>”.
            named = "<" in next((each for each in parts[place:] if "@" in each), "")
            last = [word for word in BETWEEN.split(part) if word][-1:]
            if not named and "@" not in "".join(last):
                return part
    return ""


class NewcomerForm(PasswordForm):
    """The name and the password of somebody who is not here yet."""

    name = forms.CharField(max_length=120, label="Your name")

    field_order = ["name", "password"]

    def __init__(self, email: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(User(email=email), *args, **kwargs)
