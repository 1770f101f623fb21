"""Takes somebody out of the answers that are kept: what was told of them, and texts that name them.

Whoever removes a person of one company has them removed from this company's answers. An answer that
others use as well is thrown away as a whole if it tells of them: whoever needs it asks anew.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.changing import change
from crm.tenants.models import Tenant
from enrichment.contract import lasting
from enrichment.lookups.models import Lookup, SharedAnswer
from enrichment.persons import GONE, Whom
from enrichment.told import ORGANISATION

COLUMNS = ["about", "is_current", "told", "kept", "passing", "trouble"]
Rows = Sequence[dict[str, Any]]


def forget(tenant: Tenant, whom: Whom, *, ident: UUID, handles: Collection[str]) -> int:
    """Take them out of all that was asked for an organisation; give how many answers told of them.

    `handles` are the domains, numbers and addresses by which questions about it, or about them, are
    named. In the transaction of the caller.
    """
    return _forget(tenant, whom, Lookup.of(tenant).filter(pk__in=_asked(tenant, ident, handles)))


def forget_in(tenant: Tenant, whom: Whom, idents: Iterable[UUID]) -> int:
    """Do the same with these answers."""
    return _forget(tenant, whom, Lookup.of(tenant).filter(pk__in=list(idents)))


def _asked(tenant: Tenant, ident: UUID, handles: Collection[str]) -> list[UUID]:
    found = Q(asked_for=ident)
    for handle in filter(None, handles):
        found |= Q(about__icontains=handle)
    rows = Lookup.of(tenant).filter(found).values_list("pk", "about", "asked_for")
    named = [_named(handle) for handle in handles if handle]
    return [
        pk for pk, about, of in rows if of == ident or any(each.search(about) for each in named)
    ]


def _named(handle: str) -> re.Pattern[str]:
    """A.example is no part of sea.example, nor of a.example.org."""
    return re.compile(rf"(?<![\w-]){re.escape(handle)}(?![\w-]|\.\w)", re.IGNORECASE)


def _forget(tenant: Tenant, whom: Whom, rows: QuerySet[Lookup]) -> int:
    if not whom:
        return 0
    held = list(rows.order_by("pk").select_for_update())
    _forget_shared(whom, held)
    theirs = [row for row in held if whom.is_in(row.about)]
    for row in theirs:
        # What it took stays; of one that is on its way whoever books its answer keeps nothing.
        row.about, row.is_current = f"somebody forgotten ({row.pk})", False
        row.told, row.kept, row.passing, row.trouble = [], {}, {}, ""
    changed = [row for row in held if row not in theirs and _take_out(row, whom)]
    change([*theirs, *changed], COLUMNS)
    return len(theirs) + len(changed)


def _forget_shared(whom: Whom, held: Iterable[Lookup]) -> None:
    asked = {(row.provider, row.about) for row in held}
    abouts = {about for _, about in asked}
    for row in SharedAnswer.objects.filter(about__in=abouts).order_by("pk"):
        is_told = _told(row.told, whom) != row.told or _json(row.kept, whom) != row.kept
        if (row.provider, row.about) in asked and (is_told or whom.is_in(row.why_nothing)):
            row.delete()


def _take_out(row: Lookup, whom: Whom) -> bool:
    """Take them out of an answer; say whether they were in it."""
    new = {
        "told": _told(row.told, whom),
        "kept": _json(lasting(row.kept), whom),
        "passing": _json(row.passing, whom),
        "trouble": whom.cut(row.trouble),
    }
    were = {name: value for name, value in new.items() if value != getattr(row, name)}
    for name, value in were.items():
        setattr(row, name, value)
    return bool(were)


def _told(rows: Rows, whom: Whom) -> Rows:
    """Leave out all that was told of them, and mentions of them in what was told of others."""
    theirs = {row["about"] for row in rows if row.get("about") and _is_theirs(row, whom)}
    left = [row for row in rows if row.get("about", ORGANISATION) not in theirs]
    return [row for each in left if (row := whom.out_of(each)) is not GONE]


def _is_theirs(row: dict[str, Any], whom: Whom) -> bool:
    values = (row["about"], row["value"] if row["field"] in ("name", "email") else "")
    return any(isinstance(each, str) and whom.is_meant(each) for each in values)


def _json(value: Any, whom: Whom) -> Any:
    left = whom.out_of(value)
    return {} if left is GONE else left
