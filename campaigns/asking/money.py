"""What asking costs: whose key, how many credits, and when enough is enough."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from campaigns import choosing, criteria
from campaigns.discovery.live import LiveSource
from campaigns.discovery.sources import LIVE_BY_SLUG
from campaigns.models import Inquiry, Run, SourceRun
from crm.credits import credits
from crm.credits.words import PENNY
from crm.keys import budget, keys
from crm.tenants.models import Tenant
from crm.work.models import LIVE, State

MANY = 1_000_000
# What may be with the vendor, or has been.
SENT = Q(sent_at__isnull=False) | Q(credits__gt=0) | Q(cost_micros__gt=0)


@dataclass(frozen=True)
class Allowance:
    """How many questions more may be asked; `trouble` says what a person must mend first."""

    questions: int
    trouble: str = ""


def allowance(row: SourceRun, source: LiveSource, going: Inquiry | None = None) -> Allowance:
    """Say how many questions the source may still ask; call it under `runs.room`.

    `going` is the one that goes out now, none while they are planned.
    """
    tenant, run = row.tenant, row.run
    key = choosing.key_of(tenant, source)
    if source.service and key is None:
        return Allowance(0, missing(source))
    if key is not None and (refused := _refused(tenant, source)):
        return Allowance(0, refused)
    if not source.costs:
        return Allowance(MANY)
    wanted = criteria.read(run.wanted)
    most = row.questions_most
    if most is None:
        # It was launched before that was kept.
        most = source.quote(tenant, wanted).questions
    # What was quoted before the launch is the most, whoever pays for it.
    bounds = [most - Inquiry.of(tenant).filter(SENT, source_run=row).count()]
    under_way = _under_way(Inquiry.of(tenant).filter(source_run__run=run))
    if each := choosing.price(source, key):
        left = credits.left(tenant, run.reservation) if run.reservation else 0
        bounds.append((left - under_way["credits"]) // each)
    if charge := source.charge():
        if wanted.budget_pence is not None:
            rest = wanted.budget_pence * PENNY - _spent(run) - under_way["micros"]
            bounds.append(rest // charge)
        month = budget.room(tenant, source.service, going.pk if going else None)
        if month is not None and month < charge:
            return Allowance(0, budget.used_up(source.label, "; then resume"))
        if month is not None:
            bounds.append(month // charge)
    return Allowance(max(0, min(bounds)))


def missing(source: LiveSource) -> str:
    """Say that there is no key for it, and what to do."""
    return f"{source.label} has no key. Put one in under API keys, then resume."


def costs_under_way(tenant: Tenant, service: str, going: UUID) -> int:
    """Say what the questions of all runs to a service may still cost, but for the one `going`."""
    slugs = [slug for slug, each in LIVE_BY_SLUG.items() if each.service == service]
    if not slugs:
        return 0
    rows = Inquiry.of(tenant).filter(source_run__source__in=slugs)
    return _under_way(rows.exclude(pk=going))["micros"]


def _refused(tenant: Tenant, source: LiveSource) -> str:
    standing = keys.standing(tenant, source.service)
    if standing.state not in ("refused", "no_credit"):
        return ""
    return f"{source.label}: {standing.said} Mend it under API keys, then resume."


def _spent(run: Run) -> int:
    rows = SourceRun.of(run.tenant).filter(run=run)
    spent: int = rows.aggregate(n=Sum("cost_micros", default=0))["n"]
    return spent


def _under_way(rows: QuerySet[Inquiry]) -> Mapping[str, int]:
    """What those that may go out, and are not answered yet, may cost at the most."""
    sent = rows.filter(LIVE | Q(state=State.HELD))
    found = sent.aggregate(credits=Sum("credits", default=0), micros=Sum("cost_micros", default=0))
    return {name: int(number) for name, number in found.items()}


def book(
    inquiry: Inquiry, source: LiveSource, *, quantity: int, cost_micros: int
) -> dict[str, Any]:
    """Book what a question has cost, in the transaction of its effect; give what to note of it.

    It takes what was to be taken when it was sent, whoever's key there is by now.
    """
    run = inquiry.source_run.run
    if not source.costs:
        return {"credits": 0, "cost_micros": 0}
    taken = inquiry.credits * quantity
    if taken:
        # Never more than was confirmed, whatever the vendor says it took.
        taken = min(taken, credits.left(run.tenant, run.reservation) if run.reservation else 0)
    credits.spend(
        run.tenant,
        run.reservation,
        service=source.service,
        action=source.action,
        quantity=quantity,
        credits=taken,
        cost_micros=cost_micros,
        by=run.by,
        for_=choosing.purpose(run.campaign),
    )
    rows = SourceRun.of(run.tenant).filter(pk=inquiry.source_run_id)
    rows.update(cost_micros=F("cost_micros") + cost_micros)
    return {"credits": taken, "cost_micros": cost_micros}


def book_under_way(run: Run) -> None:
    """Book what was sent and nobody waits for any more, at what it may cost at the most."""
    rows = Inquiry.of(run.tenant).filter(source_run__run=run, sent_at__isnull=False)
    for inquiry in rows.exclude(state__in=[State.DONE, State.DEAD]).select_related("source_run"):
        inquiry.source_run.run = run
        source = LIVE_BY_SLUG[inquiry.source_run.source]
        book(inquiry, source, quantity=1, cost_micros=source.charge())
