"""Tables that become a stack of cards on a phone."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def labelled(cells: Iterable[SafeString], heads: Sequence[dict[str, Any]]) -> list[SafeString]:
    """Write the column's name on each cell, which shows it where there is no room for heads."""
    return [_cell(cell, str(head["text"])) for cell, head in zip(cells, heads, strict=False)]


def _cell(cell: SafeString, head: str) -> SafeString:
    """Put it into the tag `<td` or `<th`; a head that is a control has no name to show."""
    if "<" in head or not cell.startswith(("<td", "<th")):
        return cell
    name = format_html(' data-label="{}"', head[:1].upper() + head[1:])
    # Both parts were escaped by whoever made them.
    return mark_safe(f"{cell[:3]}{name}{cell[3:]}")  # noqa: S308
