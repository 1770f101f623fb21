"""Where cards stand in a column: ranks between those that are there."""

from functools import partial

from django.db import connection, transaction

from crm.pipeline import rank
from crm.pipeline.models import Stage
from crm.tenants.acting import acting_for
from leads.models import Lead

# The column holds 300.
LONG_RANK = 200
HOLD_COLUMN = "SELECT id FROM leads_lead WHERE stage_id = %s ORDER BY id FOR NO KEY UPDATE"
# In front of every rank that `rank.last` makes, so that later arrivals still come last.
RESPACE = """
UPDATE leads_lead AS lead SET rank = 'i0' || lpad(place::text, 9, '0') || 'i'
FROM (
    SELECT id, row_number() OVER (ORDER BY rank, id) AS place
    FROM leads_lead WHERE stage_id = %s
) AS ordered
WHERE lead.id = ordered.id
"""


def below(stage: Stage, after: Lead | None, moving: list[Lead]) -> list[str]:
    """Make ranks for these, in their order, below the card `after` or at the top."""
    others = Lead.of(stage.tenant).filter(stage=stage).exclude(pk__in=[one.pk for one in moving])
    above = after.rank if after is not None and after.stage_id == stage.pk else ""
    following = others.filter(rank__gt=above).order_by("rank", "id")
    found = rank.spread(above, following.values_list("rank", flat=True).first() or "", len(moving))
    if found and len(found[0]) > LONG_RANK:
        transaction.on_commit(partial(respace, stage))
    return found


def respace(stage: Stage) -> None:
    """Give the cards of a column short ranks again, in their order, in a transaction of its own.

    Hundreds of drops into the same gap make ranks long; the column has room for hundreds more.
    """
    with acting_for(stage.tenant), connection.cursor() as cursor:
        # All in the same order, so that two of these wait for each other instead of dead-locking.
        cursor.execute(HOLD_COLUMN, [stage.pk])
        cursor.execute(RESPACE, [stage.pk])
