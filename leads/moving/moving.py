"""Carries leads from stage to stage in few statements, however many they are."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from crm.ledger import audit
from crm.pipeline.models import Kind, Stage
from crm.tenants.models import Membership, User
from leads.changes import batches
from leads.changes.batches import Changed
from leads.lead import customers
from leads.lead.locking import hold
from leads.models import Batch, Lead, StageMove, Task, TimelineEntry
from leads.moving import asking, places
from leads.moving.asking import Answers
from leads.moving.refusals import MoveRefused, is_second
from leads.scored import flow
from leads.sight import sight
from leads.timeline import timeline
from leads.work import tasks as planned

UNSEEN = "not there, or not yours to see"
ELSEWHERE = "in another pipeline"
THERE = "there already"
MEANWHILE = "moved by somebody meanwhile"
PURSUED = "pursued already, by another lead"
FULL = "no room in the stage"


@dataclass
class Moved:
    """What became of a move of several: the leads that were moved, and the others by reason.

    `left` says of those that are seen which reason is theirs.
    """

    leads: list[Lead] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    batch: Batch | None = None
    left: dict[UUID, str] = field(default_factory=dict)


@dataclass
class Sorted:
    """Leads before a move: those that come, those that are there, and why others are left."""

    coming: list[Lead] = field(default_factory=list)
    staying: list[Lead] = field(default_factory=list)
    left: dict[UUID, str] = field(default_factory=dict)


def called(leads: list[Lead]) -> str:
    """Name the one lead, or count them."""
    return leads[0].title if len(leads) == 1 else f"{len(leads):,} leads"


@transaction.atomic
def many(
    ids: list[UUID],
    *,
    to: Stage,
    by: Membership,
    after: Lead | None,
    versions: Mapping[UUID, int],
    answers: Answers,
    batch: Batch | None,
    is_placed: bool,
) -> Moved:
    """Move those that can be moved; see `board.move_many`."""
    tenant = by.tenant
    hold(Lead.of(tenant).filter(pk__in=ids))
    asking.hold(to)
    done = Moved(batch=batch)
    seen = sight.leads(by).filter(pk__in=ids)
    found = list(
        seen.select_related("organisation", "stage", "owner", "tenant").order_by(
            "stage__position", "rank", "id"
        )
    )
    parts = sort(found, to, versions=versions, answers=answers, is_placed=is_placed)
    coming, staying, done.left = parts.coming, parts.staying, parts.left
    done.skipped = +Counter({UNSEEN: len(set(ids)) - len(found)}) + Counter(done.left.values())
    if not coming:
        place(staying, to, after, by=by.user)
        return done
    placed = {lead.pk for lead in (*coming, *staying)}
    together = [lead for lead in found if lead.pk in placed]
    ranks = dict(zip(together, places.below(to, after, together), strict=True))
    try:
        with transaction.atomic():
            place(staying, to, after, by=by.user, ranks=[ranks[lead] for lead in staying])
            done.batch = carry(
                coming,
                to,
                [ranks[lead] for lead in coming],
                by=by.user,
                answers=answers,
                batch=batch,
            )
    except IntegrityError as error:
        if not is_second(error):
            raise
        raise MoveRefused(
            "A colleague reopened one of these leads at the same moment. Try again."
        ) from None
    done.leads = coming
    return done


def sort(
    found: list[Lead],
    to: Stage,
    *,
    versions: Mapping[UUID, int],
    answers: Answers,
    is_placed: bool = False,
) -> Sorted:
    """Say of each of these, in their order, what a move to the stage would make of it."""
    parts = Sorted()
    others = pursued(found, to)
    room = None if answers.anyway or to.wip_limit is None else to.wip_limit
    if room is not None:
        room = max(0, room - Lead.of(to.tenant).filter(stage=to).count())
    for lead in found:
        why = _why_not(lead, to, versions, others, answers)
        if why == THERE and is_placed:
            parts.staying.append(lead)
        elif why:
            parts.left[lead.pk] = why
        elif room is not None and len(parts.coming) >= room:
            parts.left[lead.pk] = FULL
        else:
            parts.coming.append(lead)
            # A second of the same organisation finds this one open.
            others.setdefault(lead.organisation_id, lead) if not to.is_closed else None
    return parts


def _why_not(
    lead: Lead,
    to: Stage,
    versions: Mapping[UUID, int],
    others: Mapping[UUID, Lead],
    answers: Answers,
) -> str:
    if lead.pipeline_id != to.pipeline_id:
        return ELSEWHERE
    if versions.get(lead.pk, lead.version) != lead.version:
        return MEANWHILE
    if lead.stage_id == to.pk:
        return THERE
    other = others.get(lead.organisation_id)
    if lead.closed_at is not None and other is not None and not to.is_closed:
        return PURSUED
    unmet = answers.unmet(lead, to)
    return asking.LACKS[unmet[0]] if unmet else ""


def pursued(leads: list[Lead], to: Stage) -> dict[UUID, Lead]:
    """Give the open leads that stand in the way of reopening these, by organisation."""
    closed = [lead for lead in leads if lead.closed_at is not None]
    if to.is_closed or not closed:
        return {}
    others = Lead.of(to.tenant).filter(
        organisation__in={lead.organisation_id for lead in closed},
        pipeline=to.pipeline_id,
        closed_at=None,
    )
    return {each.organisation_id: each for each in others.select_related("stage")}


def place(
    leads: list[Lead], to: Stage, after: Lead | None, *, by: User, ranks: list[str] | None = None
) -> None:
    """Change the place within a column: no move, hence no history and no new version."""
    changes = []
    for lead, rank in zip(leads, ranks or places.below(to, after, leads), strict=True):
        before = batches.picture(lead, "place")
        lead.rank = rank
        changes.append(Changed(lead, before, batches.picture(lead, "place")))
    if not changes:
        return
    Lead.of(to.tenant).bulk_update(leads, ["rank"], batch_size=200)
    batches.record("place", f"Put {called(leads)} elsewhere in {to.name}", changes, by=by)


def carry(
    leads: list[Lead],
    to: Stage,
    ranks: list[str],
    *,
    by: User,
    answers: Answers,
    batch: Batch | None = None,
) -> Batch:
    """Put the leads, which are held, into the stage and write it down everywhere."""
    now = timezone.now()
    changes, steps, tasks = [], [], []
    told: dict[Lead, str] = {}
    said: dict[UUID, tuple[dict[str, Any], dict[str, Any]]] = {}
    if batch is None:
        batch = batches.begin(to.tenant, "move", f"Moved {called(leads)} to {to.name}", by=by)
    for lead, rank in zip(leads, ranks, strict=True):
        here, before = lead.stage, batches.picture(lead, "move")
        words, task = asking.fill(lead, to, answers)
        waited = int((now - lead.stage_since).total_seconds())
        lead.stage, lead.rank, lead.stage_since, lead.active_at = to, rank, now, now
        lead.closed_at = now if to.is_closed else None
        lead.lost_reason = answers.reason if to.kind == Kind.LOST else ""
        lead.version += 1
        shown = batches.picture(lead, "move")
        if task is not None and answers.due_at is not None:
            task.owner, task.created_by = lead.owner or by, by
            task.due_at, task.due_day = planned.reckon(answers.due_at, task.owner)
            tasks.append(task)
            # An undo throws it away.
            shown["task"] = str(task.pk)
        changes.append(Changed(lead, before, shown))
        moved = [f"Moved from {here.name} to {to.name}.", *words, answers.why]
        told[lead] = " ".join(filter(None, moved))
        reason = {"reason": answers.reason} if answers.reason else {}
        said[lead.pk] = {"stage": here.name}, {"stage": to.name, **reason}
        steps.append(
            StageMove(
                tenant=to.tenant, lead=lead, from_stage=here, to_stage=to, by=by, at=now,
                seconds_before=waited, batch=batch.pk, reason=answers.reason,
            )
        )  # fmt: skip
    pictures = {change.lead.pk: change.after for change in changes}
    batches.put(to.tenant, pictures, [*batches.VERBS["move"].columns, "version"])
    batches.add(batch, changes)
    StageMove.of(to.tenant).bulk_create(steps, batch_size=1000)
    Task.of(to.tenant).bulk_create(tasks)
    for task in tasks:
        planned.settle(task.lead)
    customers.settle(leads, tenant=to.tenant)
    timeline.write_all(told, TimelineEntry.Kind.MOVE, tenant=to.tenant, by=by)
    audit.write_all(
        leads,
        "moved",
        by=by,
        before=lambda lead: said[lead.pk][0],
        after=lambda lead: said[lead.pk][1],
    )
    flow.queue_all(lead for lead in leads if lead.closed_at is None)
    return batch
