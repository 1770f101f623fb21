"""What people send about a service: its key, or what may be spent with it in a month."""

import re
from typing import Any

from django import forms
from django.views.decorators.debug import sensitive_variables

from crm.keys import pasted
from crm.look.formats import typed_pounds

MOST_PENCE = 100_000_000
POUNDS = re.compile(r"£?\s*(\d[\d,]*)(?:\.(\d{1,2}))?")


class KeyForm(forms.Form):
    """The key is never sent back, not even where it is refused."""

    secret = forms.CharField(
        label="Key",
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Paste the key first."},
    )

    def __init__(self, service: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{service}-%s"} | kwargs)
        self.service = service

    @sensitive_variables()
    def clean_secret(self) -> str:
        try:
            return pasted.read(self.cleaned_data["secret"], self.service)
        except pasted.NotAKey as refusal:
            raise forms.ValidationError(str(refusal)) from None


class BudgetForm(forms.Form):
    """Pounds a month; left empty there is no limit, and at 0 nothing is asked that costs."""

    budget = forms.CharField(
        label="Monthly budget in £",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"max_length": "Write pounds like 50 or 1,250.50."},
    )

    def __init__(self, service: str, *args: Any, pence: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{service}-%s"} | kwargs)
        if pence is not None:
            self.initial["budget"] = typed_pounds(pence)

    def clean_budget(self) -> int | None:
        """Give it in pence."""
        text = self.cleaned_data["budget"].strip()
        if not text:
            return None
        found = POUNDS.fullmatch(text)
        if found is None:
            raise forms.ValidationError("Write pounds like 50 or 1,250.50.")
        whole, pence = found[1].replace(",", ""), (found[2] or "").ljust(2, "0")
        amount = int(whole) * 100 + int(pence)
        if amount > MOST_PENCE:
            raise forms.ValidationError("A budget can’t be more than £1,000,000 a month.")
        return amount
