"""How addresses said filters by fields of one's own before: `f_…`, `f_…_from`, `_to`, `_empty`.

Saved views and bookmarks still do.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from leads.own.values import Kind
from leads.records.custom import CustomField

NAME = re.compile(r"f_[0-9a-f]{10}(?:_from|_to|_empty)?")
BY_CHOICE = (Kind.CHOICE, Kind.YES_NO)


def written(
    given: Mapping[str, list[str]], own: Iterable[CustomField]
) -> Iterator[tuple[str, str]]:
    """Write them as they are written now, each with the name of its group ("" alone)."""
    kinds = {field.short: field.kind for field in own}
    for name in dict.fromkeys(each[:12] for each in given):
        group = name if given.get(f"{name}_empty") else ""
        kind = kinds.get(name, Kind.TEXT)
        if said := _range(given, name, kind) or _chosen(given.get(name, []), kind):
            yield group, f"{name}:{said}"
        if group:
            yield group, f"{name}:empty"


def _range(given: Mapping[str, list[str]], name: str, kind: str) -> str:
    first, last = (given.get(f"{name}_{end}", [""])[0] for end in ("from", "to"))
    is_day = kind == Kind.DATE
    if first and last:
        both = ",".join(quote(each, safe="") for each in (first, last))
        return f"{'during' if is_day else 'between'}:{both}"
    if first:
        return f"{'after' if is_day else 'atleast'}:{first}"
    return f"{'before' if is_day else 'atmost'}:{last}" if last else ""


def _chosen(chosen: list[str], kind: str) -> str:
    if not chosen:
        return ""
    if kind in BY_CHOICE:
        return "is:" + ",".join(quote(each, safe="") for each in chosen)
    return f"contains:{chosen[0]}"
