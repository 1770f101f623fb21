"""What a panel of the administration's first page says: figures that lead to their lists."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from crm.tenants.permissions import Permission, may
from crm.upward import named


@dataclass(frozen=True)
class Figure:
    """A number and the list that it counts; tone is "", warn or bad."""

    value: str
    label: str
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Line:
    """Something that stands below the figures, with a way there."""

    text: str
    url: str = ""
    hint: str = ""
    at: datetime | None = None
    tone: str = ""


@dataclass(frozen=True)
class Panel:
    """`sentence` says how it stands; `url` and `more` lead on."""

    title: str
    icon: str
    figures: tuple[Figure, ...] = ()
    lines: tuple[Line, ...] = ()
    sentence: str = ""
    tone: str = ""
    url: str = ""
    more: str = ""


Reader = Callable[[HttpRequest], Panel | None]


def read(request: HttpRequest) -> list[Panel]:
    """Give the panels that ADMIN_PANELS names, in their order; of a company to its managers."""
    membership = getattr(request, "membership", None)
    if membership is not None and not may(membership, Permission.ADMINISTER):
        return []
    readers: tuple[Reader, ...] = named("ADMIN_PANELS")
    return [panel for reader in readers if (panel := reader(request)) is not None]


def listed(label: str, query: str = "") -> str:
    """Give the address of a model's list in the administration, else nothing."""
    try:
        return reverse(f"admin:{label.replace('.', '_')}_changelist") + query
    except NoReverseMatch:
        return ""


def many(number: int, noun: str, nouns: str = "") -> str:
    """Choose the noun's form."""
    return noun if number == 1 else nouns or f"{noun}s"
