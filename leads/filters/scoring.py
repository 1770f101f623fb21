"""What a lead's grade, chance, closeness, fit and engagement are asked by."""

from typing import Any

from django.db.models import F, Q

from crm.tenants.models import Membership
from leads.filters import operators as ops
from leads.filters.meanings import Means, compared
from leads.filters.operators import Operator
from leads.records.keyset import KEYS
from scoring.card import GRADES, LOWEST

# From the best on.
NAMES = (*GRADES, LOWEST)
CHOICES = tuple((name, name) for name in NAMES)
KNOWN = (ops.FILLED, ops.EMPTY)
PERCENT = (
    Operator(
        "atleast", "at least so many per cent", "{field} at least {value} %", ops.Takes.NUMBER
    ),
    Operator("atmost", "at most so many per cent", "{field} at most {value} %", ops.Takes.NUMBER),
    Operator(
        "between", "between so many per cent", "{field} {value} to {other} %", ops.Takes.NUMBER,
        many=2,
    ),
    *KNOWN,
)  # fmt: skip
OF_100 = (*ops.NUMBERS, *KNOWN)


def grade(_: Membership, name: str, given: list[Any]) -> Q:
    """Mean a grade by its name; whoever has none is none of them."""
    if name in ("empty", "filled"):
        return Q(grade="") if name == "empty" else ~Q(grade="")
    found = Q(grade__in=given)
    return found if name == "is" else ~found


def number(column: str, scale: int = 1) -> Means:
    """Mean what is so many of 100; `scale` is how many of the column's make one."""

    def means(_: Membership, name: str, given: list[Any]) -> Q:
        if name in ("empty", "filled"):
            return Q(**{f"{column}__isnull": name == "empty"})
        key = KEYS.get(column, F(column))
        found = compared(key, name, [each * scale for each in given])
        # What is unknown stands below all others in the index, and is at most nothing.
        return found & Q(**{f"{column}__isnull": False}) if name == "atmost" else found

    return means


