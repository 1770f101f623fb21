"""Holding the AI's answer against the facts that it was given: what rests on none is left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from enrichment import orders
from leads.analysing.facts import PERSON
from leads.analysing.grounds import unfounded
from leads.analysing.schema import PARTS

MOST, MOST_CITED, LONGEST = 5, 12, 500
MOST_POUNDS, MOST_MONTHS = 1_000_000_000, 240
# The bounds of an estimate, by the part that it belongs to.
ESTIMATES = {
    "value": ("from_pounds", "to_pounds", MOST_POUNDS),
    "timeline": ("from_months", "to_months", MOST_MONTHS),
}
# What suggests, and claims nothing.
SUGGESTS = frozenset({"approach", "questions"})
# May rest on what is not known.
FREE = frozenset({"questions"})
Rows = Sequence[Mapping[str, Any]]


@dataclass
class Checked:
    """`parts` by their names, each with its `statements` and what else it says; `left_out` names
    the part of each statement, estimate or person that rests on no fact.
    """

    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(part["statements"] for part in self.parts.values())


def check(data: Mapping[str, Any], facts: Rows, *, name: str) -> Checked:
    """Check an answer that fits the schema; `name` is what the lead is called."""
    found = Checked()
    by_number = {row["n"]: row for row in facts}
    for slug in PARTS:
        part = dict(data[slug])
        own = _estimate(slug, part, found)
        holds = _Holds(by_number, name, own, slug)
        kept = [row for row in part["statements"][:MOST] if holds.of(row)]
        found.left_out += [slug] * (len(part["statements"]) - len(kept))
        part["statements"] = [_tidy(row) for row in kept]
        if slug in ESTIMATES and own and not kept:
            # An estimate is worth what it rests on.
            part |= dict.fromkeys(ESTIMATES[slug][:2])
            found.left_out.append(slug)
        if (who := part.get("who")) is not None:
            part["who"] = _tidy(who) if holds.of(who) else None
            found.left_out += [slug] * (part["who"] is None)
        found.parts[slug] = part
    return found


def _estimate(slug: str, part: dict[str, Any], found: Checked) -> list[int]:
    """Give the figures of a part's estimate; one that is none is taken out."""
    if slug not in ESTIMATES:
        return []
    low, high, most = ESTIMATES[slug]
    given = [part[low], part[high]]
    if given == [None, None]:
        return []
    known = [each for each in given if each is not None]
    if all(0 <= each <= most for each in known) and known == sorted(known) and known[-1] > 0:
        return known
    part |= {low: None, high: None}
    found.left_out.append(slug)
    return []


@dataclass
class _Holds:
    by_number: Mapping[int, Mapping[str, Any]]
    name: str
    own: Sequence[int]
    slug: str

    def of(self, row: Mapping[str, Any]) -> bool:
        """Say whether a statement rests on facts that there are, and says no more than they do."""
        text, numbers = row["text"].strip(), row["facts"]
        if not 0 < len(text) <= LONGEST or len(numbers) > MOST_CITED or orders.is_one(text):
            return False
        if not all(number in self.by_number for number in numbers):
            return False
        if not numbers and self.slug not in FREE:
            return False
        cited = " · ".join(_words(self.by_number[number]) for number in numbers)
        return not unfounded(
            text,
            cited,
            name=self.name,
            own=self.own,
            others=" ".join(self._others(numbers)),
            is_claim=self.slug not in SUGGESTS,
        )

    def _others(self, numbers: Sequence[int]) -> Iterator[str]:
        for number, row in self.by_number.items():
            if row["kind"] == PERSON and number not in numbers:
                yield row["text"].partition(",")[0]


def _words(row: Mapping[str, Any]) -> str:
    return f"{row['text']} ({row['source']}, {row['on']})"


def _tidy(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": row["text"].strip(), "facts": list(dict.fromkeys(row["facts"]))}
