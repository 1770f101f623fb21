"""What may be chosen in a filter, searched in where there is much of it."""

from dataclasses import dataclass

from django.http import QueryDict

from crm.tenants.models import Membership
from crm.tenants.permissions import TenantRequest
from leads.filters import choices, filters
from leads.filters.conditions import Field
from leads.filters.filters import Condition

MOST_SHOWN = 300
# So many are read at a glance.
FEW = 12
# What is searched for, and what the choices that stand on the page were found by.
FIND, FOUND = "edit_find", "edit_found"
LONGEST = 100


@dataclass(frozen=True)
class Choice:
    key: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Choices:
    """`find` is what was searched for; `left` of those that match are not shown."""

    shown: list[Choice]
    find: str
    is_searched: bool
    left: int = 0


def is_search(request: TenantRequest) -> bool:
    """Say whether somebody looks for choices, rather than being done with choosing.

    A script narrows them while the word is typed; without one, the form is sent with a new word.
    """
    given = request.GET
    return bool(request.htmx) or _find(given) != " ".join(given.get(FOUND, "").split())[:LONGEST]


def read(
    given: QueryDict, field: Field, condition: Condition | None, membership: Membership
) -> Choices | None:
    """Give what may be chosen: what is chosen first where there is much; None of what is typed."""
    if not any(each.chooses for each in field.operators):
        return None
    find = _find(given)
    taken = given.getlist("edit_choice")[: filters.MOST_CHOSEN]
    taken = taken or (list(condition.chosen) if condition else [])
    every = dict(filters.offered(field, membership, taken))
    is_many = len(every) > FEW
    if find and field.offers == choices.ORIGIN:
        every |= choices.origins_named(membership, find)
    words = find.casefold().split()
    found = choices.trades_named(find) if find and field.offers == choices.TRADE else {}
    rows = [
        Choice(key, label, key in taken)
        for key, label in (every | found).items()
        if key in taken or key in found or all(word in label.casefold() for word in words)
    ]
    if is_many:
        rows.sort(key=lambda row: not row.is_chosen)
    return Choices(rows[:MOST_SHOWN], find, is_many, len(rows[MOST_SHOWN:]))


def _find(given: QueryDict) -> str:
    return " ".join(given.get(FIND, "").replace("\0", "").split())[:LONGEST]
