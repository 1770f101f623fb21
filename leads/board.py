"""The kanban board: what stands where, and how a lead moves."""

from functools import partial

from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from crm.ledger import audit
from crm.pipeline import rank
from crm.pipeline.models import Kind, Stage
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant, User
from leads import timeline
from leads.locking import lock
from leads.models import Lead, Organisation, StageMove, TimelineEntry


class MoveRefused(ValueError):
    """The move can't be made; the sentence says why and what to do."""


class PursuedAlready(MoveRefused):
    """Another lead of the organisation is open: `other`, if it could be told which."""

    def __init__(self, sentence: str, other: Lead | None = None) -> None:
        super().__init__(sentence)
        self.other = other


class StageGone(MoveRefused):
    """The stage was deleted meanwhile."""


GONE = "That stage was deleted meanwhile. Reload the board to see the rest."


class MovedMeanwhile(MoveRefused):
    """A colleague was faster; `lead` shows the truth."""

    def __init__(self, sentence: str, lead: Lead) -> None:
        super().__init__(sentence)
        self.lead = lead


def counts(leads: QuerySet[Lead]) -> dict[str, int]:
    """Count the cards per stage id."""
    rows = leads.order_by().values("stage").annotate(n=Count("pk"))
    return {str(row["stage"]): row["n"] for row in rows}


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


@transaction.atomic
def move(
    lead: Lead, *, to: Stage, by: User, version: int | None = None, after: Lead | None = None
) -> Lead:
    """Put the lead in a stage, below the card `after` or at the top, and write it down.

    `version` is what the mover saw: a lead that moved since is not moved again.
    """
    lead = lock(lead)
    if version is not None and version != lead.version:
        raise MovedMeanwhile(_who_was_faster(lead, by), lead)
    _hold(to)
    if to.pipeline_id != lead.pipeline_id:
        raise MoveRefused(f"{to.name} belongs to another pipeline. Choose a stage of this board.")
    here = lead.stage
    new_rank = _rank(lead.tenant, to, after, lead)
    if here.pk == to.pk:
        return _reorder(lead, new_rank)
    _check(lead, to)
    now = timezone.now()
    StageMove.of(lead.tenant).create(
        tenant=lead.tenant,
        lead=lead,
        from_stage=here,
        to_stage=to,
        by=by,
        at=now,
        seconds_before=int((now - lead.stage_since).total_seconds()),
    )
    lead.stage, lead.rank, lead.stage_since = to, new_rank, now
    lead.closed_at = now if to.is_closed else None
    lead.version += 1
    try:
        with transaction.atomic():
            lead.save(update_fields=["stage", "rank", "stage_since", "closed_at", "version"])
    except IntegrityError:
        # A colleague reopened another lead of the organisation at the same moment.
        raise PursuedAlready(f"{lead.title} is pursued already, by another card.") from None
    _settle_customer(lead)
    timeline.write(lead, TimelineEntry.Kind.MOVE, f"Moved from {here.name} to {to.name}.", by=by)
    audit.write(lead, "moved", by=by, before={"stage": here.name}, after={"stage": to.name})
    return lead


def _hold(stage: Stage) -> None:
    """Let nobody delete the stage until the move is committed, without holding up other moves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pipeline_stage WHERE id = %s FOR KEY SHARE", [stage.pk])
        if cursor.fetchone() is None:
            raise StageGone(GONE)


def _who_was_faster(lead: Lead, by: User) -> str:
    last = StageMove.of(lead.tenant).filter(lead=lead).select_related("by").order_by("-at").first()
    if last and last.by_id == by.pk:
        return (
            f"You moved {lead.title} to {lead.stage.name} meanwhile, in another window. "
            "It stands there now."
        )
    who = str(last.by) if last and last.by else "Somebody"
    return f"{who} moved {lead.title} to {lead.stage.name} meanwhile. It stands there now."


def _check(lead: Lead, to: Stage) -> None:
    if not to.is_closed and lead.closed_at is not None:
        others = Lead.of(lead.tenant).filter(
            organisation=lead.organisation_id, pipeline=lead.pipeline_id, closed_at=None
        )
        if other := others.select_related("stage").first():
            said = f"{lead.title} is pursued already, in {other.stage.name}."
            raise PursuedAlready(f"{said} Move that card instead.", other)


def _rank(tenant: Tenant, stage: Stage, after: Lead | None, moving: Lead) -> str:
    found = _between(tenant, stage, after, moving)
    if len(found) > LONG_RANK:
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


def _between(tenant: Tenant, stage: Stage, after: Lead | None, moving: Lead) -> str:
    others = Lead.of(tenant).filter(stage=stage).exclude(pk=moving.pk).order_by("rank", "id")
    above = after.rank if after is not None and after.stage_id == stage.pk else ""
    below = others.filter(rank__gt=above).values_list("rank", flat=True).first() or ""
    return rank.place(above, below)


def _reorder(lead: Lead, new_rank: str) -> Lead:
    """Change the place within a column: no move, hence no history and no new version."""
    lead.rank = new_rank
    lead.save(update_fields=["rank"])
    return lead


def _settle_customer(lead: Lead) -> None:
    """Becoming CUSTOMER makes the organisation a customer for every later campaign."""
    organisation = lead.organisation
    bought = Q(leads__stage__kind=Kind.CUSTOMER)
    is_customer = Organisation.of(lead.tenant).filter(bought, pk=organisation.pk).exists()
    if is_customer == organisation.is_customer:
        return
    organisation.customer_since = timezone.now() if is_customer else None
    organisation.save(update_fields=["customer_since"])
