"""What a draft would make of the company's latest open leads, reckoned a piece at a time.

Each piece is one transaction that writes what it found along with the place up to which it has
come: a worker that is killed at any instant has done the whole piece or nothing of it.
"""

import heapq
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from crm.bounds.counts import capped
from crm.tasks import wake
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant, User
from crm.work import queue
from crm.work.lease import Lease
from crm.work.models import State
from crm.work.table import Table
from leads.models import CardPreview, Lead, Scorecard
from leads.scored import cards, catalogue, evidence, rows
from leads.scored.rows import Row
from scoring import reading
from scoring.card import GRADES, LOWEST, Card
from scoring.engine import Engine, Scored
from scoring.evidence import Evidence

LIVE = (State.READY, State.LEASED, State.WAITING)
DAYS = 90
MOST, PIECE = 20_000, 500
# Of those that change so many are kept to be looked at, those that change most.
MOST_KEPT = 2_000
BANDS = 10
TIERS = ("hot", "warm", "cold")
# "" for those of which too little is known.
ALL_GRADES = (*GRADES, LOWEST, "")
# What stands in a row of those that change: points, tier and grade before and after.
Changed = list[Any]


@transaction.atomic
def begin(card: Scorecard, *, by: User) -> CardPreview:
    """Have a draft tried out as it stands now, in place of what was found before."""
    Scorecard.of(card.tenant).select_for_update(no_key=True).get(pk=card.pk)
    known = latest(card)
    if known is not None and known.state in LIVE and known.edition == card.edition:
        return known
    # Whoever works on one at this moment writes nothing more of it.
    CardPreview.of(card.tenant).filter(card=card).delete()
    by_now = cards.current(card.tenant).card
    many = capped(_meant(card.tenant), MOST)
    made: CardPreview = CardPreview.of(card.tenant).create(
        tenant=card.tenant,
        card=card,
        edition=card.edition,
        by=by,
        total=min(many, MOST),
        found={"against": str(by_now or ""), "is_cut": many > MOST},
    )
    wake()
    return made


def latest(card: Scorecard) -> CardPreview | None:
    """Give what is known of a draft, or is being reckoned."""
    rows_of = CardPreview.of(card.tenant).filter(card=card).select_related("by")
    found: CardPreview | None = rows_of.order_by("-created_at", "-id").first()
    return found


def _meant(tenant: Tenant) -> QuerySet[Lead]:
    since = timezone.now() - timedelta(days=DAYS)
    return Lead.of(tenant).filter(closed_at=None, created_at__gte=since)


def work(row: CardPreview, lease: Lease) -> None:
    """Score the next piece by both cards, and write down how far it has come."""
    with acting_for(row.tenant):
        card = Scorecard.of(row.tenant).get(pk=row.card_id)
        now = cards.current(row.tenant)
        if card.edition != row.edition or str(now.card or "") != row.found.get("against"):
            # What was found until now is of two different cards.
            lease.finish(row, found={"is_overtaken": True}, ended_at=timezone.now())
            return
        following = _meant(row.tenant)
        if row.last is not None:
            following = following.filter(pk__lt=row.last)
        most = min(PIECE, MOST - row.done)
        # The newest first, if not all can be looked at.
        idents = list(following.order_by("-pk").values_list("pk", flat=True)[:most])
        then = Engine(reading.read(card.written, catalogue.of(row.tenant), published=True))
        compared = _compared(row.tenant, idents, now.engine, then)
        found = _with(row.found, compared, now.engine.card, then.card)
        done = row.done + len(idents)
        if len(idents) < PIECE or done >= MOST:
            ended = timezone.now()
            lease.finish(row, found=found, done=done, total=done, ended_at=ended)
        else:
            lease.release(row, found=found, done=done, last=idents[-1], total=max(row.total, done))


def _compared(
    tenant: Tenant, idents: Sequence[Any], now: Engine, then: Engine
) -> list[tuple[Row, Scored, Scored]]:
    read = rows.read(tenant, idents)
    wanted = evidence.asked(now.card) | evidence.asked(then.card)
    gathered: Sequence[Evidence] = evidence.gather(tenant, read, wanted=wanted)
    return [
        (row, now.score(known), then.score(known))
        for row, known in zip(read, gathered, strict=True)
    ]


def _with(
    found: Mapping[str, Any],
    compared: Sequence[tuple[Row, Scored, Scored]],
    card: Card,
    draft: Card,
) -> Any:
    """Give what was found with these leads as well."""
    told = {
        "points": _tallies(found, "points", BANDS),
        "tiers": _tallies(found, "tiers", len(TIERS)),
        "grades": _tallies(found, "grades", len(ALL_GRADES)),
    }
    counts = {name: int(found.get(name, 0)) for name in ("tier", "grade", "either", "is_set")}
    changed: list[Changed] = list(found.get("changed", ()))
    for row, now, then in compared:
        before, after = _seen(row, now, card), _seen(row, then, draft)
        counts["is_set"] += row.is_set
        for side, (points, tier, grade) in enumerate((before, after)):
            told["points"][side][min(points // BANDS, BANDS - 1)] += 1
            told["tiers"][side][TIERS.index(tier)] += 1
            told["grades"][side][ALL_GRADES.index(grade)] += 1
        counts["tier"] += before[1] != after[1]
        counts["grade"] += before[2] != after[2]
        if before[1:] != after[1:]:
            counts["either"] += 1
            changed.append([str(row.lead), *before, *after])
    kept = heapq.nlargest(MOST_KEPT, changed, key=by_change)
    return {**found, **told, **counts, "changed": kept}


def _tallies(found: Mapping[str, Any], name: str, many: int) -> list[list[int]]:
    return [list(side) for side in found.get(name, ())] or [[0] * many, [0] * many]


def _seen(row: Row, scored: Scored, card: Card) -> tuple[int, str, str]:
    """Give points, tier and grade; where a person has set the points, no card changes those."""
    if row.is_set:
        return row.score, card.tier(row.score), scored.grade.name
    return scored.points.points, scored.points.tier, scored.grade.name


def by_change(row: Changed) -> tuple[int, str]:
    """Order by how many points a lead gains or loses; its id makes the order the same always."""
    return abs(row[4] - row[1]), row[0]


def queued_again(row: CardPreview) -> None:
    """Go on where it stopped, unless another has begun; raises CannotQueue."""
    newer = CardPreview.of(row.tenant).filter(card=row.card_id, created_at__gt=row.created_at)
    if newer.exists():
        raise queue.CannotQueue("The draft was tried out once more since.")
    CardPreview.of(row.tenant).filter(pk=row.pk).update(ended_at=None)


def gave_up(row: CardPreview) -> None:
    """Have its page say that it came to no end."""
    CardPreview.of(row.tenant).filter(pk=row.pk).update(ended_at=timezone.now())


def about(row: CardPreview) -> str:
    """Say to people what it does."""
    return f"Tries out version {row.card.number} of the scorecard"


TABLE = Table(
    model=CardPreview,
    work=work,
    gave_up=gave_up,
    queued_again=queued_again,
    about=about,
    related=("card",),
)
