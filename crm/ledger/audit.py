"""Writes the audit trail, in the transaction of the change it tells of."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models

from crm.ledger import author, kinds
from crm.ledger.author import from_address
from crm.ledger.models import AuditEntry, AuditPayload

__all__ = ["from_address", "write", "write_all"]

BACKGROUND = "background work"
# Numbers and moments are given out before, since the values stand by them.
ADD = """
WITH told AS (
    SELECT nextval(pg_get_serial_sequence('ledger_auditentry', 'id')) AS id,
        statement_timestamp() AS at, given.*
    FROM json_to_recordset(%(targets)s::json) AS given (
        tenant_id uuid, target_type text, target_id text, target text, fields jsonb,
        was text, now text
    )
), entries AS (
    INSERT INTO ledger_auditentry (id, at, tenant_id, actor_id, actor, address, via, kind, verb,
        target_type, target_id, target, fields)
    SELECT id, at, tenant_id, %(actor_id)s::uuid, %(actor)s, %(address)s, %(via)s, %(kind)s,
        %(verb)s, target_type, target_id, target, fields
    FROM told
)
INSERT INTO ledger_auditpayload (entry_id, at, before, after)
SELECT id, at, was::jsonb, now::jsonb FROM told WHERE was <> '{}' OR now <> '{}'
"""
# What is told of all targets, or of each.
Values = dict[str, Any] | Callable[[Any], dict[str, Any]]


def write(
    target: models.Model,
    verb: str,
    *,
    by: AbstractBaseUser | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add an entry; `by=None` means the system's own background work."""
    before, after = _storable(before or {}), _storable(after or {})
    entry = _entry(target, verb, by)
    entry.fields = sorted(before.keys() | after.keys())
    entry.save(force_insert=True)
    if before or after:
        AuditPayload(entry_id=entry.pk, at=entry.at, before=before, after=after).save(
            force_insert=True
        )
    return entry


def write_all(
    targets: Iterable[Any],
    verb: str,
    *,
    by: AbstractBaseUser | None,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Add an entry for each target, with the same values for all or what is told of each.

    However many they are, it takes as many statements.
    """
    targets = list(targets)
    if not targets:
        return
    former, latter = _telling(before), _telling(after)
    told = [(former(target), latter(target)) for target in targets]
    entry = _entry(targets[0], verb, by)
    alike = ("actor_id", "actor", "address", "via", "kind", "verb")
    rows = [
        {
            "tenant_id": str(tenant) if (tenant := getattr(target, "tenant_id", None)) else None,
            "target_type": target._meta.label_lower,
            "target_id": str(target.pk),
            "target": str(target)[:400],
            "fields": sorted({*was, *now}),
            "was": said_before,
            "now": said_now,
        }
        for target, ((was, said_before), (now, said_now)) in zip(targets, told, strict=True)
    ]
    values = {name: getattr(entry, name) for name in alike}
    with connection.cursor() as cursor:
        cursor.execute(ADD, values | {"targets": json.dumps(rows)})


def _telling(values: Values | None) -> Callable[[Any], tuple[dict[str, Any], str]]:
    """Give what is told of a target, and the same as JSON: made once if it is told of all."""
    if callable(values):
        return lambda target: _told(values(target))
    alike = _told(values or {})
    return lambda target: alike


def _told(values: dict[str, Any]) -> tuple[dict[str, Any], str]:
    values = _storable(values)
    return values, json.dumps(values)


def _storable(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out NUL characters, which no text of the database can hold."""
    return {
        name: value.replace("\0", "") if isinstance(value, str) else value
        for name, value in values.items()
    }


def _entry(target: models.Model, verb: str, by: AbstractBaseUser | None) -> AuditEntry:
    now = author.now()
    name = str(by) if by else BACKGROUND
    return AuditEntry(
        tenant_id=getattr(target, "tenant_id", None),
        actor_id=by.pk if by else None,
        actor=author.labelled(name, now.via)[:200],
        address=now.address,
        via=now.via,
        kind=kinds.of(verb),
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target=str(target)[:400],
    )
