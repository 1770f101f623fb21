"""What of a person stands in a row, by its table: one that lives, or one made of an image."""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any
from uuid import UUID

from django.db.models import Model

from enrichment.persons import GONE, Whom
from leads.analysing import forgetting as analyses
from leads.facts import columns, proofs
from leads.models import Analysis, EnrichmentItem, Fact


class Left(Enum):
    SAME = auto()
    CHANGED = auto()
    # It told of them alone.
    NOTHING = auto()


@dataclass(frozen=True)
class Person:
    """Somebody with the contacts that they were, and the words by which a text may call them."""

    whom: Whom
    contacts: Set[UUID]
    words: re.Pattern[str] | None


@dataclass(frozen=True)
class Trace:
    """`take_out` changes these columns of a row, and says what is left of it."""

    model: type[Model]
    columns: tuple[str, ...]
    take_out: Callable[[Any, Person], Left]


def of_fact(fact: Fact, person: Person) -> Left:
    """What is in use in the record stays: an address may be theirs and the organisation's."""
    if fact.contact_id in person.contacts:
        return Left.NOTHING
    whom, value = person.whom, fact.value
    if not (fact.field in columns.OF_ORGANISATION and fact.status == "applied"):
        value = whom.out_of(value)
    if value is GONE:
        return Left.NOTHING
    said = [row | {"quote": whom.cut(row["quote"])} for row in fact.proofs]
    if (value, said) == (fact.value, fact.proofs):
        return Left.SAME
    field = proofs.field(fact.field, is_person=False)
    if field is not None and value != fact.value:
        fact.key = proofs.digest(field, value)
    fact.value, fact.proofs = value, said
    return Left.CHANGED


def of_run(item: EnrichmentItem, person: Person) -> Left:
    """Have runs say what was asked and what it took, and no more of whom."""
    said = out_of_run(item.asked, person.whom)
    if said == item.asked:
        return Left.SAME
    item.asked = said
    return Left.CHANGED


def of_analysis(row: Analysis, person: Person) -> Left:
    """What the AI was told of them, and said of them."""
    changed = analyses.take_out(row, person.whom, person.words)
    return Left.CHANGED if changed else Left.SAME


TRACES = (
    Trace(Fact, ("value", "key", "proofs"), of_fact),
    Trace(EnrichmentItem, ("asked",), of_run),
    Trace(Analysis, ("facts", "said", "trouble", "asked"), of_analysis),
)


def out_of_run(asked: dict[str, dict[str, Any]], whom: Whom) -> dict[str, dict[str, Any]]:
    """Give what came of asking in a run without them: outcome and credits stay."""
    return dict(_asked(key, said, whom) for key, said in asked.items())


def _asked(key: str, said: dict[str, Any], whom: Whom) -> tuple[str, dict[str, Any]]:
    person = str(said.get("person", "")).removeprefix("new:")
    if not (whom.is_in(key) or whom.is_meant(person)):
        return key, said | ({"why": whom.cut(said["why"])} if "why" in said else {})
    slug = key.split("|")[0]
    left = {name: value for name, value in said.items() if name != "why"}
    return f"{slug}|{proofs.short(key)}", left | ({"person": "gone"} if "person" in said else {})
