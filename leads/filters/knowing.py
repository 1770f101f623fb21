"""How well a lead's organisation is known, as filters ask for it: by what was reckoned of it."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from crm.tenants.models import Membership
from leads.filters import operators as ops
from leads.filters.meanings import Means
from leads.filters.operators import Operator
from leads.records.known import Quality

# By what stands in addresses: as it is called in what was reckoned, and here.
MISSING = {
    "phone": ("phone", "Phone"),
    "email": ("e-mail", "E-mail"),
    "contact": ("contact", "Contact"),
    "website": ("website", "Website"),
    "postcode": ("postcode", "Postcode"),
    "size": ("size", "Size"),
    "what": ("what they do", "What they do"),
    "number": ("company number", "Company number"),
    "trade": ("trade", "Trade"),
}
PERCENT = (
    Operator("below", "below so many per cent", "{field} below {value} %", ops.Takes.NUMBER),
    Operator(
        "atleast", "at least so many per cent", "{field} at least {value} %", ops.Takes.NUMBER
    ),
    Operator(
        "between", "between so many per cent", "{field} {value} to {other} %", ops.Takes.NUMBER,
        many=2,
    ),
)  # fmt: skip


def completeness(membership: Membership, name: str, given: list[Any]) -> Q:
    """Mean those of whom so much is known; whoever is not reckoned yet is none of them."""
    rows = Quality.of(membership.tenant)
    if name == "below":
        return _of(rows.filter(completeness__lt=given[0]))
    rows = rows.filter(completeness__gte=given[0])
    return _of(rows.filter(completeness__lte=given[1]) if name == "between" else rows)


def any_of(column: str) -> Means:
    """Mean those that have any of what this column counts."""

    def means(membership: Membership, name: str, given: list[Any]) -> Q:
        found = _of(Quality.of(membership.tenant).filter(**{f"{column}__gt": 0}))
        return found if name == "filled" else ~found

    return means


def missing(membership: Membership, name: str, given: list[Any]) -> Q:
    """Mean those of whom any of these is not known."""
    held = (Q(missing__contains=[MISSING[each][0]]) for each in given)
    found = _of(Quality.of(membership.tenant).filter(reduce(or_, held)))
    return found if name == "is" else ~found


def _of(rows: QuerySet[Quality]) -> Q:
    return Q(organisation__in=rows.values("organisation"))
