"""Judges addresses anew whose verdict has grown old: DNS is asked, with no transaction open."""

from collections.abc import Callable, Sequence

from django.utils import timezone

from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work.lease import Lease
from enrichment.emails import checking
from enrichment.emails.checking import Asked
from enrichment.fields import CONTACT
from leads.enriching.addresses import GOOD, SECONDS, read
from leads.facts import proofs
from leads.models import EmailCheck, Fact, Upkeep

LOT = 50
# In one turn; the oldest first, so that the next turn goes on with the others.
MOST = 5_000
COLUMNS = ["state", "reasons", "is_barred", "checked_at"]
End = Callable[[Upkeep, Lease, dict[str, int]], None]


def work(row: Upkeep, lease: Lease, *, end: End) -> None:
    """Judge the next lot; `end` writes that none is left."""
    tenant = row.tenant
    counts = {"checks": 0, "verdicts": 0} | row.counts
    with acting_for(tenant):
        lot = _due(tenant) if counts["checks"] < MOST else []
        asked = _asked(tenant, lot)
        if not lot:
            end(row, lease, counts)
            return
    verdicts = checking.check(asked, seconds=SECONDS)
    now = timezone.now()
    for check, verdict in zip(lot, verdicts, strict=True):
        counts["verdicts"] += check.state != verdict.state
        check.state, check.is_barred = verdict.state, verdict.is_barred
        check.reasons = [reason.words for reason in verdict.reasons]
        check.checked_at = now
    with acting_for(tenant):
        EmailCheck.of(tenant).bulk_update(lot, COLUMNS)
        lease.release(row, counts=counts | {"checks": counts["checks"] + len(lot)})


def _due(tenant: Tenant) -> list[EmailCheck]:
    """Give those whose verdict is old; of what a person knows to be wrong nobody is asked."""
    rows = EmailCheck.of(tenant).filter(checked_at__lt=timezone.now() - GOOD, is_wrong=False)
    return list(rows.order_by("checked_at", "pk")[:LOT])


def _asked(tenant: Tenant, lot: Sequence[EmailCheck]) -> list[Asked]:
    """Say of each whose it is and whether anybody gave it, as the facts know."""
    field = CONTACT["email"]
    keys = {check.address: proofs.digest(field, check.address) for check in lot}
    facts = Fact.of(tenant).filter(field="email", key__in=keys.values())
    people, guesses = set(), set()
    for fact in facts.only("key", "contact_id", "way"):
        if fact.contact_id is not None:
            people.add(fact.key)
        if fact.way == "guess":
            guesses.add(fact.key)
    return [
        Asked(
            text=check.address,
            said=[read(row) for row in check.said],
            is_person=keys[check.address] in people,
            is_guess=keys[check.address] in guesses,
        )
        for check in lot
    ]
