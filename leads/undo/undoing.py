"""Tells of an act with the button that takes it back."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from leads.models import Batch

# Of the message: behind it stands whose batch it is.
TAG = "undo:"


def tell(request: HttpRequest, said: str, batch: Batch | None) -> None:
    """Say it on the next page, with “Undo” where there is something to take back."""
    messages.info(request, said, extra_tags=f"{TAG}{batch.pk}" if batch else "")


def offer(said: str) -> SafeString:
    """Say it with the way to the button, where messages have none: in the administration."""
    link = reverse("leads:changes")
    return format_html('{} <a href="{}">Undo it</a> within ten minutes.', said, link)
