"""Fields of a company's own as filters take them."""

from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from crm.tenants.models import Membership
from leads.filters import conditions, meanings
from leads.filters import operators as ops
from leads.filters.conditions import Field
from leads.filters.meanings import Means
from leads.filters.operators import Operator
from leads.own import values
from leads.own.values import Kind
from leads.records.custom import CustomField, FieldValue

YES_NO = (("yes", "Yes"), ("no", "No"))
PENCE = 100

OPERATORS: dict[Kind, tuple[Operator, ...]] = {
    Kind.TEXT: ops.TEXT,
    Kind.LINK: ops.TEXT,
    Kind.NUMBER: ops.NUMBERS,
    Kind.MONEY: ops.POUNDS,
    Kind.DATE: ops.DAYS,
    Kind.CHOICE: ops.CHOICE,
    Kind.YES_NO: ops.CHOICE[:1],
}


def read(field: CustomField) -> Field:
    """Give the field as one of those that leads can be filtered by."""
    kind = Kind(field.kind)
    choices: tuple[conditions.Choice, ...] = ()
    if kind == Kind.CHOICE:
        choices = tuple((each, each) for each in field.options)
    elif kind == Kind.YES_NO:
        choices = YES_NO
    operators = (*OPERATORS[kind], *conditions.KNOWN)
    return Field(
        field.short, field.label, conditions.OWN, operators, _means(field), choices=choices
    )


def _means(field: CustomField) -> Means:
    def means(membership: Membership, name: str, given: list[Any]) -> Q:
        rows = FieldValue.of(membership.tenant).filter(field=field, lead=OuterRef("pk"))
        if name in ("empty", "isnt", "filled"):
            other = {"isnt": "is"}.get(name)
            found = Q(Exists(rows.filter(_narrowed(field, other, given)) if other else rows))
            return found if name == "filled" else ~found
        return Q(Exists(rows.filter(_narrowed(field, name, given))))

    return means


def _narrowed(field: CustomField, name: str, given: list[Any]) -> Q:
    column = values.COLUMNS[Kind(field.kind)]
    match Kind(field.kind):
        case Kind.CHOICE:
            return Q(text__in=given)
        case Kind.YES_NO:
            return Q(yes__in=[each == "yes" for each in given])
        case Kind.DATE:
            ends = {"after": "gte", "before": "lte"}
            if name == "during":
                return Q(day__gte=given[0], day__lte=given[1])
            return Q(**{f"day__{ends[name]}": given[0]})
        case Kind.NUMBER:
            return meanings.compared(F(column), name, given)
        case Kind.MONEY:
            pounds = [Decimal(each) / PENCE for each in given]
            return meanings.compared(F(column), name, pounds)
    # In the words of the index.
    return ~Q(text="") & meanings.worded(column, name, given)
