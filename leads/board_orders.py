"""The orders of a board's columns, each held by an index, and the place of a card in them."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Func, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from leads.keyset import KEYS
from leads.models import Lead
from leads.sorting import Beyond

LONGEST_CURSOR = 1200
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

    def sort(self, leads: QuerySet[Lead], *, few: bool, after: str = "") -> QuerySet[Lead]:
        """Put leads of one column in this order, from behind a cursor on.

        `few` are gathered and sorted; of many the index is walked until there are enough.
        """
        if (here := self.decode(after)) is not None:
            leads = leads.filter(
                Beyond(self.key, F("id"), *map(Value, here), larger=not self.falls)
            )
        keys = [
            Coalesce(key, key) if few else Func(key, template="%(expressions)s")
            for key in (self.key, F("id"))
        ]
        return leads.order_by(*(key.desc() if self.falls else key.asc() for key in keys))

    def encode(self, key: Any, ident: UUID) -> str:
        """Write the cursor of a card."""
        written = key.isoformat() if isinstance(key, datetime) else key
        return base64.urlsafe_b64encode(json.dumps([written, str(ident)]).encode()).decode()

    def decode(self, cursor: str) -> tuple[Any, UUID] | None:
        """Read a cursor; one that was tampered with means the beginning."""
        if not cursor or len(cursor) > LONGEST_CURSOR:
            return None
        try:
            key, ident = json.loads(base64.urlsafe_b64decode(cursor.encode()))
            return self.read(key), UUID(ident)
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return None

    def stand(self, key: Any, ident: UUID) -> str:
        """Say where a card stands among those of its column."""
        number = LAST - ident.int if self.falls else ident.int
        return f"{self.place(key)}!{number:032x}"


def _rank(value: Any) -> str:
    if not isinstance(value, str) or not value.isascii() or "\0" in value:
        raise ValueError(value)
    return value


def _moment(value: Any) -> datetime:
    at = datetime.fromisoformat(_rank(value))
    if at.tzinfo is None:
        raise ValueError(value)
    return at


def _falling(value: Any) -> str:
    return f"{MOST_PENCE - value:019}"


def _since(value: Any) -> str:
    return f"{value.astimezone(UTC):%Y%m%d%H%M%S%f}"


def _number(value: Any) -> int:
    if not isinstance(value, int) or abs(value) > MOST_PENCE:
        raise ValueError(value)
    return value


ORDERS = {
    each.name: each
    for each in (
        Order("own", "Own order", F("rank"), _rank, str),
        Order("score", "Score", F("score"), _number, _falling, falls=True),
        Order("value", "Value", KEYS["value"], _number, _falling, falls=True),
        Order("age", "Longest in stage", F("stage_since"), _moment, _since),
    )
}
OWN = ORDERS["own"]
