"""The filters as an address writes them, each as short as can be."""

from typing import Any

from leads.filters.filters import ALL, ANY, NEW, SHORT, TEXT, Condition, Filters


def write(filters: Filters) -> dict[str, Any]:
    """Give the parameters of an address: texts, and lists of texts."""
    found: dict[str, Any] = {TEXT: filters.text} if filters.text else {}
    every: list[str] = []
    number = 0
    by_field = {field: name for name, field in SHORT.items()}
    for group in filters.groups:
        first = group[0]
        short = by_field.get(first.field.name, "") if first.operator.name == "is" else ""
        if len(group) > 1:
            number += 1
            found[f"{ANY}{number}"] = [str(each) for each in group]
        elif short and short not in found and _is_short(first):
            found[short] = first.values[0] if len(first.values) == 1 else list(first.values)
        elif str(first) == NEW[2]:
            found[NEW[0]] = NEW[1]
        else:
            every.append(str(first))
    if every:
        found[ALL] = every[0] if len(every) == 1 else every
    return found


def _is_short(condition: Condition) -> bool:
    """Say whether the short name does: for one of what is named by an id, and any tags."""
    special = {name for name, _ in condition.field.choices} if condition.field.offers else set()
    is_one = len(condition.values) == 1 or condition.field.offers == "tag"
    return is_one and not special.intersection(condition.values)
