"""The trail as a file: what the filters mean, the latest first."""

from collections.abc import Iterator

from django.db.models import QuerySet

from crm.exporting.columns import Column
from crm.exporting.supply import Rows
from crm.ledger.models import AuditEntry, Kind
from crm.tenants.models import Tenant
from crm.trail import history
from crm.trail.history import Line, Place

CHUNK = 1000

COLUMNS: list[Column[Line]] = [
    Column("When", lambda line: line.entry.at),
    Column("Who", lambda line: line.entry.actor),
    Column("What", lambda line: _label(line.entry.kind)),
    Column("Verb", lambda line: line.entry.verb),
    Column("Kind of record", lambda line: line.entry.target_type),
    Column("Record", lambda line: line.entry.target),
    Column("Record's id", lambda line: line.entry.target_id),
    Column("Way", lambda line: line.via),
    Column("From", lambda line: line.entry.address),
    Column("Before and after", lambda line: _changes(line)),
]


def rows(entries: QuerySet[AuditEntry], tenant: Tenant) -> Rows[Line]:
    """Give the entries chunk by chunk; what is written meanwhile is not among them."""

    def chunks() -> Iterator[list[Line]]:
        left = entries.order_by("-at", "-id")
        while True:
            found = list(left[:CHUNK])
            if found:
                yield history.lines(found, tenant)
            if len(found) < CHUNK:
                return
            left = Place(found[-1].at, found[-1].pk).behind(entries).order_by("-at", "-id")

    return chunks


def _label(kind: str) -> str:
    return Kind(kind).label if kind in Kind.values else kind


def _changes(line: Line) -> str:
    return "\n".join(f"{each.label}: {each.before} → {each.after}" for each in line.changes)
