"""The kanban board: what stands where, and how a lead moves."""

from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction

from crm.pipeline.models import Stage
from crm.tenants.models import Membership, User
from leads.lead.locking import lock
from leads.models import Batch, Lead, StageMove
from leads.moving import asking, moving, places
from leads.moving.asking import Answers
from leads.moving.moving import UNSEEN, Moved, many
from leads.moving.refusals import (
    GONE,
    MovedMeanwhile,
    MoveRefused,
    PursuedAlready,
    StageGone,
    Unmet,
    is_second,
)

__all__ = [
    "GONE",
    "UNSEEN",
    "MoveRefused",
    "Moved",
    "MovedMeanwhile",
    "PursuedAlready",
    "StageGone",
    "Unmet",
    "move",
    "move_many",
]


@transaction.atomic
def move(
    lead: Lead,
    *,
    to: Stage,
    by: User,
    version: int | None = None,
    after: Lead | None = None,
    answers: Answers = asking.UNASKED,
    is_asked: bool = False,
) -> Lead:
    """Put the lead in a stage, below the card `after` or at the top, and write it down.

    `version` is what the mover saw: a lead that moved since is not moved again. Whoever `is_asked`
    gives by `answers` what the stage asks for, or is refused.
    """
    lead = lock(lead)
    if version is not None and version != lead.version:
        raise MovedMeanwhile(_who_was_faster(lead, by), lead)
    asking.hold(to)
    if to.pipeline_id != lead.pipeline_id:
        raise MoveRefused(f"{to.name} belongs to another pipeline. Choose a stage of this board.")
    if lead.stage_id == to.pk:
        moving.place([lead], to, after, by=by)
        return lead
    _check(lead, to)
    if is_asked:
        _meet(lead, to, answers)
    try:
        with transaction.atomic():
            moving.carry([lead], to, places.below(to, after, [lead]), by=by, answers=answers)
    except IntegrityError as error:
        if not is_second(error):
            raise
        raise PursuedAlready(f"{lead.title} is pursued already, by another card.") from None
    return lead


def move_many(
    ids: list[UUID],
    *,
    to: Stage,
    by: Membership,
    after: Lead | None = None,
    versions: Mapping[UUID, int] | None = None,
    answers: Answers | None = None,
    batch: Batch | None = None,
    is_placed: bool = False,
) -> Moved:
    """Move those of the leads that can be moved, in their order, and count the others by reason.

    The stage asks: what `answers` leaves open, or is too much for it, is left alone. With `batch`
    they are added to an act that is under way. `is_placed` puts those that stand there already
    beside the others.
    """
    return many(
        ids,
        to=to,
        by=by,
        after=after,
        versions=versions or {},
        answers=answers or Answers(),
        batch=batch,
        is_placed=is_placed,
    )


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
    if other := moving.pursued([lead], to).get(lead.organisation_id):
        said = f"{lead.title} is pursued already, in {other.stage.name}."
        raise PursuedAlready(f"{said} Move that card instead.", other)


def _meet(lead: Lead, to: Stage, answers: Answers) -> None:
    if unmet := answers.unmet(lead, to):
        lacks = " and ".join(asking.LACKS[each] for each in unmet)
        raise Unmet(f"{lead.title} has {lacks}, which {to.name} asks for. Say it first.")
    full = None if answers.anyway else asking.full(to, 1)
    if full is not None:
        raise Unmet(
            f"{full.said} Move a card out of it first, or ask an owner or manager to let "
            "one more in."
        )
