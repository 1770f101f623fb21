"""Rows for a file, chunk by chunk, for as long as the person may have them."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.utils import timezone

from crm.exporting.columns import Row
from crm.tenants import whereabouts
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, may

logger = logging.getLogger(__name__)

CHUNK = 2_000
# Bytes of an id.
ID = 16
AnyModel = TypeVar("AnyModel", bound=models.Model)
Rows = Callable[[], Iterator[Sequence[Row]]]
# Puts rows that have UUIDs as ids into an order.
Order = Callable[[models.QuerySet[Any]], models.QuerySet[Any]]

GONE = "{person} may not export from {company} any more."
CHANGED = "The role or team of {person} was changed meanwhile."
FAILED = "Something went wrong on our side."
BROKEN_OFF = "This file is not complete: it ends here, after {rows:,} rows. {why} Export it again."


class TakenAway(Exception):
    """The person may no longer have what they began to export."""


@dataclass
class Tally:
    """How far it has come, and why no further."""

    rows: int = 0
    why: str = ""


def by_id(
    ask: Callable[[], models.QuerySet[AnyModel]], size: int = CHUNK, *, order: Order | None = None
) -> Iterator[Sequence[AnyModel]]:
    """Walk over rows in the order of their ids, or in `order`, each chunk a query of its own.

    `ask` gives the query of each anew, for what the person sees by then. What is added meanwhile
    comes last or not at all, and nothing comes twice or is passed over, as it would in an order
    that changes with the row. In `order` they stand as they stood when the walk began: their ids
    are kept from then on, 16 bytes each, and what is added meanwhile does not come.
    """
    if order is not None:
        yield from _in_order(ask, order, size)
        return
    last: Any = None
    while True:
        left = ask() if last is None else ask().filter(pk__gt=last)
        chunk = list(left.order_by("pk")[:size])
        if chunk:
            yield chunk
        if len(chunk) < size:
            return
        last = chunk[-1].pk


def _in_order(
    ask: Callable[[], models.QuerySet[AnyModel]], order: Order, size: int
) -> Iterator[Sequence[AnyModel]]:
    idents = order(ask()).values_list("pk", flat=True).iterator(chunk_size=CHUNK)
    kept = bytearray()
    for ident in idents:
        kept += ident.bytes
    step = size * ID
    for start in range(0, len(kept), step):
        few = bytes(kept[start : start + step])
        wanted = [UUID(bytes=few[place : place + ID]) for place in range(0, len(few), ID)]
        there = {row.pk: row for row in ask().filter(pk__any=wanted)}
        if chunk := [there[ident] for ident in wanted if ident in there]:
            yield chunk


def walk(rows: Rows[Row], membership: Membership, tally: Tally) -> Iterator[Sequence[Row] | str]:
    """Give chunk after chunk, each read in a transaction of its own, and count them.

    The request's transaction is over by now. Whatever breaks it off is said in a last line; what
    is no longer shared, or shown by the company's settings, comes no more. "Today" is the day where
    the person is, as it was on their page.
    """
    zone = whereabouts.zone(membership.user)
    try:
        chunks = rows()
        while True:
            with acting_for(membership.tenant), timezone.override(zone):
                _ask_anew(membership)
                chunk = next(chunks, None)
            if chunk is None:
                return
            yield chunk
            tally.rows += len(chunk)
    except TakenAway as refusal:
        tally.why = str(refusal)
    except Exception:
        logger.exception("An export broke off after %s rows", tally.rows)
        tally.why = FAILED
    yield BROKEN_OFF.format(rows=tally.rows, why=tally.why)


def _ask_anew(membership: Membership) -> None:
    """See that the person is still who they were, and forget what they were known to see."""
    said = {"person": membership.user, "company": membership.tenant}
    rows = Membership.of(membership.tenant).filter(pk=membership.pk, user__is_active=True)
    now = rows.select_related("tenant").first()
    if now is None or not may(now, Permission.EXPORT):
        raise TakenAway(GONE.format(**said))
    if (now.role, now.team_id) != (membership.role, membership.team_id):
        raise TakenAway(CHANGED.format(**said))
    membership.tenant = now.tenant
    membership.memory.clear()
    # Else a team that somebody was given to lead meanwhile would be overlooked.
    vars(membership).pop("leads_teams", None)
