"""What the filters of list and board offer, asked in one go."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast

from crm.pipeline.models import Stage
from crm.tenants.models import Membership
from leads import fields, sight, tags
from leads.custom import CustomField, Tag

Choice = tuple[str, str]
PLACES = 10_000


@dataclass
class Choices:
    """Stages, people and tags as a select offers them, and the fields of one's own in use."""

    stages: list[Choice] = field(default_factory=list)
    owners: list[Choice] = field(default_factory=list)
    tags: list[Choice] = field(default_factory=list)
    own: list[CustomField] = field(default_factory=list)


def read(membership: Membership) -> Choices:
    """Give what this member may choose from."""
    tenant = membership.tenant
    place = F("pipeline__position") * PLACES + F("position")
    stages = _rows(Stage.of(tenant), "stage", label="name", place=place)
    owners = _rows(sight.owners(membership), "owner", label="name")
    named = _rows(Tag.of(tenant), "tag", label="name")[: tags.MOST]
    own = CustomField.of(tenant).filter(archived_at=None)
    asked = _rows(own, "field", label="label", kind="kind", choices="choices", place=F("position"))
    found = Choices()
    for what, key, label, kind, choices, _ in _sorted(
        stages.union(owners.distinct(), named, asked[: fields.MOST], all=True)
    ):
        if what == "field":
            found.own.append(
                CustomField(pk=key, tenant=tenant, label=label, kind=kind, choices=choices)
            )
        else:
            {"stage": found.stages, "owner": found.owners, "tag": found.tags}[what].append(
                (str(key), label)
            )
    return found


def _rows(
    rows: QuerySet[Any],
    what: str,
    *,
    label: str,
    kind: str = "",
    choices: str = "",
    place: Any = 0,
) -> QuerySet[Any, Any]:
    columns = {
        "c_what": Value(what, CharField()),
        "c_label": Cast(label, TextField()),
        "c_kind": Cast(kind, TextField()) if kind else Value("", TextField()),
        "c_choices": Cast(choices, TextField()) if choices else Value("", TextField()),
        "c_place": Cast(place, IntegerField()) if place else Value(0, IntegerField()),
    }
    ordered = rows.order_by("position", "id") if what == "field" else rows.order_by()
    annotated = ordered.annotate(**columns)
    return annotated.values_list("c_what", "pk", "c_label", "c_kind", "c_choices", "c_place")


def _sorted(rows: Iterable[Any]) -> Iterator[Any]:
    yield from sorted(rows, key=lambda row: (row[0], row[5], row[2].casefold(), row[1]))
