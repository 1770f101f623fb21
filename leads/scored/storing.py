"""Scores many leads at once and writes only what is another than before.

Nobody waits for whoever scores, and whoever scores waits for nobody who has a lead in hand: such a
lead is left, and given back to the caller, who sees to it a moment later.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db import connection
from django.utils import timezone

from crm import changing
from crm.ids import uuid7
from crm.tenants.models import Tenant
from crm.upward import named
from leads.models import Lead, Score, TimelineEntry
from leads.scored import cards, evidence, rows
from leads.scored.cards import Working
from leads.scored.rows import Row, Shows, among, array
from leads.timeline import timeline
from scoring.engine import Scored
from scoring.evidence import Evidence

# Two who score leads of one company do so one after the other, each from what the last has left:
# else the slower one would write down what it had seen before the news.
HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
LAST = """
SELECT lead.id, last.receipt::text, last.card_id, last.points, last.chance
FROM unnest(%s::uuid[]) AS lead (id)
CROSS JOIN LATERAL (
    SELECT receipt, card_id, points, chance FROM leads_score
    WHERE lead_id = lead.id AND tenant_id = %s ORDER BY lead_id, id DESC LIMIT 1
) AS last
"""
# In one order, as everybody else takes them.
PUT = """
UPDATE leads_lead AS lead SET score = new.score, tier = new.tier, grade = new.grade,
    grade_value = new.grade_value, fit = new.fit, engagement = new.engagement
FROM (SELECT * FROM json_to_recordset(%s::json) AS told (
    id uuid, score int, tier text, grade text, grade_value int, fit int, engagement int
) ORDER BY id) AS new WHERE lead.id = new.id AND lead.tenant_id = %s
"""
PUT_BESIDE = """
UPDATE leads_lead AS lead SET chance = new.chance, closeness = new.closeness
FROM (SELECT * FROM json_to_recordset(%s::json) AS told (id uuid, chance int, closeness int)
ORDER BY id) AS new WHERE lead.id = new.id AND lead.tenant_id = %s
"""
BY_CARD = ": the scorecard was changed"
# What somebody says beside the scorecard of a lead, by its id; who is not named keeps what it has.
Known = Mapping[UUID, int | None]


class Chances(Protocol):
    """Says the chances of many leads at once, in per mille; `facts` are those that it needs."""

    facts: frozenset[str]

    def __call__(
        self, leads: Sequence[Row], known: Sequence[Evidence], scored: Sequence[Scored]
    ) -> Known: ...


@dataclass
class Stored:
    """`seen` were scored, of which `changed` have other points or another tier now.

    `left` are those that somebody had in hand at this moment: nothing was written of them.
    """

    seen: int = 0
    changed: int = 0
    left: list[UUID] = field(default_factory=list)


class _Last(NamedTuple):
    receipt: Any
    card: UUID | None
    points: int
    chance: int | None


class _New(NamedTuple):
    row: Row
    scored: Scored
    shows: Shows
    chance: int | None
    closeness: int | None
    last: _Last | None
    is_news: bool

    @property
    def lead(self) -> UUID:
        return self.row.lead

    @property
    def is_another(self) -> bool:
        return self.shows != self.row.shows

    @property
    def is_another_beside(self) -> bool:
        return (self.chance, self.closeness) != (self.row.chance, self.row.closeness)


def hold(tenant: Tenant) -> None:
    """Score alone in this company until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [f"scores:{tenant.pk}"])


def score(
    tenant: Tenant,
    idents: Sequence[UUID],
    *,
    tells: bool = False,
    tells_tiers: bool = False,
    closeness: Known | None = None,
    chances: Chances | None = None,
) -> Stored:
    """Score these of a company's leads, those that are open, in the caller's transaction.

    `tells` writes on the timeline where the points have changed; `tells_tiers`, for all leads at
    once, where the tier has and the lead was scored before. `closeness` and `chances` come
    from whoever knows them; without, closeness is what the company's vectors say, and the chance
    what its model says: while there are none, a lead keeps what it has.
    """
    hold(tenant)
    by = cards.current(tenant)
    read = rows.read(tenant, idents)
    model = chances or _model(tenant)
    wanted = evidence.asked(by.engine.card) | (model.facts if model else frozenset())
    near = _closeness(tenant, read) if closeness is None else closeness
    gathered = evidence.gather(tenant, read, wanted=wanted, closeness=near)
    scored = [by.engine.score(known) for known in gathered]
    told = model(read, gathered, scored) if model else {}
    was = _last(tenant, read)
    found = []
    for row, known, each in zip(read, gathered, scored, strict=True):
        chance, last = told.get(row.lead, row.chance), was.get(row.lead)
        new = _new(row, each, known, chance, last, by)
        if new.is_news or new.is_another or new.is_another_beside:
            found.append(new)
    stored = Stored(len(read))
    if found:
        mine = _write(tenant, found, by, stored)
        if tells:
            _tell(tenant, mine)
        if tells_tiers:
            _tell_tiers(tenant, mine, by)
    return stored


