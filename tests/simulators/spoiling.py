"""JSON that keeps its form and loses its sense: what a vendor sends on a bad day."""

from collections.abc import Callable
from typing import Any


def nulls(value: Any) -> Any:
    """All names are there, and nothing behind them."""
    if isinstance(value, dict):
        return {name: nulls(one) for name, one in value.items()}
    return [nulls(one) for one in value] if isinstance(value, list) else None


def other_types(value: Any) -> Any:
    """Numbers as texts, texts as lists, yes and no as numbers, lists as objects."""
    if isinstance(value, dict):
        return {name: other_types(one) for name, one in value.items()}
    if isinstance(value, list):
        return {str(at): other_types(one) for at, one in enumerate(value)}
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return str(value)
    return [value] if isinstance(value, str) else value


def empty(_: Any) -> Any:
    return {}


def wrapped(value: Any) -> Any:
    """A list where an object was."""
    return [value]


KINDS: dict[str, Callable[[Any], Any]] = {
    "nulls": nulls,
    "other-types": other_types,
    "empty": empty,
    "wrapped": wrapped,
}
