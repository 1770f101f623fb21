"""Why a chance is what it is, in words that a reader knows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from math import isfinite

from scoring.chance.clean import LOOKED_AT, text
from scoring.chance.example import Feature

NOT_KNOWN = "not known"
SHOWN_ITEMS = 3
LARGEST_SHOWN = 1e15


@dataclass(frozen=True)
class Reason:
    """`effect` is in points of probability: how much higher the chance is than if this were as it
    is on average. `value` is as given, in words; `words` the whole reason.
    """

    name: str
    label: str
    value: str
    words: str
    effect: float


def reason(feature: Feature, value: object, effect: float) -> Reason:
    said = in_words(value)
    if feature.phrase and said != NOT_KNOWN:
        words = feature.phrase.replace("{}", said)
    else:
        words = f"{feature.label}: {said}"
    return Reason(feature.name, feature.label, said, words, effect)


def in_words(value: object) -> str:
    """One short line; what is empty or no value at all is not known."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return text(value) or NOT_KNOWN
    if isinstance(value, int | float | Decimal):
        return figure(value)
    if isinstance(value, date):
        return f"{value.day} {value:%B} {value.year}"
    if isinstance(value, Iterable) and not isinstance(value, Mapping | bytes | bytearray):
        return listed(value)
    return NOT_KNOWN


def figure(value: int | float | Decimal) -> str:
    try:
        known = float(value)
    except (OverflowError, ValueError):
        return NOT_KNOWN
    if not isfinite(known):
        return NOT_KNOWN
    if abs(known) >= LARGEST_SHOWN:
        return f"{known:.3g}"
    return f"{known:,.2f}".rstrip("0").rstrip(".")


def listed(values: Iterable[object]) -> str:
    """The first few, and how many more there are."""
    items = [text(each) for each in islice(values, LOOKED_AT) if isinstance(each, str)]
    known = [each for each in items if each]
    if not known:
        return "none"
    more = len(known) - SHOWN_ITEMS
    return ", ".join(known[:SHOWN_ITEMS]) + (f" and {more} more" if more > 0 else "")