def _model(tenant: Tenant) -> Chances | None:
    """Give what says the chances of a company's leads; None until there is any."""
    return next(filter(None, (find(tenant) for find in named("CHANCES"))), None)


def _closeness(tenant: Tenant, read: Sequence[Row]) -> Known:
    """Give the closeness of those of which it can be told by now, None included."""
    told: dict[UUID, int | None] = {}
    for tell in named("CLOSENESS"):
        told |= tell(tenant, {row.organisation for row in read})
    return {row.lead: told[row.organisation] for row in read if row.organisation in told}


def _last(tenant: Tenant, read: Sequence[Row]) -> dict[UUID, _Last]:
    with connection.cursor() as cursor:
        cursor.execute(LAST, [array(row.lead for row in read), tenant.pk])
        # As it comes, JSON is a text.
        return {
            lead: _Last(json.loads(receipt), *rest) for lead, receipt, *rest in cursor.fetchall()
        }


def _new(
    row: Row,
    scored: Scored,
    known: Evidence,
    chance: int | None,
    last: _Last | None,
    by: Working,
) -> _New:
    is_news = (
        last is None
        or last.card != by.card
        or last.chance != chance
        or last.receipt != scored.receipt
    )
    shows = Shows.of(scored)
    if row.is_set:
        # A person has said how many points; the tier that these are is the card's to say.
        tier = by.engine.card.tier(row.score)
        shows = shows._replace(score=row.score, tier=tier)
    return _New(row, scored, shows, chance, known.closeness, last, is_news)


def _write(tenant: Tenant, found: list[_New], by: Working, stored: Stored) -> list[_New]:
    """Write what can be written at this moment; give that."""
    of_them = among("pk", array(new.lead for new in found))
    open_ones = Lead.of(tenant).filter(of_them, closed_at=None)
    taken = open_ones.order_by("pk").select_for_update(no_key=True, skip_locked=True)
    held = dict(taken.values_list("pk", "is_set"))
    # Whether a person sets the score may have changed since it was read.
    mine = [new for new in found if held.get(new.lead) == new.row.is_set]
    written = {new.lead for new in mine}
    stored.left = [new.lead for new in found if new.lead not in written]
    stored.changed = sum(new.shows[:2] != new.row.shows[:2] for new in mine)
    at = timezone.now()
    changing.copy(Score, [_kept(tenant, new, by, at) for new in mine if new.is_news])
    _put(tenant, PUT, {new.lead: new.shows._asdict() for new in mine if new.is_another})
    beside = {
        new.lead: {"chance": new.chance, "closeness": new.closeness}
        for new in mine
        if new.is_another_beside
    }
    _put(tenant, PUT_BESIDE, beside)
    return mine


def _put(tenant: Tenant, statement: str, columns: Mapping[UUID, dict[str, Any]]) -> None:
    """Write these columns of leads, as one text of JSON."""
    if columns:
        told = [{"id": str(lead)} | each for lead, each in columns.items()]
        with connection.cursor() as cursor:
            cursor.execute(statement, [json.dumps(told), tenant.pk])


def _kept(tenant: Tenant, new: _New, by: Working, at: Any) -> dict[str, Any]:
    """Give the row that keeps what each line saw, so that it can be explained at any later time."""
    return {
        "id": uuid7(), "tenant_id": tenant.pk, "lead_id": new.lead, "at": at, "card_id": by.card,
        "chance": new.chance, "closeness": new.closeness,
    } | columns(new.scored)  # fmt: skip


def columns(scored: Scored) -> dict[str, Any]:
    """Give what was reckoned by the names of the columns of a Score."""
    points, grade = scored.points, scored.grade
    return {
        "points": points.points, "tier": points.tier, "grade": grade.name, "fit": grade.fit,
        "engagement": grade.engagement, "receipt": scored.receipt,
    }  # fmt: skip


def _tell(tenant: Tenant, written: list[_New]) -> None:
    """Say on the timelines what the points were and are; of those that a person has set nothing."""
    said = {
        Lead(pk=new.lead): (
            f"Score changed from {new.last.points} to {new.shows.score} ({new.shows.tier})."
        )
        for new in written
        if new.last is not None
        and not new.row.is_set
        and new.last.points != new.scored.points.points
    }
    if said:
        timeline.write_all(said, TimelineEntry.Kind.SCORE, tenant=tenant, by=None)


def _tell_tiers(tenant: Tenant, written: list[_New], by: Working) -> None:
    """Say on the timelines which tiers are others now."""
    said = {
        new.lead: _tier(new.row, new.shows, BY_CARD if new.last.card != by.card else "")
        for new in written
        if new.last is not None and new.shows.tier != new.row.tier
    }
    if said:
        timeline.write_by_id(said, TimelineEntry.Kind.SCORE, tenant=tenant, by=None)


def _tier(was: Row, now: Shows, why: str) -> str:
    if was.score == now.score:
        return f"Tier changed from {was.tier} to {now.tier} at {now.score} points{why}."
    return f"Score changed from {was.score} to {now.score} ({now.tier}){why}."
