"""How the comparing of leads stands, for people."""

from dataclasses import dataclass
from datetime import datetime

from crm.tenants.models import Tenant
from leads.vectors import embedders, known, stores
from leads.vectors.models import Embedding


@dataclass(frozen=True)
class Standing:
    """`why_off` is empty where leads are compared; `next_model` serves once all are embedded."""

    why_off: str
    won: int = 0
    lost: int = 0
    embedded: int = 0
    total: int = 0
    model: str = ""
    next_model: str = ""
    percent: int = 0
    trouble: str = ""
    due_at: datetime | None = None

    @property
    def is_unmeasured(self) -> bool:
        """Whether there is nobody to measure against."""
        return not self.won


def read(tenant: Tenant) -> Standing:
    """Tell how it stands."""
    store = stores.current()
    if store is None:
        return Standing(stores.why_off())
    won, lost = known.counts(tenant)
    row = Embedding.of(tenant).first()
    if row is None:
        return Standing("", won, lost)
    is_next = bool(row.model) and row.model != row.serves
    return Standing(
        why_off="",
        won=won,
        lost=lost,
        embedded=store.count(tenant, row.serves) if row.serves else 0,
        total=row.total,
        model=label(row.serves),
        next_model=label(row.model) if is_next else "",
        percent=min(99, 100 * row.done // row.total) if is_next and row.total else 0,
        trouble=row.trouble,
        due_at=row.due_at if row.trouble else None,
    )


def label(model: str) -> str:
    """Name a model to people."""
    vendor, _, name = model.partition(":")[0].rpartition("/")
    if not model:
        return ""
    return f"OpenAI’s {name}" if vendor == embedders.SERVICE else "our own, which needs no key"
