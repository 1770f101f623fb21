"""A rule's look at the leads, every minute: what it does, and what is written down of that.

Where more wait than are done in one piece, the next look follows at once. A look is one transaction
that changes leads, writes the batch by which that can be undone and says to whom it was done: a
worker that is killed at any instant has done the whole piece or nothing.
"""

from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from crm.ledger import audit
from crm.tenants import members, whereabouts
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership
from crm.work.lease import Lease
from crm.work.models import State
from crm.work.table import Table
from leads.acts.act import Outcome, named
from leads.changes import batches
from leads.lead.locking import hold
from leads.models import Batch, Change, Lead, Reaction, ReactionDeed
from leads.reacting import deeds, meant, standing
from leads.reacting.then import Then

EVERY = timedelta(minutes=1)
# A look is followed by a rest of so many times its length: looking takes little of a worker.
SHARE = 30
LONGEST_REST = timedelta(hours=1)
# Unless more is waiting to be done.
AT_ONCE = {"state": State.READY, "due_at": Now()}
LONGEST_SAID = ReactionDeed._meta.get_field("said").max_length or 0


def work(row: Reaction, lease: Lease) -> None:
    """Look once, and say when to look next."""
    began = monotonic()
    with acting_for(row.tenant):
        rule = Reaction.of(row.tenant).select_related("tenant", "by").filter(pk=row.pk).first()
        if rule is None or not rule.is_on:
            lease.finish(row)
            return
        by = members.acting(rule.tenant, rule.by_id)
        why = standing.trouble(rule, by)
        changes: dict[str, Any] = {"trouble": why}
        if why or by is None:
            if why != rule.trouble:
                standing.tell(rule, why)
        else:
            # Their filters were chosen by their days.
            with timezone.override(whereabouts.zone(by.user)):
                changes |= _look(rule, by)
        due = timedelta(seconds=(monotonic() - began) * SHARE)
        later = Now() + min(max(due, EVERY), LONGEST_REST)
        lease.release(row, **{"state": State.WAITING, "due_at": later} | changes)


def _look(rule: Reaction, by: Membership) -> dict[str, Any]:
    """Do the next piece; give what becomes of the row."""
    leads, now = meant.matching(rule, by), timezone.now()
    if rule.is_for_new:
        has_more = meant.leave_alone(rule, leads)
        # The rest at once: who comes to match from now on is no longer left alone.
        return {"is_for_new": has_more, "looked_at": now} | (AT_ONCE if has_more else {})
    then = deeds.of(rule)
    waiting = then.narrowed(meant.fresh(rule, leads)).order_by("pk")
    idents = list(waiting.values_list("pk", flat=True)[: then.piece])
    done = _piece(rule, then, waiting, idents, by) if idents else 0
    has_more = len(idents) == then.piece
    if not has_more:
        # After leads are held: whoever merges or deletes them holds them before what is kept here.
        meant.tend(rule, leads)
    acted = {"acted_at": now, "done": rule.done + done} if done else {}
    return {"looked_at": now} | acted | (AT_ONCE if has_more else {})


def _piece(
    rule: Reaction, then: Then, waiting: QuerySet[Lead], idents: list[UUID], by: Membership
) -> int:
    """Hold these, and do it to those that still wait; give how many it was done to."""
    then.keep(idents, rule.tenant)
    hold(Lead.of(rule.tenant).filter(pk__in=idents))
    # A colleague may have had one in hand until now.
    still = list(waiting.filter(pk__in=idents).values_list("pk", flat=True))
    spared = meant.undone(rule, still)
    meant.mark(rule, spared)
    return _do(rule, then, [each for each in still if each not in spared], by)


def _do(rule: Reaction, then: Then, idents: list[UUID], by: Membership) -> int:
    """Do it to these, and write it down; give how many it was done to."""
    if not idents:
        return 0
    tenant = rule.tenant
    batch = batches.begin(tenant, then.verb, "", by=by.user) if then.verb else None
    outcome = then.do(idents, by, batch, rule)
    said = then.did(named(outcome.done), tenant)[:LONGEST_SAID]
    if batch is not None and not outcome.done:
        batch.delete()
        batch = None
    changed = _changed(batch, said, rule) if batch is not None else set()
    meant.mark(rule, [each for each in idents if each in changed], batch)
    meant.mark(rule, [each for each in idents if each not in changed])
    _tell(rule, said, outcome, batch, by)
    return outcome.done


def _changed(batch: Batch, said: str, rule: Reaction) -> set[UUID]:
    """Say of the batch what was done and why; give the leads that it changed."""
    batch.said = f"{said[: batches.LONGEST_SAID - len(rule.name) - 20]}, by the rule “{rule.name}”"
    batch.ended_at = timezone.now()
    batch.save(update_fields=["said", "ended_at"])
    return set(Change.of(rule.tenant).filter(batch=batch).values_list("lead_id", flat=True))


def _tell(rule: Reaction, said: str, outcome: Outcome, batch: Batch | None, by: Membership) -> None:
    if not outcome.done:
        said = "Nothing was done"
    ReactionDeed.of(rule.tenant).create(
        tenant=rule.tenant,
        reaction=rule,
        batch=batch,
        many=outcome.done,
        said=said,
        skipped=dict(outcome.skipped),
    )
    audit.write(rule, "carried out", by=by.user, after={"what": said})


def gave_up(row: Reaction) -> None:
    """Say on its page, and to managers, that it stands still."""
    Reaction.of(row.tenant).filter(pk=row.pk).update(trouble=standing.FAILED)
    standing.tell(row, standing.FAILED)


def about(row: Reaction) -> str:
    """Say to people what it does."""
    return f"Rule that acts by itself: {row.name}"


TABLE = Table(model=Reaction, work=work, gave_up=gave_up, about=about)
