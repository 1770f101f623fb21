"""Remembers of whom everything was known that a run wanted, so that the next need not look.

A stamp is a digest of what was wanted from whom and of what the database held then: as soon as
anybody writes to the organisation, or a key is put in, it fits no longer.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from crm.changing import change
from enrichment.lookups import keeping
from enrichment.lookups.models import Lookup
from enrichment.waterfall import offers
from leads.enriching import gathering
from leads.enriching.plan import Plan
from leads.enriching.visiting import Visit, fields
from leads.facts import proofs
from leads.models import Quality

# However long answers are good, values grow old.
LONGEST = timedelta(days=30)
Versions = Mapping[UUID, tuple[Any, ...]]


def fitting(plan: Plan, versions: Versions) -> dict[UUID, int]:
    """Give of whom nothing is wanted that is not known, with how complete each is."""
    rows = Quality.of(plan.tenant).filter(organisation__in=list(versions), stamp__gt="")
    good = rows.filter(good_until__gt=timezone.now())
    wanted = _wanted(plan)
    return {
        ident: completeness
        for ident, stamp, completeness in good.values_list(
            "organisation", "stamp", "completeness"
        )
        if stamp == _stamp(wanted, versions[ident])
    }


def put(plan: Plan, visits: Sequence[Visit]) -> None:
    """Stamp those of whom nobody was left out; in the transaction that has settled them."""
    done = {visit.dossier.organisation.pk: visit for visit in visits if _is_whole(visit)}
    if not done:
        return
    now, wanted = gathering.versions(plan.tenant, done), _wanted(plan)
    rows = list(Quality.of(plan.tenant).filter(organisation__in=list(done)))
    for row in rows:
        row.stamp = _stamp(wanted, now[row.organisation_id])
        row.good_until = _until(done[row.organisation_id], plan)
    change(rows, ["stamp", "good_until"])


def _is_whole(visit: Visit) -> bool:
    """Whether asking again would bring nothing: what has no key is part of what is wanted."""
    left = (each for each in visit.asked.said.values() if each["outcome"] == "left")
    if visit.waits or visit.is_cut:
        return False
    return not any(each.get("again") or each.get("paid") for each in left)


def _until(visit: Visit, plan: Plan) -> datetime:
    wants = fields(plan)
    ends = (
        _good(lookup, keeping.days_good(provider, wants)) for lookup, provider, _ in visit.heard
    )
    return min([timezone.now() + LONGEST, *ends])


def _good(lookup: Lookup, days: int) -> datetime:
    if lookup.state in (Lookup.State.FAILED, Lookup.State.LOST):
        days = keeping.DAYS_AFTER_FAILURE
    return (lookup.answered_at or timezone.now()) + timedelta(days=days)


def _wanted(plan: Plan) -> str:
    asked: Iterable[Any] = (
        sorted(plan.wants),
        sorted(plan.titles),
        [(each.slug, sorted(offers(each))) for each in plan.order],
        sorted(plan.usable),
        plan.paid_from_score,
    )
    return json.dumps(list(asked))


def _stamp(wanted: str, version: tuple[Any, ...]) -> str:
    return proofs.short(f"{wanted} {version}")

