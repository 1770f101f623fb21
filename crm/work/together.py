"""Changing many rows of work at once, in one order for everybody.

Whoever changes several takes them one after the other. Two who did so in different orders would
wait for each other until the database ends one of them.
"""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet


@transaction.atomic
def change(rows: QuerySet[Any], *, only_free: bool = False, **changes: Any) -> int:
    """Change these rows, and say how many; `only_free` leaves out what others change right now."""
    taken = rows.order_by("pk").select_for_update(of=("self",), no_key=True, skip_locked=only_free)
    idents = list(taken.values_list("pk", flat=True))
    changed: int = rows.model._default_manager.filter(pk__in=idents).update(**changes)
    return changed
