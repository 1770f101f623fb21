"""The entries of an account as a statement: the newest first, page by page, or as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from crm.credits import words
from crm.credits.models import CreditEntry, Kind
from crm.exporting.columns import Column
from crm.exporting.supply import Rows
from crm.tenants.models import Tenant

PAGE = 50
CHUNK = 2_000
# A number has no more digits.
DIGITS = 18
TONES = {
    Kind.GRANT: "good", Kind.REFUND: "good", Kind.RESERVE: "info", Kind.RELEASE: "quiet",
    Kind.SPEND: "quiet",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """An entry in words."""

    entry: CreditEntry

    @property
    def tone(self) -> str:
        return TONES[Kind(self.entry.kind)]

    @property
    def what(self) -> str:
        return words.what(self.entry)

    @property
    def service(self) -> str:
        return words.service(self.entry.service) if self.entry.service else ""

    @property
    def change(self) -> str:
        return words.change(self.entry)

    @property
    def cost(self) -> str:
        return words.cost(self.entry.cost_micros) if self.entry.cost_micros else ""


@dataclass(frozen=True)
class Page:
    """`before` leads on to older entries."""

    lines: list[Line]
    is_first: bool
    before: int | None = None


def of(tenant: Tenant, person_id: UUID | None = None) -> QuerySet[CreditEntry]:
    """Give the entries of everybody, or of one person."""
    entries = CreditEntry.of(tenant).order_by("-number")
    return entries if person_id is None else entries.filter(person_id=person_id)


def page(entries: QuerySet[CreditEntry], before: str) -> Page:
    """Read one page; `before` is what the address says."""
    is_first = not (before.isascii() and before.isdigit() and len(before) <= DIGITS)
    rows = entries if is_first else entries.filter(number__lt=int(before))
    found = list(rows[: PAGE + 1])
    shown = [Line(entry) for entry in found[:PAGE]]
    more = shown[-1].entry.number if len(found) > PAGE else None
    return Page(shown, is_first, more)


COLUMNS: list[Column[Line]] = [
    Column("Number", lambda line: line.entry.number),
    Column("When", lambda line: line.entry.at),
    Column("Kind", lambda line: line.entry.get_kind_display()),
    Column("What", lambda line: line.what),
    Column("Service", lambda line: line.service),
    Column("Quantity", lambda line: line.entry.quantity),
    Column("Who", lambda line: line.entry.person),
    Column("For", lambda line: line.entry.for_label),
    Column("Credits", lambda line: line.entry.credits),
    Column("Vendor's cost in pounds", lambda line: Decimal(line.entry.cost_micros) / words.POUND),
    Column("Available then", lambda line: line.entry.balance_after),
    Column("Reserved then", lambda line: line.entry.held_after),
]


def rows(entries: QuerySet[CreditEntry]) -> Rows[Line]:
    """Give the entries chunk by chunk for a file; what is written meanwhile is not among them."""

    def chunks() -> Iterator[list[Line]]:
        left = entries
        while found := list(left[:CHUNK]):
            yield [Line(entry) for entry in found]
            left = entries.filter(number__lt=found[-1].number)

    return chunks
