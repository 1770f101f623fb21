"""The values before and after in a person's words: labels for columns, names for ids."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Field, Model, QuerySet

from crm import ids
from crm.ledger.models import AuditEntry
from crm.look import formats
from crm.tenants.models import Tenant, TenantModel, User

Values = dict[str, Any]
LONGEST = 300


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


class Reader:
    """Reads the values of several entries; the names of all their ids in a query per model."""

    def __init__(self, tenant: Tenant | None) -> None:
        self.tenant = tenant
        self.models = {model._meta.label_lower: model for model in apps.get_models()}
        self.names: dict[tuple[type[Model], UUID], str] = {}

    def learn(self, told: Iterable[tuple[str, Values, Values]]) -> None:
        """Look up what the ids in these values stand for: (model, before, after)."""
        wanted: dict[type[Model], set[UUID]] = {}
        for label, before, after in told:
            for values in (before, after):
                for name, value in values.items():
                    other = self._refers_to(label, name)
                    if other is not None and (ident := _ident(value)):
                        wanted.setdefault(other, set()).add(ident)
        for model, found in wanted.items():
            for row in self._rows(model, found):
                self.names[model, row.pk] = str(row)
            if model is User:
                self._name_the_gone(found)

    def _rows(self, model: type[Model], found: set[UUID]) -> Iterable[Model]:
        """Only what belongs to the company has a name here."""
        if self.tenant is None:
            return []
        if issubclass(model, TenantModel):
            rows: QuerySet[Any] = model.of(self.tenant).filter(pk__in=found)
            if any(each.name == "organisation" for each in model._meta.fields):
                rows = rows.select_related("organisation")
            return rows
        if model is User:
            return User.objects.filter(pk__in=found, memberships__tenant=self.tenant)
        return []

    def _name_the_gone(self, found: set[UUID]) -> None:
        """Name who has left as the company's trail did when they last acted."""
        if self.tenant is None:
            return
        for ident in found:
            if (User, ident) not in self.names:
                acts = AuditEntry.objects.filter(tenant_id=self.tenant.pk, actor_id=ident)
                if name := acts.order_by("-at", "-id").values_list("actor", flat=True).first():
                    self.names[User, ident] = name

    def changes(self, label: str, before: Values, after: Values) -> Iterator[Change]:
        """Give each field that differs, in the order of the model's own."""
        for name in sorted(before.keys() | after.keys(), key=lambda key: self._place(label, key)):
            yield Change(
                self.label(label, name),
                self.said(label, name, before.get(name)),
                self.said(label, name, after.get(name)),
            )

    def label(self, model: str, name: str) -> str:
        """Name the field as forms do."""
        field = self._field(model, name)
        said = str(field.verbose_name) if field is not None else name.replace("_", " ")
        return (said.removesuffix(" pence") or said).strip().capitalize()

    def said(self, model: str, name: str, value: Any) -> str:
        """Say the value as a person reads it."""
        if value in (None, "", [], {}):
            return formats.NOTHING
        field = self._field(model, name)
        other = self._refers_to(model, name)
        if other is not None and (ident := _ident(value)):
            gone = f"somebody or something that is gone ({str(ident)[:8]}…)"
            return self.names.get((other, ident), gone)
        if field is not None and field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if name.endswith("_pence"):
            return formats.pounds(_whole(value))
        return _plain(value)[:LONGEST]

    def _refers_to(self, model: str, name: str) -> type[Model] | None:
        field = self._field(model, name)
        other = getattr(field, "related_model", None)
        return other if isinstance(other, type) else None

    def _field(self, model: str, name: str) -> "Field[Any, Any] | None":
        known = self.models.get(model)
        for field in known._meta.concrete_fields if known else ():
            if name in (field.name, field.column):
                return field
        return None

    def _place(self, model: str, name: str) -> tuple[int, str]:
        known = self.models.get(model)
        columns = [f.name for f in known._meta.concrete_fields] if known else []
        field = self._field(model, name)
        return (columns.index(field.name) if field is not None else len(columns), name)


def _ident(value: Any) -> UUID | None:
    return ids.read(value) if isinstance(value, str) else None


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.lstrip("-").isdigit() else value


def _plain(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return formats.thousands(value)
        case dict():
            pairs = ((key.replace("_", " "), _plain(each)) for key, each in value.items())
            return ", ".join(f"{key}: {said}" for key, said in pairs)
        case list():
            return ", ".join(_plain(each) for each in value) or formats.NOTHING
        case None | "None":
            return formats.NOTHING
    text = str(value)
    if moment := _moment(text):
        return formats.absolute(moment)
    return text


def _moment(text: str) -> date | None:
    """A day or a moment as databases write them."""
    if not (len(text) >= 10 and text[4:5] == "-" and text[7:8] == "-"):
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return None
