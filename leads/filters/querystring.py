"""What stands behind the question mark of an address: taken apart, and written again."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

# Where somebody stands in a list; whoever filters or sorts anew begins at its start.
PLACE = ("after", "before")
# An address without anything opens the person's own first view; this one does not.
BARE = "q="


def lists(given: Mapping[str, Any]) -> dict[str, list[str]]:
    """Give what is set, by name: of a query, or of a dictionary of texts and lists of texts."""
    if isinstance(given, QueryDict):
        return {name: list(map(str, values)) for name, values in given.lists()}
    return {
        name: [str(each) for each in (value if isinstance(value, list) else [value])]
        for name, value in given.items()
    }


def pairs(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give what is set as pairs, one after the other."""
    return [(name, each) for name, values in lists(given).items() for each in values]


def turned(given: Mapping[str, Any], name: str, cursor: str) -> str:
    """Give the same address from this place on, or back from there; "" without one."""
    kept = [pair for pair in pairs(given) if pair[0] not in PLACE]
    return f"?{write([*kept, (name, cursor)])}" if cursor else ""


def write(given: Iterable[tuple[str, Any]]) -> str:
    """Write pairs, with what filters are full of as it is read best."""
    return urlencode(list(given), safe=":,")
