"""Tells of an act with the button that takes it back."""

from django.contrib import messages
from django.http import HttpRequest

from leads.models import Batch

# Of the message: behind it stands whose batch it is.
TAG = "undo:"


def tell(request: HttpRequest, said: str, batch: Batch | None) -> None:
    """Say it on the next page, with “Undo” where there is something to take back."""
    messages.info(request, said, extra_tags=f"{TAG}{batch.pk}" if batch else "")
