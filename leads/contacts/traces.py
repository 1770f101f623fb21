"""What of a person stands in a row, by its table: one that lives, or one made of an image."""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model

from enrichment.persons import GONE, Whom
from leads.analysing import forgetting as analyses
from leads.facts import columns, proofs
from leads.models import Analysis, EnrichmentItem, Fact


@dataclass(frozen=True)
class Person:
    """Somebody with the contacts that they were, and the words by which a text may call them."""

    whom: Whom
    contacts: Set[UUID]
    words: re.Pattern[str] | None


@dataclass(frozen=True)
class Trace:
    """`take_out` changes these columns of a row; it gives False where that told of them alone."""

    model: type[Model]
    columns: tuple[str, ...]
    take_out: Callable[[Any, Person], bool]


def _of_fact(fact: Fact, person: Person) -> bool:
    """What is in use in the record stays: an address may be theirs and the organisation's."""
    if fact.contact_id in person.contacts:
        return False
    whom, value = person.whom, fact.value
    if not (fact.field in columns.OF_ORGANISATION and fact.status == "applied"):
        value = whom.out_of(value)
    if value is GONE:
        return False
    field = proofs.field(fact.field, is_person=False)
    if field is not None and value != fact.value:
        fact.key = proofs.digest(field, value)
    fact.value = value
    fact.proofs = [row | {"quote": whom.cut(row["quote"])} for row in fact.proofs]
    return True


def _of_run(item: EnrichmentItem, person: Person) -> bool:
    """Have runs say what was asked and what it took, and no more of whom."""
    item.asked = out_of_run(item.asked, person.whom)
    return True


def _of_analysis(row: Analysis, person: Person) -> bool:
    """What the AI was told of them, and said of them."""
    analyses.take_out(row, person.whom, person.words)
    return True


FACTS = Trace(Fact, ("value", "key", "proofs"), _of_fact)
RUNS = Trace(EnrichmentItem, ("asked",), _of_run)
ANALYSES = Trace(Analysis, ("facts", "said", "trouble", "asked"), _of_analysis)


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
