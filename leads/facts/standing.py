"""What becomes of each value of a field: in use, proposed, or there for whoever asks why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from enrichment.blend import WORTH_A_LOOK, Value
from enrichment.ways import ONLY_PROPOSED
from leads.facts import proofs
from leads.models import Fact
from leads.records.known import Status

# Several may be true of them, though the record has room for one.
SEVERAL = {"name"}


@dataclass(frozen=True)
class Field:
    """One field of one subject: its values, the surest first, and what stands in the record.

    `known` are its facts by their key. `record` is the key of what stands in the column, "" where
    it is empty, None where the field has no column.
    """

    values: Sequence[Value]
    known: dict[str, Fact]
    record: str | None


def decide(field: Field) -> list[tuple[Value, str, Status]]:
    """Say what becomes of each value, with its key. What a person has dismissed stays dismissed.

    A person's value is never replaced: whatever else is told is proposed, if it is worth a look.
    """
    said: list[tuple[Value, str, Status]] = []
    has_one = False
    keeps = _persons(field)
    for value in field.values:
        key = proofs.short(value.key)
        before = field.known.get(key)
        if before is not None and before.status == Status.DISMISSED:
            said.append((value, key, Status.DISMISSED))
            continue
        status = _status(field, value, key, keeps, has_one)
        has_one = has_one or status == Status.APPLIED
        said.append((value, key, status))
    return said


def _status(field: Field, value: Value, key: str, keeps: str, has_one: bool) -> Status:
    is_worth_it = value.sureness >= WORTH_A_LOOK
    has_room = value.field.has_many or value.field.slug in SEVERAL
    if key == keeps or (has_room and _is_persons(field.known.get(key))):
        # What a source adds to a person's word is a proof more, or a denial.
        return Status.APPLIED
    if field.record and key == field.record:
        # What a machine has filled in stays until another value is surer.
        return Status.SUPERSEDED if has_one and not has_room else Status.APPLIED
    if value.told.way in ONLY_PROPOSED and not is_worth_it:
        return Status.SUPERSEDED if has_one or keeps or field.record else Status.PROPOSED
    if not is_worth_it:
        return Status.SUPERSEDED
    if has_room:
        return Status.APPLIED
    if keeps:
        return Status.PROPOSED
    if has_one:
        # The surest is in use; where the record has room for one, a person may know better.
        return Status.PROPOSED if field.record is not None else Status.SUPERSEDED
    return Status.APPLIED


def _persons(field: Field) -> str:
    """Give the key of a value that a person has written or accepted, "" where there is none."""
    for key, fact in field.known.items():
        if _is_persons(fact):
            return key
    if not field.record:
        return ""
    machine = field.known.get(field.record)
    is_machine = (
        machine is not None
        and machine.status == Status.APPLIED
        and not proofs.is_persons(machine.proofs)
    )
    return "" if is_machine else field.record


def _is_persons(fact: Fact | None) -> bool:
    return (
        fact is not None and fact.status == Status.APPLIED and fact.decided_by_id is not None
    )


def wanted(found: list[Value], facts: Iterable[Fact]) -> list[Value]:
    """Leave out what a person decided against: it is not known, and another is looked for.

    What stands in the record all the same, as a merge may have it, is a person's choice, too.
    """
    against = {fact.key for fact in facts if _is_against(fact)}
    if not against:
        return found
    return [
        each
        for each in found
        if proofs.short(each.key) not in against or _is_record(each)
    ]


def _is_record(value: Value) -> bool:
    return any(proof.source == proofs.RECORD for proof in value.proofs)


def _is_against(fact: Fact) -> bool:
    """Say whether a person dismissed it, or put another in its place."""
    is_replaced = fact.status == Status.SUPERSEDED and fact.decided_by_id is not None
    return is_replaced or fact.status == Status.DISMISSED


def changed(fact: Fact, **new: Any) -> bool:
    """Put what is new into the fact; say whether anything was."""
    differs = False
    for name, value in new.items():
        if getattr(fact, name) != value:
            setattr(fact, name, value)
            differs = True
    return differs
