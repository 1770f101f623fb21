"""What is kept of an answer: what is read of it, and nothing else.

The register also says where directors live and when they were born; whoever keeps an answer must
not find that in it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from crm import http
from crm.outside.errors import NotThere
from crm.outside.key import Key
from enrichment import given

# A value that is neither an object nor a list is kept; shapes are our own, and not deep.
VALUE = True
LONGEST = 1_000

Shape = Mapping[str, Any] | list[Any] | bool
# `on` is the day of asking, `said` what was answered: None where there is nothing of the kind.
Kept = Mapping[str, Any]
# By the slug of the step that asked.
Answers = Mapping[str, Kept]


def ask(key: Key, path: str, shape: Shape, query: Mapping[str, Any] | None = None) -> Kept:
    """Ask Companies House; raises what `crm.outside.errors` holds."""
    try:
        said = http.call(key, "GET", path, query=query).json()
    except NotThere:
        return stamped(None)
    return stamped(only(said, shape) or {})


def stamped(said: Any) -> Kept:
    """What was said, with the day on which it was."""
    return {"on": timezone.localdate().isoformat(), "said": said}


def only(value: Any, shape: Shape) -> Any:
    """The parts that the shape names; None for what has another form."""
    if isinstance(shape, list):
        if not isinstance(value, list):
            return None
        found = (only(each, shape[0]) for each in value[: given.MOST])
        return [each for each in found if each is not None]
    if isinstance(shape, Mapping):
        if not isinstance(value, Mapping):
            return None
        parts = {name: only(value.get(name), inner) for name, inner in shape.items()}
        return {name: inner for name, inner in parts.items() if inner is not None}
    if isinstance(value, str):
        return value[:LONGEST]
    return value if isinstance(value, bool | int | float) else None


def said(answers: Answers, slug: str) -> given.Given:
    """What was answered to a step; empty where it was not asked, or nothing is there."""
    return given.part(answers.get(slug), "said")


def on(answers: Answers, slug: str) -> date | None:
    """The day on which a step was asked."""
    return given.day(answers.get(slug), "on")
