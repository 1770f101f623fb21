"""The orders of the list, each held by an index, so that any page is read from its place.

`few` leads are gathered and sorted instead.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable

from crm.tenants.models import Tenant
from leads.models import Lead
from leads.records import cursors
from leads.records.keyset import KEYS

PAGE = 50
KEY = "key"
# Says what is read of leads.
Drawn = Callable[[QuerySet[Lead]], QuerySet[Lead]]
# Names the leads, or asks for them together with what is read of them.
Named = Callable[[QuerySet[Any]], Iterable[UUID] | QuerySet[Any]]


def as_they_are(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    """Read no more than the leads themselves."""
    return leads


def as_asked(leads: QuerySet[Any]) -> QuerySet[Any]:
    """Ask for the leads together with what is read of them."""
    return leads


@dataclass(frozen=True)
class Sort:
    """`expression` is the key as the index writes it, `read` makes it of a cursor's JSON.

    `falls` says that what comes first is the largest.
    """

    name: str
    label: str
    expression: Combinable
    read: Callable[[Any], Any]
    falls: bool = False

    @property
    def other(self) -> str:
        """Name the same order the other way round."""
        return self.name[1:] if self.name.startswith("-") else f"-{self.name}"

    def put(self, leads: QuerySet[Lead]) -> QuerySet[Lead]:
        """Put all of these leads into this order."""
        return cursors.walk(leads, self.expression, None, few=True, falls=self.falls)


def _both(name: str, label: str, key: Combinable, read: Callable[[Any], Any]) -> dict[str, Sort]:
    rising = Sort(name, label, key, read)
    return {name: rising, f"-{name}": Sort(f"-{name}", label, key, read, falls=True)}


# By the names that stand in addresses; a minus puts the largest first.
SORTS: dict[str, Sort] = {
    **_both("score", "Score", F("score"), cursors.number),
    **_both("grade", "Grade", KEYS["grade"], cursors.number),
    **_both("chance", "Chance", KEYS["chance"], cursors.number),
    **_both("closeness", "Closeness", KEYS["closeness"], cursors.number),
    **_both("name", "Name", F("sort_key"), cursors.text),
    **_both("created", "Added", F("id"), lambda value: UUID(cursors.text(value))),
    **_both("value", "Value", KEYS["value"], cursors.number),
    **_both("owner", "Owner", F("owner_key"), cursors.text),
    **_both("active", "Last activity", KEYS["active"], cursors.moment),
    **_both("due", "Next action", KEYS["due"], cursors.moment),
}
USUAL = SORTS["-score"]


@dataclass(frozen=True)
class Page:
    """`after` and `before` are cursors, "" at either end."""

    leads: list[Lead]
    after: str
    before: str


def page(
    leads: QuerySet[Lead],
    sort: Sort,
    *,
    tenant: Tenant,
    few: bool,
    after: str = "",
    before: str = "",
    drawn: Drawn = as_they_are,
    named: Named = as_asked,
) -> Page:
    """Give the page behind or in front of a cursor; one that was tampered with means the first.

    Which leads these are is found first, in an index that may hold all that the filters ask;
    only theirs is read what `drawn` adds. `named` may find out which by itself.
    """

    def read(start: tuple[Any, UUID] | None, back: bool) -> list[Lead]:
        falls, key = sort.falls != back, sort.expression
        there = cursors.walk(leads, key, start, few=few, falls=falls).values("pk")[: PAGE + 1]
        rows = drawn(Lead.of(tenant)).filter(pk__in=named(there)).annotate(**{KEY: key})
        return list(cursors.walk(rows, key, None, few=True, falls=falls))

    return Page(
        *cursors.turn(
            read,
            lambda lead: cursors.encode(getattr(lead, KEY), lead.pk),
            PAGE,
            after=cursors.decode(after, sort.read),
            before=cursors.decode(before, sort.read),
        )
    )
