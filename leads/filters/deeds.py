"""What was done with leads, when and by whom, as filters ask for it.

Reports count by the same conditions, so that a figure leads to as many leads as it says.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from crm.pipeline.models import Kind
from crm.tenants.models import Membership
from leads.filters import meanings
from leads.records.history import IS_TALK, STANDS, StageMove, TimelineEntry
from leads.records.working import Task

LOST = Q(to_stage__kind=Kind.LOST)
# Whoever steps back has not been decided: a card was put right.
ONWARD = ~LOST & Q(to_stage__position__gt=F("from_stage__position"))


def entered(membership: Membership, name: str, given: list[Any]) -> Q:
    """Mean those that came into one of the stages, be it by their birth."""
    when, stages = _when(name, given)
    return _exists(StageMove.of(membership.tenant).filter(STANDS, when, to_stage__in=stages))


def brought(membership: Membership, name: str, given: list[Any]) -> Q:
    """Mean those that whoever asks has moved into one of the stages."""
    when, stages = _when(name, given)
    mine = _moves(membership).filter(when, by=membership.user_id, to_stage__in=stages)
    return _exists(mine)


def left(membership: Membership, name: str, given: list[Any]) -> Q:
    """Mean those that went on from one of the stages, were lost from there, or either."""
    when, stages = _when(name, given)
    how = {"onward": ONWARD, "lost": LOST}.get(name, ONWARD | LOST)
    return _exists(_moves(membership).filter(when, how, from_stage__in=stages))


def moved(membership: Membership, name: str, given: list[Any]) -> Q:
    """Mean those that one of these people has moved."""
    when, people = _when(name, given)
    theirs = _moves(membership).filter(when, by__in=_people(membership, people))
    return _exists(theirs)


def talked(membership: Membership, name: str, given: list[Any]) -> Q:
    """Mean those that one of these people has called, or written a note about."""
    when, people = _when(name, given)
    theirs = _talks(membership).filter(when, by__in=_people(membership, people))
    return _exists(theirs)


def task(membership: Membership, name: str, given: list[Any]) -> Q:
    """Mean those about which one of these people has something to do."""
    rows = Task.of(membership.tenant).filter(done_at=None, owner__in=_people(membership, given))
    return _exists(rows.filter(urgency(name)))


def urgency(name: str) -> Q:
    """Mean open tasks that are overdue, that are still due today, or all."""
    now = timezone.now()
    if name == "overdue":
        return Q(due_at__lt=now)
    tomorrow = meanings.start(timezone.localdate() + timedelta(days=1))
    return Q(due_at__gte=now, due_at__lt=tomorrow) if name == "today" else Q()


def first_talk(membership: Membership, name: str, given: list[Any]) -> Q:
    """Mean how many days passed from when the lead came until the first call or note."""
    talks = _talks(membership)
    if name in ("empty", "filled"):
        return _exists(talks) if name == "filled" else ~_exists(talks)

    def before(days: int) -> Q:
        return Q(at__lt=OuterRef("created_at") + timedelta(days=days))

    if name == "within":
        return _exists(talks.filter(before(given[0])))
    later = talks.filter(before(given[1])) if name == "between" else talks
    return _exists(later) & ~_exists(talks.filter(before(given[0])))


def _moves(membership: Membership) -> QuerySet[StageMove]:
    """Give the moves that stand, but for births."""
    return StageMove.of(membership.tenant).filter(STANDS, from_stage__isnull=False)


def _talks(membership: Membership) -> QuerySet[TimelineEntry]:
    return TimelineEntry.of(membership.tenant).filter(IS_TALK)


def _when(name: str, given: list[Any]) -> tuple[Q, list[Any]]:
    """Give the time that is meant, and what was chosen."""
    typed = 2 if name == "during" else 1
    since, until = meanings.ends(name if typed == 2 else "last", given[:typed])
    ends = {"at__gte": since, "at__lt": until}
    return Q(**{end: at for end, at in ends.items() if at}), given[typed:]


def _people(membership: Membership, chosen: list[str]) -> list[Any]:
    return [membership.user_id if each == meanings.MINE else each for each in chosen]


def _exists(rows: QuerySet[Any]) -> Q:
    return Q(Exists(rows.filter(lead=OuterRef("pk"))))
