"""The filters by tags and by fields of one's own.

Their names in addresses are `tag` and, for a field, `f_…` with `_from`, `_to` or `_empty` behind.
What is unknown by now is left out, and said.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import BoundField
from django.http import QueryDict

from crm.tenants.models import Tenant
from leads import fields, values
from leads.custom import CustomField, FieldValue, Tagging
from leads.values import Kind

BY_RANGE = {Kind.NUMBER, Kind.MONEY, Kind.DATE}
LONGEST = 100
NAME = re.compile(r"f_[0-9a-f]{10}(_from|_to|_empty)?")
LEFT_OUT = "A filter is left out: its field or tag is no longer there."


@dataclass(frozen=True)
class Group:
    """The controls of one field; `empty` asks for leads that have nothing in it."""

    label: str
    controls: list[BoundField]
    empty: BoundField | None
    is_set: bool


class Bound(forms.Field):
    """One end of a range, read by the field's kind."""

    def __init__(self, field: CustomField, label: str) -> None:
        named = f"{field.label}, {label}"
        typed = {"autocomplete": "off", "placeholder": label.capitalize(), "aria-label": named}
        is_day = field.kind == Kind.DATE
        typed |= {"type": "date"} if is_day else {"inputmode": "decimal"}
        super().__init__(label=label, required=False, widget=forms.TextInput(attrs=typed))
        self.widget.input_type = "date" if is_day else "text"
        self.field = field

    def to_python(self, value: Any) -> Any:
        return values.read(self.field, str(value or "")[: values.LONGEST])


class AnyOf(forms.MultipleChoiceField):
    """Several of what there is; the rest is left out."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        known = {str(key) for key, _ in self.widget.choices}
        return [each for each in super().to_python(value) if each in known]

    def validate(self, value: Any) -> None:
        return


def controls(own: Iterable[CustomField], tags: list[tuple[str, str]]) -> dict[str, forms.Field]:
    """Give the controls by their names in addresses."""
    found: dict[str, forms.Field] = {}
    if tags:
        found["tag"] = AnyOf(choices=tags, required=False, label="Tags")
    for field in own:
        found |= _controls(field)
    return found


def _controls(field: CustomField) -> dict[str, forms.Field]:
    name = field.short
    found: dict[str, forms.Field]
    if field.kind in BY_RANGE:
        found = {f"{name}_from": Bound(field, "from"), f"{name}_to": Bound(field, "to")}
    elif field.kind == Kind.CHOICE:
        offered = [(each, each) for each in field.options]
        found = {name: AnyOf(choices=offered, required=False, label=field.label)}
    elif field.kind == Kind.YES_NO:
        either = [("", "Any"), ("yes", "Yes"), ("no", "No")]
        chosen = forms.Select(attrs={"aria-label": field.label})
        found = {name: forms.ChoiceField(choices=either, required=False, widget=chosen)}
    else:
        typed = {"placeholder": "Contains", "maxlength": str(LONGEST), "aria-label": field.label}
        contains = forms.TextInput(attrs=typed)
        found = {name: forms.CharField(required=False, label=field.label, widget=contains)}
    empty = forms.BooleanField(required=False)
    return found | {f"{name}_empty": empty}


def groups(form: forms.Form, own: Iterable[CustomField]) -> list[Group]:
    """Give the controls as they stand on the page."""
    found = []
    if "tag" in form.fields:
        found.append(Group("Tags", [form["tag"]], None, bool(form["tag"].value())))
    for field in own:
        names = [each for each in form.fields if each.startswith(field.short)]
        is_set = any(form[name].value() for name in names)
        *shown, empty = [form[name] for name in names]
        found.append(Group(field.label, shown, empty, is_set))
    return found


def left_out(form: forms.Form) -> str:
    """Say that something in the address is known no more; "" if nothing is."""
    asked = form.data.getlist("tag") if isinstance(form.data, QueryDict) else []
    known = {key for key, _ in getattr(form.fields.get("tag"), "choices", ())}
    is_gone = any(each and each not in known for each in asked) or any(
        NAME.fullmatch(name) and name not in form.fields and form.data[name] for name in form.data
    )
    return LEFT_OUT if is_gone else ""


def conditions(tenant: Tenant, wanted: dict[str, Any]) -> Iterator[Q]:
    """Give what these filters mean, each as a condition on leads."""
    if chosen := wanted.get("tag"):
        tagged = Tagging.of(tenant).filter(tag__in=chosen)
        yield Q(pk__in=tagged.values("lead"))
    if not any(NAME.fullmatch(name) for name in wanted):
        return
    for field in fields.of(tenant):
        if (condition := _condition(tenant, field, wanted)) is not None:
            yield condition


def _condition(tenant: Tenant, field: CustomField, wanted: dict[str, Any]) -> Q | None:
    rows = FieldValue.of(tenant).filter(field=field)
    narrowed = _narrow(rows, field, wanted)
    condition = None if narrowed is None else Q(pk__in=narrowed.values("lead"))
    if not wanted.get(f"{field.short}_empty"):
        return condition
    empty = Q(~Exists(rows.filter(lead=OuterRef("pk"))))
    return empty if condition is None else condition | empty


def _narrow(
    rows: QuerySet[FieldValue], field: CustomField, given: dict[str, Any]
) -> QuerySet[FieldValue] | None:
    """Keep the values that are wanted; None if any will do."""
    name, column = field.short, values.COLUMNS[Kind(field.kind)]
    if field.kind in BY_RANGE:
        ends = {"gte": given.get(f"{name}_from"), "lte": given.get(f"{name}_to")}
        ends = {end: value for end, value in ends.items() if value is not None}
        wanted = {f"{column}__{end}": value for end, value in ends.items()}
        return rows.filter(**wanted) if wanted else None
    if not (value := given.get(name)):
        return None
    if field.kind == Kind.CHOICE:
        return rows.filter(text__in=value)
    if field.kind == Kind.YES_NO:
        return rows.filter(yes=value == "yes")
    # In the words of the index.
    return rows.exclude(text="").filter(text__icontains=value[:LONGEST])
