"""What a person types to name a place that only Google names."""

from typing import Any

from django import forms
from django.core.validators import URLValidator

from campaigns.models import Finding
from crm.places import locate
from crm.places.postcode import NotAPostcode
from leads.identity import candidate as candidates
from leads.identity.candidate import Candidate
from leads.identity.candidate import website as link

NO_NAME = "A name has letters or figures: type the one on its sign or its letters."
NO_SITE = "This is no address of a website. Type it like www.example.co.uk, or leave it empty."
NO_PHONE = "This is no British phone number. Type it like 0116 255 1234, or leave it empty."


class PlaceForm(forms.Form):
    """Its controls stand outside of their form, which they name by its id."""

    name = forms.CharField(max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    postcode = forms.CharField(max_length=20, widget=forms.TextInput(attrs={"size": 10}))
    website = forms.CharField(max_length=200, required=False)
    phone = forms.CharField(
        max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    def __init__(self, data: Any = None, *, finding: Finding) -> None:
        super().__init__(data, auto_id=f"place-{finding.pk}-%s")
        self.finding = finding
        for field in self.fields.values():
            field.widget.attrs["form"] = f"name-{finding.pk}"

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not any(letter.isalnum() for letter in name):
            raise forms.ValidationError(NO_NAME)
        return name

    def clean_postcode(self) -> str:
        """Keep its place: nothing is a lead that lies nowhere in the United Kingdom."""
        try:
            self.place = locate.place(self.cleaned_data["postcode"])
        except NotAPostcode as error:
            raise forms.ValidationError(str(error)) from None
        return self.place.postcode.text

    def clean_website(self) -> str:
        typed = str(self.cleaned_data["website"]).strip()
        if not typed:
            return ""
        address = link(typed if "://" in typed else f"https://{typed}")
        try:
            URLValidator(schemes=["http", "https"])(address)
        except forms.ValidationError:
            raise forms.ValidationError(NO_SITE) from None
        return address

    def clean_phone(self) -> str:
        typed = str(self.cleaned_data["phone"]).strip()
        number = candidates.phone(typed) if typed else ""
        if typed and not number.startswith("+44"):
            raise forms.ValidationError(NO_PHONE)
        return number

    @property
    def candidate(self) -> Candidate:
        """Give what was typed, and nothing else."""
        typed, place = self.cleaned_data, self.place
        return Candidate(
            name=typed["name"],
            source=self.finding.source,
            postcode=typed["postcode"],
            town=place.town,
            latitude=place.latitude,
            longitude=place.longitude,
            precision=place.precision,
            website=typed["website"],
            phone=typed["phone"],
        )
