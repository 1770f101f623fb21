"""A launch that is sent twice launches once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from crm.tenants.models import Tenant, User
from leads.enriching import launching
from leads.enriching.choosing import Meant
from leads.models import EnrichmentItem, EnrichmentRun

TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
# Of so many that somebody has begun since they were shown the form.
LOOKED_AT = 20


@transaction.atomic
def launch(
    tenant: Tenant,
    meant: Meant,
    kinds: Sequence[str],
    titles: Sequence[str],
    *,
    why: EnrichmentRun.Why,
    most: int,
    by: User,
    since: datetime,
) -> EnrichmentRun:
    """Begin, unless the same person has begun the very same since they were shown the form.

    Raises launching.CannotEnrich, and credits.TooFew.
    """
    with connection.cursor() as cursor:
        # Two clicks at once come one after the other.
        cursor.execute(TURN, [f"enrichment:{tenant.pk}:{by.pk}"])
    same = EnrichmentRun.of(tenant).filter(
        by=by, why=why, label=meant.label[:200], kinds=list(kinds), created_at__gte=since
    )
    for run in same.order_by("-created_at")[:LOOKED_AT]:
        if list(run.titles) == list(titles) and _about(run) == set(meant.organisations):
            return run
    return launching.launch(
        tenant,
        meant.organisations,
        kinds,
        why=why,
        label=meant.label,
        by=by,
        most=most,
        titles=titles,
        ref=meant.ref,
    )


def _about(run: EnrichmentRun) -> set[UUID]:
    rows = EnrichmentItem.of(run.tenant).filter(run=run)
    return set(rows.values_list("organisation_id", flat=True))
