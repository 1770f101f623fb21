"""Reads many small things in one query: each list of rows comes as an array of objects."""

from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, QuerySet
from django.db.models.functions import JSONObject

Row = dict[str, Any]
Made = TypeVar("Made", bound=Model)


def rows(queryset: QuerySet[Any], *columns: str, **more: Any) -> ArraySubquery:
    """Give these columns of the rows, in their order; `more` are expressions by name."""
    return ArraySubquery(queryset.values(gathered=JSONObject(**{c: c for c in columns}, **more)))


def make(model: type[Made], row: Row) -> Made:
    """Make an object of what was gathered; what is no column of it is hung on."""
    known = {field.attname: field for field in model._meta.concrete_fields}
    made = model(**{name: known[name].to_python(row[name]) for name in row if name in known})
    for name in row.keys() - known.keys():
        setattr(made, name, row[name])
    made._state.adding = False
    return made
