"""What is asked for when the list of a register is uploaded."""

import datetime
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from enrichment.phones import screening
from enrichment.phones.models import Register

# The whole TPS is some eighteen million numbers, of up to thirteen signs each.
MOST_BYTES = 350_000_000
TOO_LARGE = (
    "It is larger than 350 MB, which no register is. Send the numbers alone, one on each line."
)
KINDS = (".csv", ".txt")
# How files begin that are something else, whatever they are called.
OTHERS = {
    b"PK\x03\x04": "an Excel workbook or a ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a packed file",
    b"\xff\xfe": "text in UTF-16",
    b"\xfe\xff": "text in UTF-16",
}


class ScreeningForm(forms.Form):
    """A file, what it is, and of which day. `was_cut`: more was sent than is taken."""

    register = forms.ChoiceField(
        label="List",
        choices=[
            ("", "Choose"),
            (Register.TPS, "TPS (people, sole traders, partnerships)"),
            (Register.CTPS, "CTPS (companies)"),
        ],
        error_messages={
            "required": "Choose TPS or CTPS.",
            "invalid_choice": "Choose TPS or CTPS.",
        },
    )
    as_of = forms.DateField(
        label="Date of the list",
        help_text="The day on which the register was read, not that of your download.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Say of which day the list is.",
            "invalid": "Write a day, such as 2026-11-20.",
        },
    )
    file = forms.FileField(
        label="File",
        help_text="CSV or TXT, a number on each line, up to 350 MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
        error_messages={"required": "Choose the file.", "empty": "It is empty."},
        max_length=None,
    )

    def __init__(self, *args: Any, was_cut: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if was_cut:
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def clean_as_of(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["as_of"]
        try:
            screening.check_date(day)
        except screening.NotTaken as error:
            raise forms.ValidationError(str(error)) from None
        return day

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        file.seek(0)
        head = file.read(4)
        file.seek(0)
        for sign, what in OTHERS.items():
            if head.startswith(sign):
                raise forms.ValidationError(f"It is {what}. Save it as CSV (UTF-8) first.")
        if PurePath(file.name or "").suffix.lower() not in KINDS:
            raise forms.ValidationError("It is neither CSV nor TXT. Save it as CSV first.")
        return file
