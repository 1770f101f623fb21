"""Fields of a company's own: which there are, what leads have in them, and how that changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, FilteredRelation, Q

from crm.ledger import audit
from crm.tenants.models import Tenant, User
from leads.facts import clashes
from leads.facts.clashes import ChangedMeanwhile, Clash
from leads.lead.locking import lock
from leads.models import Lead, TimelineEntry
from leads.own import values
from leads.own.values import Value
from leads.records.custom import CustomField, FieldValue
from leads.scored import flow
from leads.timeline import timeline

MOST = 50


@dataclass(frozen=True)
class Changed:
    """What somebody wants in a field, and what they saw there when they wrote it."""

    field: CustomField
    seen: str
    wanted: Value


class Archived(ValueError):
    """None of the fields is in use any more."""


def of(tenant: Tenant) -> list[CustomField]:
    """Give the fields that are in use, in their order."""
    rows = CustomField.of(tenant).filter(archived_at=None)
    return list(rows.order_by("position", "id")[:MOST])


def by_short(tenant: Tenant, short: str) -> CustomField | None:
    """Give the field of this short name, archived or not."""
    return next((each for each in CustomField.of(tenant) if each.short == short), None)


def panel(lead: Lead) -> list[tuple[CustomField, str]]:
    """Give the fields in use with what the lead has in each, as it is shown; in one query."""
    rows = CustomField.of(lead.tenant).filter(archived_at=None)
    theirs = FilteredRelation("values", condition=Q(values__lead=lead.pk))
    columns = {f"its_{name}": F(f"its__{name}") for name in values.EMPTY}
    own = rows.annotate(its=theirs).annotate(**columns).order_by("position", "id")[:MOST]
    return [(field, values.shown(field, _its(field))) for field in own]


def _its(field: CustomField) -> Value:
    value: Value = getattr(field, f"its_{values.COLUMNS[values.Kind(field.kind)]}")
    return None if value == "" else value


def held(
    leads: Iterable[Lead], fields: Iterable[CustomField], *, tenant: Tenant
) -> dict[UUID, dict[UUID, Value]]:
    """Give what these leads have: by the lead's id, then by the field's."""
    known = {field.pk: field for field in fields}
    names = list(values.EMPTY)
    places = {pk: names.index(values.COLUMNS[values.Kind(each.kind)]) for pk, each in known.items()}
    found: dict[UUID, dict[UUID, Value]] = {}
    if not known:
        return found
    rows = FieldValue.of(tenant).filter(lead__in=[lead.pk for lead in leads], field__in=known)
    # Plain tuples: a file of a million leads has millions of them.
    for lead, field, *columns in rows.values_list("lead_id", "field_id", *values.EMPTY):
        value = columns[places[field]]
        found.setdefault(lead, {})[field] = None if value == "" else value
    return found


@transaction.atomic
def fill(lead: Lead, changes: Iterable[Changed], *, by: User) -> bool:
    """Write all of the changes; none, but ChangedMeanwhile, if a colleague was faster in one."""
    lead = lock(lead)
    wanted = list(changes)
    changes = _still_there(lead.tenant, wanted)
    if wanted and not changes:
        raise Archived("This was archived meanwhile.")
    now = held([lead], [each.field for each in changes], tenant=lead.tenant).get(lead.pk, {})
    changes = [each for each in changes if now.get(each.field.pk) != each.wanted]
    late = [clash for each in changes if (clash := _clash(each, now.get(each.field.pk)))]
    if late:
        raise ChangedMeanwhile(late, clashes.last_change(lead, [each.label for each in late]))
    if not changes:
        return False
    for change in changes:
        _keep(lead, change)
    _tell(lead, changes, now, by)
    flow.queue_all([lead])
    return True


def _clash(change: Changed, now: Value) -> Clash | None:
    """Give what the writer did not see, or None where they saw what is there."""
    field, typed = change.field, values.typed(change.field, now)
    if typed == change.seen:
        return None
    try:
        before = values.shown(field, values.read(field, change.seen))
    except ValidationError:
        before = change.seen
    mine, theirs = values.shown(field, change.wanted), values.shown(field, now)
    return Clash(field.short, field.label, mine, theirs, before, typed)


def _still_there(tenant: Tenant, changes: list[Changed]) -> list[Changed]:
    """Keep those to fields in use, and let nobody archive or alter these before it is written."""
    rows = CustomField.of(tenant).filter(pk__in=[each.field.pk for each in changes])
    held_rows = rows.filter(archived_at=None).select_for_update(no_key=True).order_by("pk")
    known = {field.pk: field for field in held_rows}
    kept = [replace(each, field=known[each.field.pk]) for each in changes if each.field.pk in known]
    for each in kept:
        # Perhaps the choice was taken off the list a moment ago.
        values.read(each.field, values.typed(each.field, each.wanted))
    return kept


def _keep(lead: Lead, change: Changed) -> None:
    rows = FieldValue.of(lead.tenant)
    if change.wanted is None:
        rows.filter(lead=lead, field=change.field).delete()
        return
    columns = values.columns(change.field, change.wanted)
    rows.update_or_create(
        lead=lead,
        field=change.field,
        defaults=columns,
        create_defaults=columns | {"tenant": lead.tenant},
    )


def _tell(lead: Lead, changes: list[Changed], now: Mapping[UUID, Value], by: User) -> None:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    said = []
    for change in changes:
        label = change.field.label
        before[label] = values.shown(change.field, now.get(change.field.pk))
        after[label] = values.shown(change.field, change.wanted)
        was = f" (it was {before[label]})" if before[label] else ""
        said.append(f"{label}: {after[label] or 'emptied'}{was}")
    timeline.write(lead, TimelineEntry.Kind.FIELD, "\n".join(said), by=by)
    audit.write(lead, "filled in", by=by, before=before, after=after)
