"""Writes the audit trail, in the transaction of the change it tells of."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models

from crm import at_once
from crm.ledger import author, kinds
from crm.ledger.author import from_address
from crm.ledger.models import AuditEntry, AuditPayload

__all__ = ["from_address", "write", "write_all"]

BACKGROUND = "background work"
NUMBERS = """
SELECT nextval(pg_get_serial_sequence('ledger_auditentry', 'id')), statement_timestamp()
FROM generate_series(1, %s)
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
    entries = [_entry(target, verb, by) for target in targets]
    told = [(_told(before, target), _told(after, target)) for target in targets]
    if not any(was or now for was, now in told):
        at_once.insert(entries)
        return
    # The values stand by the entry's number and moment, so both are asked for first.
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [len(entries)])
        for entry, (was, now), (number, moment) in zip(
            entries, told, cursor.fetchall(), strict=True
        ):
            entry.pk, entry.at, entry.fields = number, moment, sorted(was.keys() | now.keys())
    at_once.insert(entries)
    at_once.insert(
        AuditPayload(entry_id=entry.pk, at=entry.at, before=was, after=now)
        for entry, (was, now) in zip(entries, told, strict=True)
        if was or now
    )


def _told(values: Values | None, target: Any) -> dict[str, Any]:
    return _storable((values(target) if callable(values) else values) or {})


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
