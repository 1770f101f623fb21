"""The table of leads, written without templates: fifty rows of them cost more than all else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

from crm import ids
from crm.tenants.models import Tenant
from leads.filters.querystring import BARE, PLACE
from leads.listing import cells, columns
from leads.listing.cells import Beside
from leads.listing.columns import Column
from leads.listing.sorting import Sort
from leads.models import Lead


@dataclass(frozen=True)
class Head:
    """`sorted` is what the column is sorted by, as a screen reader is told; "" if it is not."""

    label: str
    url: str
    style: str
    sorted: str


def heads(shown: Iterable[Column], asked: QueryDict, sort: Sort) -> list[Head]:
    """Give the heads; that of the present order asks for it the other way round."""
    name = Column("name", "Organisation", cells.trade, "name", "")
    bare = unsorted(asked)
    return [_head(column, bare, sort) for column in (name, *shown)]


def _head(column: Column, bare: str, sort: Sort) -> Head:
    style = "end" if column.style.endswith(" end") else ""
    if not column.sort:
        return Head(column.label, "", style, "")
    is_here = sort.name.removeprefix("-") == column.sort.removeprefix("-")
    said = ("descending" if sort.falls else "ascending") if is_here else ""
    return Head(column.label, bare + (sort.other if is_here else column.sort), style, said)


def unsorted(asked: QueryDict) -> str:
    """Give the list's address up to the name of an order."""
    return f"{address(asked, sort='')}&sort="


def address(asked: QueryDict, **changes: str) -> str:
    """Give the list's address with these changes, from its first page on."""
    kept = {name: values for name, values in asked.lists() if name not in PLACE}
    kept |= {name: [value] for name, value in changes.items()}
    pairs = {name: values for name, values in kept.items() if any(values) or name == columns.NAME}
    # An address without anything means the person's own first view.
    return f"?{urlencode(pairs, doseq=True) or BARE}"


MAIN = (
    '<td class="cell-main"><a class="row-link clamp" href="{url}" title="{title}">{shown}</a>'
    "{trade}{line}{tags}</td>"
)
TICK = (
    '<td class="lead-tick"><input type="checkbox" name="lead" value="{ident}" '
    'aria-label="Select {title}"></td>'
)
TRADE = '<span class="small faint lead-trade">{}</span>'
NOBODYS = str(ids.NOBODYS)
# Where a search has met the lead, if not in what is shown.
LINE = '<span class="found-line">{}</span>'


class _Pen:
    """Writes the rows of a page; what is alike in all of them is made once."""

    def __init__(self, shown: Sequence[Column], beside: Beside, *, ticks: bool) -> None:
        self.beside, self.ticks = beside, ticks
        names = {column.name for column in shown}
        self.has_trade, self.has_tags = "trade" in names, "tags" in names
        self.columns = [(column.cell, *_frame(column)) for column in shown]
        self.url = reverse("leads:detail", args=[ids.NOBODYS])

    def row(self, lead: Lead) -> SafeString:
        """Write the cells of a lead."""
        title, marks = escape(lead.title), lead.marks
        trade = marks.trade if marks else escape(lead.organisation.trade_label)
        written = [
            MAIN.format(
                url=self.url.replace(NOBODYS, str(lead.pk)),
                title=title,
                shown=marks.title if marks else title,
                trade=TRADE.format(trade) if trade and not self.has_trade else "",
                line=LINE.format(marks.line) if marks and marks.line else "",
                tags="" if self.has_tags else cells.tags(lead, self.beside),
            )
        ]
        if self.ticks:
            written.insert(0, TICK.format(ident=lead.pk, title=title))
        for cell, opening, empty in self.columns:
            content = cell(lead, self.beside)
            written.append(f"{opening}{conditional_escape(content)}</td>" if content else empty)
        # Each part is escaped.
        return SafeString("".join(written))


def _frame(column: Column) -> tuple[str, str]:
    """Give what stands before the content of a cell, and the whole cell where it has none."""
    label = f' data-label="{escape(column.label)}"' if column.style.startswith("lead-more") else ""
    nothing = '<span class="faint">–</span></td>'
    return (
        f'<td class="{column.style}"{label}>',
        f'<td class="{column.style} cell-hide">{nothing}',
    )


def rows(
    leads: Sequence[Lead], shown: Sequence[Column], *, tenant: Tenant, ticks: bool
) -> list[SafeString]:
    """Write the rows of these leads, on whom their tags hang; with `ticks` they can be ticked."""
    pen = _Pen(shown, columns.beside(leads, shown, tenant=tenant), ticks=ticks)
    return [pen.row(lead) for lead in leads]
