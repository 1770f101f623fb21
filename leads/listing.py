"""Which leads a filter means, page by page (keyset), counted no further than a person reads."""

import base64
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from crm import ids
from crm.tenants.models import Membership
from leads import more_filters, search, sight
from leads.models import Lead

PAGE = 50
# Few enough to be gathered and sorted, which is quicker then than to walk all leads in their order.
FEW = 3000
LONGEST_CURSOR = 200


@dataclass(frozen=True)
class Page:
    """`after` and `before` are cursors, "" at either end."""

    leads: list[Lead]
    after: str
    before: str


def matching(membership: Membership, wanted: dict[str, Any]) -> QuerySet[Lead]:
    """Give the leads that the member sees and the filters mean."""
    leads = sight.leads(membership)
    if text := str(wanted.get("q", "")).strip():
        leads = search.narrow(leads, text)
    for name in ("stage", "tier", "owner"):
        if name in wanted:
            leads = leads.filter(**{name: wanted[name]})
    if "new" in wanted:
        leads = leads.filter(pk__gte=week_ago())
    if "campaign" in wanted:
        found = {"origins__tenant": membership.tenant, "origins__ref": wanted["campaign"]}
        leads = leads.filter(**found)
    for condition in more_filters.conditions(membership.tenant, wanted):
        leads = leads.filter(condition)
    return leads


def count(leads: QuerySet[Lead]) -> int:
    """Count them up to 3,000; one more means more."""
    return leads.order_by()[: FEW + 1].count()


def week_ago() -> UUID:
    """Give the least id of the leads that count as new."""
    return ids.since(timezone.now() - timedelta(days=7))


def total_label(total: int) -> str:
    """Say how many there are; what was not counted to its end is “3,000+”."""
    return f"{FEW:,}+" if total > FEW else f"{total:,}"


def page(leads: QuerySet[Lead], total: int, *, after: str = "", before: str = "") -> Page:
    """Give a page, the best score first; the newest of equals first. `total` is their `count`."""
    rows = leads.select_related("organisation", "stage", "owner")
    # The database would walk its index on the score, however few of its leads are meant.
    order = F("score") + 0 if total <= FEW else F("score")
    if back := _read(before):
        score, pk = back
        rows = rows.filter(Q(score__gt=score) | Q(score=score, pk__gt=pk))
        found = list(rows.order_by(order.asc(), "pk")[: PAGE + 1])
        has_more = len(found) > PAGE
        found = found[:PAGE][::-1]
        return Page(found, _cursor(found[-1:]), _cursor(found[:1]) if has_more else "")
    here = _read(after)
    if here:
        score, pk = here
        rows = rows.filter(Q(score__lt=score) | Q(score=score, pk__lt=pk))
    found = list(rows.order_by(order.desc(), "-pk")[: PAGE + 1])
    more = _cursor(found[PAGE - 1 : PAGE]) if len(found) > PAGE else ""
    return Page(found[:PAGE], more, _cursor(found[:1]) if here else "")


def _cursor(leads: list[Lead]) -> str:
    if not leads:
        return ""
    text = json.dumps([leads[0].score, str(leads[0].pk)])
    return base64.urlsafe_b64encode(text.encode()).decode()


def _read(cursor: str) -> tuple[int, str] | None:
    """Read a cursor; one that was tampered with means the first page."""
    if len(cursor) > LONGEST_CURSOR:
        return None
    try:
        score, pk = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return int(score), str(UUID(pk))
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None
