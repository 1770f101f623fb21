"""By what the news of registers are narrowed."""

from typing import Any

from django import forms

from crm.registers.models import Change, Register
from leads.registers.watch import TOLD

ANY = ("", "Any")
# Of the file that said so.
DAYS = (
    ("7", "The last week"),
    ("31", "The last month"),
    ("92", "The last three months"),
    ("366", "The last year"),
)


class NewsForm(forms.Form):
    """What makes no sense is left out rather than refused."""

    kind = forms.ChoiceField(
        label="What changed",
        choices=[ANY, *((kind.value, Change.Kind(kind).label) for kind in TOLD)],
        required=False,
    )
    register = forms.ChoiceField(label="Register", required=False)
    days = forms.ChoiceField(label="As of", choices=[ANY, *DAYS], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        loaded = (
            Register.objects.exclude(loaded_at=None).order_by("label").values_list("slug", "label")
        )
        field: Any = self.fields["register"]
        field.choices = [ANY, *loaded]

    @property
    def wanted(self) -> dict[str, Any]:
        """The filters that are set and make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
