"""What a stage asks of a lead that enters it, and what is answered on the spot."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from crm.bounds.counts import capped
from crm.look.formats import pounds
from crm.pipeline.models import Asked, Kind, Stage
from crm.tenants.models import User
from leads.models import Contact, Lead, StageMove, Task
from leads.moving.refusals import GONE, StageGone

REASONS = (
    "Too expensive",
    "Chose a competitor",
    "No need",
    "No budget",
    "Not now",
    "No answer",
    "Not a fit",
    "Closed down",
)
HOLD = "SELECT 1 FROM pipeline_stage WHERE id = %s FOR KEY SHARE"
HOLD_ALONE = "SELECT 1 FROM pipeline_stage WHERE id = %s FOR NO KEY UPDATE"
LONGEST_REASON = StageMove._meta.get_field("reason").max_length or 0
COLUMNS = {
    Asked.OWNER: "owner_id",
    Asked.VALUE: "value_pence",
    Asked.CONTACT: "contact_id",
    Asked.TASK: "next_due",
}
LACKS = {
    Asked.OWNER: "no owner",
    Asked.VALUE: "no value",
    Asked.CONTACT: "no contact",
    Asked.TASK: "no next action",
    Asked.REASON: "no reason given",
}


@dataclass(frozen=True)
class Answers:
    """What the mover says: each is given to those leads that lack it."""

    owner: User | None = None
    value_pence: int | None = None
    contact: Contact | None = None
    task: str = ""
    due_at: datetime | date | None = None
    reason: str = ""
    # What the timeline says of it, where it was no person's wish of the moment.
    why: str = ""
    # Into a stage that is full, too.
    anyway: bool = False
    # The leads that are the mover's to give to somebody; None where that was not asked.
    giveable: Collection[UUID] | None = None

    def meets(self, asked: Asked) -> bool:
        """Say whether this answers it."""
        given: dict[Asked, Any] = {
            Asked.OWNER: self.owner,
            Asked.VALUE: self.value_pence is not None,
            Asked.CONTACT: self.contact,
            Asked.TASK: self.task and self.due_at,
            Asked.REASON: self.reason,
        }
        return bool(given[asked])

    def unmet(self, lead: Lead, to: Stage) -> list[Asked]:
        """Give what the stage asks that neither the lead has nor this answers."""
        return [
            each
            for each in lacking(lead, to)
            if not self.meets(each) or (each == Asked.OWNER and not self.gives(lead))
        ]

    def gives(self, lead: Lead) -> bool:
        """Say whether the mover may give this lead an owner: one only shared with them stays."""
        return self.giveable is None or lead.pk in self.giveable


# Of moves that no person makes.
UNASKED = Answers(anyway=True)


@dataclass(frozen=True)
class Full:
    """A stage with no room: it holds `held` of at most `most`, and `coming` want in.

    It is counted no further than to one more than fit.
    """

    stage: Stage
    held: int
    most: int
    coming: int = 1

    @property
    def said(self) -> str:
        """Say so."""
        if self.held > self.most:
            return f"{self.stage.name} has more than its {self.most:,} already."
        return f"{self.stage.name} has {self.held:,} of {self.most:,}."


@dataclass(frozen=True)
class Open:
    """What is still to be asked before these leads may enter."""

    of: int = 0
    # How many lack each.
    lacking: Counter[Asked] = field(default_factory=Counter)
    full: Full | None = None

    def __bool__(self) -> bool:
        return bool(self.lacking or self.full)


def asks(to: Stage) -> list[Asked]:
    """Give what the stage asks; one where leads are lost always asks why."""
    wanted = {*to.asks, *([Asked.REASON] if to.kind == Kind.LOST else [])}
    return [each for each in Asked if each in wanted]


def asks_why(to: Stage, reason: object) -> str:
    """Say that the stage asks for a reason where none is given; "" where nothing is amiss."""
    if reason or Asked.REASON not in asks(to):
        return ""
    return f"{to.name} asks why. Give the reason in a few words."


def lacking(lead: Lead, to: Stage) -> list[Asked]:
    """Give what the stage asks and the lead does not have."""
    if lead.stage_id == to.pk:
        return []
    return [each for each in asks(to) if each not in COLUMNS or not _has(lead, COLUMNS[each])]


def _has(lead: Lead, column: str) -> bool:
    return getattr(lead, column) is not None


def open_of(leads: Iterable[Lead], to: Stage) -> Open:
    """Give what is to be asked of these together."""
    coming = [
        lead for lead in leads if lead.stage_id != to.pk and lead.pipeline_id == to.pipeline_id
    ]
    found = Counter(each for lead in coming for each in lacking(lead, to))
    return Open(len(coming), found, full(to, len(coming)))


def full(to: Stage, coming: int) -> Full | None:
    """Say whether so many more would be too many."""
    if to.wip_limit is None or not coming:
        return None
    held = holds(to, to.wip_limit)
    return Full(to, held, to.wip_limit, coming) if held + coming > to.wip_limit else None


def holds(to: Stage, most: int) -> int:
    """Count what stands in the stage, up to one more than `most`."""
    return capped(Lead.of(to.tenant).filter(stage=to), most)


def hold(to: Stage) -> None:
    """Let nobody delete the stage until the move is committed, without holding up other moves.

    Into a stage that may become full people come one after the other. Raises StageGone.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD if to.wip_limit is None else HOLD_ALONE, [to.pk])
        if cursor.fetchone() is None:
            raise StageGone(GONE)


def fill(lead: Lead, to: Stage, answers: Answers) -> tuple[list[str], Task | None]:
    """Give the lead what it lacked; say what that was, with the task that it makes."""
    told, task = [], None
    missing = lacking(lead, to)
    if Asked.OWNER in missing and answers.owner is not None and answers.gives(lead):
        lead.owner = answers.owner
        told.append(f"Given to {answers.owner}.")
    if Asked.VALUE in missing and answers.value_pence is not None:
        lead.value_pence = answers.value_pence
        told.append(f"Value set to {pounds(answers.value_pence)}.")
    if Asked.CONTACT in missing and answers.contact is not None:
        if answers.contact._state.adding:
            answers.contact.save()
        lead.contact = answers.contact
        told.append(f"Contact is {answers.contact}.")
    if Asked.TASK in missing and answers.task and answers.due_at is not None:
        task = Task(tenant=lead.tenant, lead=lead, text=answers.task)
        told.append(f"Next: {answers.task}.")
    if Asked.REASON in missing and answers.reason:
        told.append(f"Reason: {answers.reason}.")
    return told, task
