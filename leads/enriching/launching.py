"""Beginning a run: of one lead, of chosen ones, of a campaign's, of what grows old."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from crm import tasks
from crm.credits import credits
from crm.credits.purpose import Purpose
from crm.ledger import audit
from crm.tenants.models import Tenant, User
from crm.work.models import State
from enrichment import kinds as known_kinds
from leads.enriching import gathering, quality
from leads.models import EnrichmentItem, EnrichmentRun, Organisation, Quality

# What one run takes at the most; a page of it says so.
MOST = 10_000
MOST_TITLES = 5
LONGEST_TITLE = 80
LOT = 500
MOST_RECKONED = 200


class CannotEnrich(ValueError):
    """It can't be begun; the sentence says why and what to do."""


@transaction.atomic
def launch(
    tenant: Tenant,
    organisations: Collection[UUID],
    kinds: Sequence[str],
    *,
    why: EnrichmentRun.Why,
    label: str,
    by: User | None,
    most: int = 0,
    titles: Sequence[str] = (),
    ref: UUID | None = None,
) -> EnrichmentRun:
    """Begin, with as many credits set aside as were confirmed.

    Raises CannotEnrich, and credits.TooFew.
    """
    wanted = [slug for slug in known_kinds.KINDS if slug in set(kinds)]
    if not wanted:
        raise CannotEnrich("Choose at least one kind of data.")
    there = list(
        Organisation.of(tenant).filter(pk__in=list(organisations)).values_list("pk", flat=True)
    )
    if not there:
        raise CannotEnrich("None of these leads is there any more.")
    if len(there) > MOST:
        raise CannotEnrich(
            f"One run takes up to {MOST:,} organisations, and these are {len(there):,}. Narrow"
            " the list down, or begin with a part of it."
        )
    run = EnrichmentRun(
        tenant=tenant,
        why=why,
        label=label[:200],
        ref=ref,
        by=by,
        kinds=wanted,
        titles=[title[:LONGEST_TITLE] for title in titles][:MOST_TITLES],
        most=most,
        total=len(there),
    )
    if most:
        purpose = Purpose(ref or run.pk, run.label, run.get_absolute_url())
        run.reservation = credits.reserve(tenant, most, by=by, for_=purpose)
    run.before = _before(tenant, there)
    run.save(force_insert=True)
    for start in range(0, len(there), LOT):
        EnrichmentItem.of(tenant).bulk_create(
            EnrichmentItem(tenant=tenant, run=run, organisation_id=ident, state=State.HELD)
            for ident in there[start : start + LOT]
        )
    audit.write(
        run,
        "began",
        by=by,
        after={"organisations": len(there), "kinds": ", ".join(wanted), "credits": most},
    )
    tasks.wake()
    return run


def _before(tenant: Tenant, idents: Sequence[UUID]) -> dict[str, float]:
    """Reckon the meters that nobody has reckoned yet, and give the average of all."""
    known = set(
        Quality.of(tenant).filter(organisation__in=idents).values_list("organisation", flat=True)
    )
    # Of very many those have to do that are reckoned already: somebody waits for the page.
    missing = [ident for ident in idents if ident not in known][:MOST_RECKONED]
    for start in range(0, len(missing), LOT):
        quality.keep(tenant, gathering.gather(tenant, missing[start : start + LOT]))
    return quality.figures(tenant, idents)
