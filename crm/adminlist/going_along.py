"""What a deletion takes with it and what stands in its way, counted to a bound, never loaded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CASCADE, PROTECT, RESTRICT, Model, QuerySet

from crm.bounds.counts import capped, counted

MOST = 1000
DEEPEST = 4


@dataclass
class Along:
    """`gone` are words and counts of what goes along, `kept` the sentences that forbid it."""

    gone: dict[str, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


def read(model: type[Model], ids: Sequence[Any], *, tenant_id: Any) -> Along:
    """Look what refers to these rows of the model, of the same company."""
    along = Along()
    _look(model, list(ids), "", tenant_id, along, depth=1)
    return along


def _look(
    model: type[Model], ids: list[Any], way: str, tenant_id: Any, along: Along, *, depth: int
) -> None:
    for relation in _relations(model):
        there: type[Model] = relation.related_model
        path = f"{relation.field.name}__{way}" if way else relation.field.name
        rows: QuerySet[Any] = there._base_manager.filter(**{f"{path}__in": ids})
        if any(each.name == "tenant" for each in there._meta.fields):
            rows = rows.filter(tenant=tenant_id)
        found = capped(rows, MOST)
        if not found:
            continue
        many = f"{counted(found, MOST)} {_called(there, found)}"
        if relation.on_delete in (PROTECT, RESTRICT):
            along.kept.append(f"{many} {'belongs' if found == 1 else 'belong'} to it.")
        elif found > MOST:
            along.kept.append(f"{many} would go along, which is too much at once.")
        else:
            along.gone[str(there._meta.verbose_name_plural)] = counted(found, MOST)
            if depth < DEEPEST:
                _look(there, ids, path, tenant_id, along, depth=depth + 1)


def _relations(model: type[Model]) -> Iterator[Any]:
    for each in model._meta.get_fields(include_hidden=True):
        refers = each.auto_created and not each.concrete and (each.one_to_many or each.one_to_one)
        if refers and getattr(each, "on_delete", None) in (CASCADE, PROTECT, RESTRICT):
            yield each


def _called(model: type[Model], many: int) -> str:
    meta = model._meta
    return str(meta.verbose_name if many == 1 else meta.verbose_name_plural)
