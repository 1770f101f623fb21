"""Writes the audit trail, in the transaction of the change it tells of."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from crm.ledger.models import AuditEntry, AuditPayload

_address: ContextVar[str] = ContextVar("address", default="")


@contextmanager
def from_address(address: str) -> Iterator[None]:
    """Note where the changes made inside come from (an IP address)."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def write(
    target: models.Model,
    verb: str,
    *,
    by: AbstractBaseUser | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add an entry; `by=None` means the system's own background work."""
    before, after = before or {}, after or {}
    entry = _entry(target, verb, by)
    entry.fields = sorted(before.keys() | after.keys())
    entry.save()
    if before or after:
        AuditPayload.objects.create(entry_id=entry.pk, before=before, after=after)
    return entry


def write_all(targets: Iterable[models.Model], verb: str, *, by: AbstractBaseUser | None) -> None:
    """Add an entry for each target, in one statement; for changes that have no values to tell."""
    AuditEntry.objects.bulk_create(_entry(target, verb, by) for target in targets)


def _entry(target: models.Model, verb: str, by: AbstractBaseUser | None) -> AuditEntry:
    return AuditEntry(
        tenant_id=getattr(target, "tenant_id", None),
        actor_id=by.pk if by else None,
        actor=str(by) if by else "background work",
        address=_address.get(),
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target=str(target)[:400],
    )
