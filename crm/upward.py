"""What settings name on higher floors, by string, since imports only point down."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def named(setting: str) -> tuple[Any, ...]:
    """Give what the dotted names of this setting stand for, in their order."""
    return tuple(import_string(name) for name in getattr(settings, setting))
