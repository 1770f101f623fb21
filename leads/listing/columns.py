"""The columns of the list: which there are, and which of them somebody has chosen.

An address names them in `cols`, for itself alone; the session keeps what a person chose.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from crm.tenants.models import Tenant
from leads.listing import cells
from leads.listing.cells import Beside, Cell
from leads.models import Lead
from leads.own import fields
from leads.records.custom import CustomField

# The name in addresses, and that in the session.
NAME = "cols"
KEPT = "lead_columns"
MOST = 20


@dataclass(frozen=True)
class Column:
    """`sort` names the order that its head asks for first; `style` stands on each of its cells.

    `loads` are the fields of a lead that it reads.
    """

    name: str
    label: str
    cell: Cell
    sort: str
    style: str = "lead-more"
    loads: tuple[str, ...] = ()
    own: CustomField | None = None


STANDARD = (
    Column("score", "Score", cells.score, "-score", "lead-score", ("score", "tier")),
    Column("grade", "Grade", cells.grade, "-grade", "lead-grade", ("grade", "grade_value")),
    Column("chance", "Chance", cells.chance, "-chance", "lead-more end", ("chance",)),
    Column(
        "closeness", "Closeness", cells.closeness, "-closeness", "lead-more end", ("closeness",)
    ),
    Column("stage", "Stage", cells.stage, "stage", "lead-stage", ("stage__name", "stage__kind")),
    Column(
        "place", "Place", cells.place, "town", "lead-place",
        ("organisation__town", "organisation__postcode"),
    ),
    Column("trade", "Trade", cells.trade, "trade", loads=("organisation__trade",)),
    Column("value", "Value", cells.value, "-value", "lead-more end", ("value_pence",)),
    Column("owner", "Owner", cells.owner, "owner", "lead-owner", ("owner__name", "owner__email")),
    Column("due", "Next action", cells.due, "due", loads=("next_due", "next_due_day")),
    Column("active", "Last activity", cells.moment("active_at"), "-active", loads=("active_at",)),
    Column(
        "contacted", "Contacted", cells.moment("contacted_at"), "-contacted",
        loads=("contacted_at",),
    ),
    Column(
        "known", "Known", cells.known, "-known", loads=("organisation__quality__completeness",)
    ),
    Column("tags", "Tags", cells.tags, ""),
    Column("source", "Source", cells.source, "source", loads=("source",)),
    Column(
        "created", "Added", cells.moment("created_at"), "-created", "faint lead-age",
        ("created_at",),
    ),
)  # fmt: skip
USUAL = ("score", "stage", "place", "value", "owner", "due", "created")
# For the name, which is always shown.
ALWAYS = ("organisation__name", "organisation__address", "organisation__has_generic_name")
TRADE = "organisation__trade"


def known(own: Iterable[CustomField]) -> dict[str, Column]:
    """Give all columns that this company may choose from, by their names."""
    found = {column.name: column for column in STANDARD}
    for custom in own:
        style = "lead-more end" if custom.kind in cells.NUMBERS else "lead-more"
        found[custom.short] = Column(
            custom.short, custom.label, cells.own(custom), custom.short, style, (), custom
        )
    return found


def chosen(data: Any, session: Any, columns: dict[str, Column]) -> list[Column]:
    """Give the columns that the address names, or else the person's own choice, or the usual.

    A name that is known no more is left out.
    """
    names = asked(data, columns) or session.get(KEPT, USUAL)
    return [columns[name] for name in names if name in columns]


def asked(data: Any, columns: dict[str, Column]) -> list[str]:
    """Give the names that are sent of those that are known, be they in one value or in many."""
    given = (name for each in data.getlist(NAME) for name in each.split(","))
    return [name for name in dict.fromkeys(given) if name in columns][:MOST]


def keep(names: list[str], session: Any) -> None:
    """Show these from now on, wherever an address names no others."""
    session[KEPT] = names


def narrowed(
    leads: QuerySet[Lead], columns: Iterable[Column], also: Iterable[str] = ()
) -> QuerySet[Lead]:
    """Read no more of the leads than these columns and the name need, and `also` these fields."""
    names = {"tenant", *ALWAYS, TRADE, *also}
    for column in columns:
        names.update(column.loads)
    related = {name.rpartition("__")[0] for name in names if "__" in name}
    return leads.select_related(*related).only(*names)


def beside(leads: Sequence[Lead], columns: Iterable[Column], *, tenant: Tenant) -> Beside:
    """Look up what the columns show beside the leads themselves, in one query or none."""
    own = [column.own for column in columns if column.own is not None]
    return Beside(fields.held(leads, own, tenant=tenant) if own and leads else {})
