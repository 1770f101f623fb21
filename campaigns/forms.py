"""Place, radius and maximum of a campaign, and what its kind asks besides."""

from collections.abc import Callable
from typing import Any

from django import forms

from campaigns import criteria
from campaigns.kinds import Kind
from crm.places import locate
from crm.places.postcode import NotAPostcode

LONGEST_EXTRA = 2000
MONTHS = range(1, 37)


class PlaceForm(forms.Form):
    """When valid, `criteria` holds what to launch."""

    postcode = forms.CharField(
        label="Postcode",
        max_length=300,
        help_text="The middle of the circle, like LE1 1AA.",
        widget=forms.TextInput(
            attrs={"autocomplete": "postal-code", "autocapitalize": "characters"}
        ),
        error_messages={"required": "Give the postcode of the middle of the circle."},
    )
    miles = forms.IntegerField(
        label="Radius in miles",
        initial=15,
        help_text="From 1 to 200.",
        widget=forms.NumberInput(attrs={"min": 1, "max": 200}),
        error_messages={"required": "Give a radius from 1 to 200 miles."},
    )
    max_results = forms.IntegerField(
        label="Most new leads",
        initial=100,
        help_text="From 1 to 500. Leads you have already do not count.",
        widget=forms.NumberInput(attrs={"min": 1, "max": 500}),
        error_messages={"required": "Give a maximum from 1 to 500."},
    )

    takes_edge = forms.BooleanField(
        label="Take those near the edge, too",
        required=False,
        help_text="Of some we know only the area; its middle lies in the circle, they may not.",
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.criteria: criteria.Criteria | None = None
        for extra in kind.extras:
            text = forms.Textarea(attrs={"rows": extra.lines}) if extra.lines > 1 else None
            self.fields[extra.name] = forms.CharField(
                label=extra.label,
                help_text=extra.hint,
                required=extra.required,
                max_length=LONGEST_EXTRA,
                widget=text or forms.TextInput(),
            )

    def clean_postcode(self) -> str:
        try:
            return locate.place(self.cleaned_data["postcode"]).postcode.text
        except NotAPostcode as error:
            raise forms.ValidationError(str(error)) from None

    def clean_miles(self) -> int:
        return self._checked("miles", criteria.check_miles)

    def clean_max_results(self) -> int:
        return self._checked("max_results", criteria.check_maximum)

    def _checked(self, name: str, check: Callable[[int], None]) -> int:
        number = self.cleaned_data[name]
        try:
            check(number)
        except criteria.Unfit as error:
            raise forms.ValidationError(str(error)) from None
        return number

    def clean_months(self) -> str:
        months = self.cleaned_data["months"].strip()
        if not (months.isdecimal() and int(months) in MONTHS):
            raise forms.ValidationError(f"“{months}” is not a number from 1 to 36.")
        return months

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            self.criteria = criteria.check(
                self.kind,
                postcode=given["postcode"],
                miles=given["miles"],
                max_results=given["max_results"],
                takes_edge=given["takes_edge"],
                extra={each.name: given.get(each.name, "") for each in self.kind.extras},
            )
        return given
