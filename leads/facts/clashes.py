"""Two people who change the same: what the one saw, what the other made of it, who that was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from crm.ledger.models import AuditEntry


@dataclass(frozen=True)
class Clash:
    """A field in the words of a reader; `now` is what a form takes back as seen."""

    name: str
    label: str
    mine: str
    theirs: str
    before: str
    now: str


@dataclass(frozen=True)
class By:
    """Who changed it last, and when; nobody where that is not told."""

    who: str = ""
    at: datetime | None = None


class ChangedMeanwhile(ValueError):
    """A colleague was faster; nothing was written."""

    def __init__(self, clashes: Sequence[Clash], by: By) -> None:
        super().__init__("A colleague changed this meanwhile.")
        self.clashes = list(clashes)
        self.by = by


def last_change(row: Model, names: Iterable[str]) -> By:
    """Say who changed one of these columns last, by the audit trail."""
    told = AuditEntry.objects.filter(
        tenant_id=row.tenant_id,  # type: ignore[attr-defined]
        target_type=row._meta.label_lower,
        target_id=str(row.pk),
        fields__has_any_keys=list(names),
    )
    last = told.order_by("-at", "-id").first()
    return By(last.actor, last.at) if last else By()
