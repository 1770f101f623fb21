"""Lucide's icons, drawn once and kept."""

from functools import lru_cache

from django.utils.safestring import SafeString
from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide

FALLBACK = "circle"


@lru_cache(maxsize=512)
def draw(name: str, size: int = 18, stroke: str = "1.75") -> SafeString:
    """The icon as inline SVG, hidden from screen readers: the text beside it speaks."""
    marks = {"aria_hidden": "true", "focusable": "false", "stroke_width": stroke}
    try:
        drawn = lucide(name, size=size, **marks)
    except IconDoesNotExist:
        drawn = lucide(FALLBACK, size=size, **marks)
    return SafeString(drawn)
