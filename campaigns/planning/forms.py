"""What is asked for when a council's list is uploaded."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from campaigns.planning import reading
from campaigns.planning.reading import Listed
from campaigns.planning.sheets import MOST_BYTES
from campaigns.planning.unreadable import Unreadable

TOO_LARGE = "It is larger than 10 MB. Take a shorter period, or leave columns out."


class NewerForm(forms.Form):
    """A file; when valid, `listed` is what it holds. `was_cut`: more was sent than is taken."""

    file = forms.FileField(
        label="File",
        help_text="CSV or Excel (.xlsx), up to 10 MB and 50,000 rows, with headings above.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={"required": "Choose the file.", "empty": "It is empty."},
    )

    def __init__(self, *args: Any, was_cut: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed: Listed | None = None
        if was_cut:
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            self.listed = reading.read(file.read(MOST_BYTES + 1))
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from None
        return file


class ListForm(NewerForm):
    """A new list."""

    name = forms.CharField(
        label="Name",
        max_length=120,
        required=False,
        help_text="Like “Leicester, November 2026”. Left empty, it is called like the file.",
    )
    field_order = ("file", "name")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file = given.get("file")
        if file is not None and not given.get("name"):
            stem = (file.name or "").rpartition(".")[0] or file.name or "List"
            given["name"] = " ".join(stem.replace("\x00", "").split())[:120]
        return given
