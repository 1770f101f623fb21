"""The orders of a board's columns, each held by an index, and the place of a card in them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable

from leads.models import Lead
from leads.records import cursors
from leads.records.keyset import KEYS

MOST_PENCE = 10**18
LAST = (1 << 128) - 1


@dataclass(frozen=True)
class Order:
    """`read` makes the key of a cursor's JSON; `falls` says that the largest comes first.

    `place` writes a key so that plain text, compared letter by letter, stands in this order.
    """

    name: str
    label: str
    key: Combinable
    read: Callable[[Any], Any]
    place: Callable[[Any], str]
    falls: bool = False

    def sort(
        self, leads: QuerySet[Lead, Any], *, few: bool, after: str = ""
    ) -> QuerySet[Lead, Any]:
        """Put leads of one column in this order, from behind a cursor on."""
        start = cursors.decode(after, self.read)
        return cursors.walk(leads, self.key, start, few=few, falls=self.falls)

    def stand(self, key: Any, ident: UUID) -> str:
        """Say where a card stands among those of its column."""
        number = LAST - ident.int if self.falls else ident.int
        return f"{self.place(key)}!{number:032x}"


def _rank(value: Any) -> str:
    if not cursors.text(value).isascii():
        raise ValueError(value)
    return str(value)


def _falling(value: Any) -> str:
    return f"{MOST_PENCE - value:019}"


def _since(value: Any) -> str:
    return f"{value.astimezone(UTC):%Y%m%d%H%M%S%f}"


ORDERS = {
    each.name: each
    for each in (
        Order("own", "Own order", F("rank"), _rank, str),
        Order("score", "Score", F("score"), cursors.number, _falling, falls=True),
        Order("value", "Value", KEYS["value"], cursors.number, _falling, falls=True),
        Order("age", "Longest in stage", F("stage_since"), cursors.moment, _since),
    )
}
OWN = ORDERS["own"]
