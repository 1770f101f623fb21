"""What becomes of facts when a person writes another value into their column."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from crm.tenants.models import User
from leads.facts import columns, proofs, standing
from leads.models import Contact, Fact, Organisation
from leads.records.known import Status


def by_hand(
    row: Organisation | Contact, name: str, before: Any, after: Any, *, by: User
) -> None:
    """Have the fact that was in use be replaced; one that says what was written is in use now.

    In the transaction of whoever holds the row. Of a field that may have several values at once,
    who chooses another known one leaves the first as an alternative. What was replaced keeps who
    did it: it is decided against, while what a machine has replaced may come back.
    """
    field = proofs.field(name, is_person=isinstance(row, Contact))
    if field is None:
        return
    known = {each.key: each for each in of(row, name)}
    chosen = known.get(proofs.digest(field, after)) if after not in ("", None) else None
    used = [each for each in known.values() if each.status == Status.APPLIED and each != chosen]
    if field.has_many or name in standing.SEVERAL:
        was = proofs.digest(field, before) if before not in ("", None) else ""
        used = [each for each in used if each.key == was and chosen is None]
    for each in used:
        each.status, each.decided_by = Status.SUPERSEDED, by
    if chosen is not None:
        chosen.status = Status.APPLIED
        chosen.decided_by, chosen.decided_at = by, timezone.now()
        used.append(chosen)
    if used:
        Fact.of(row.tenant).bulk_update(used, ["status", "decided_by", "decided_at"])


def release(row: Organisation | Contact, name: str) -> None:
    """Let what people have replaced come back, as what they took in its place is wrong."""
    _of(row, name).filter(status=Status.SUPERSEDED).update(decided_by=None)


def of(row: Organisation | Contact, name: str) -> list[Fact]:
    """Give all facts of a field of an organisation, or of a person."""
    return list(_of(row, name).order_by("pk"))


def _of(row: Organisation | Contact, name: str) -> QuerySet[Fact]:
    if isinstance(row, Contact):
        rows = Fact.of(row.tenant).filter(organisation=row.organisation_id, contact=row)
    else:
        rows = Fact.of(row.tenant).filter(organisation=row, contact=None)
    return rows.filter(field=name)


def stands(row: Organisation | Contact, name: str) -> str:
    """Give the key of what stands in the column; "" where nothing does, or there is none."""
    field = proofs.field(name, is_person=isinstance(row, Contact))
    value = columns.of(row, name)
    return proofs.digest(field, value) if field is not None and value != "" else ""
