"""Filters whose choices are the company's own and cost no look through the table."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import FieldListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Field, ForeignKey, Model
from django.http import HttpRequest
from django.utils.safestring import mark_safe

# More than anybody reads; the others are found by searching.
MOST_CHOICES = 100


class OwnRelated(admin.RelatedFieldListFilter):
    """Rows of the other model that the administration may offer, the first hundred."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display = mark_safe("none")

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, Any]]:
        rows = model_admin.own(field, request)  # type: ignore[attr-defined]
        return [(row.pk, str(row)) for row in rows[:MOST_CHOICES]]


class Exactly(FieldListFilter):
    """What the address asks for, of a column whose values would have to be looked for."""

    def expected_parameters(self) -> list[str | None]:
        return [self.field_path]

    def has_output(self) -> bool:
        return self.field_path in self.used_parameters

    @property
    def _wanted(self) -> list[Any]:
        return list(self.used_parameters[self.field_path])  # type: ignore[call-overload]

    def choices(self, changelist: ChangeList) -> Any:
        yield {
            "selected": False,
            "query_string": changelist.get_query_string(remove=[self.field_path]),
            "display": "All",
        }
        yield {
            "selected": True,
            "query_string": "",
            "display": ", ".join(str(each) for each in self._wanted),
        }


def own(model: type[Model], wanted: Any) -> Any:
    """Give the filter as it may be used: of a relation own rows only, of a text no DISTINCT."""
    if not isinstance(wanted, str):
        return wanted
    if "__" in wanted:
        return wanted
    field: Field[Any, Any] = model._meta.get_field(wanted)  # type: ignore[assignment]
    if isinstance(field, ForeignKey):
        return (wanted, OwnRelated)
    if not field.choices and field.get_internal_type() in ("CharField", "TextField", "SlugField"):
        return (wanted, Exactly)
    return wanted
