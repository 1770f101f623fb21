"""Points from 0 to 100 and the tier that follows from them, by a scorecard.

Each group's lines are capped together, and all at 100. What is unknown scores 0; "other" needs a
value.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from scoring.card import MOST, SOURCE_GROUPS, Card, Rule
from scoring.conditions import EMPTY
from scoring.evidence import CLOSENESS, HAPPENINGS, Evidence, happened

SEMANTIC = "semantic"
NOTHING = (0, None, "")
# Of the fields whose mere presence gives points: the group to which each belongs.
GIVEN = {
    "email": "completeness", "phone": "completeness", "company_name": "profile",
    "job_title": "profile", "industry": "profile",
}  # fmt: skip
# Points, what was seen, and the name of the value that it was.
Finding = tuple[int, Any, str]


class Line(NamedTuple):
    """What one line gave, and what it saw; `key` says which line of the card it is.

    `field` is the value that it saw, whose source is named with it.
    """

    key: str
    points: int
    saw: Any
    field: str = ""


@dataclass(frozen=True)
class Points:
    """`total` is what the groups gave together before it was cut at 0 and 100."""

    points: int
    total: int
    tier: str
    lines: tuple[Line, ...]


Look = tuple[str, str, Callable[[Evidence], Finding]]


def reckoner(card: Card) -> Callable[[Evidence], Points]:
    """Make what reckons points by this card, for many leads."""
    looks = tuple(_looks(card))
    events = {f"rule:{rule.key}" for rule in card.rules if rule.event}
    # Most leads have seen nothing happen yet: of them nobody need count what did.
    quiet = tuple(look for look in looks if look[0] not in events)
    caps = {slug: group.cap for slug, group in card.groups.items()}

    def reckon(evidence: Evidence) -> Points:
        sums: dict[str, int] = defaultdict(int)
        lines = []
        for key, group, look in looks if evidence.happenings else quiet:
            found = look(evidence)
            if found is not NOTHING:
                lines.append(Line(key, *found))
                sums[group] += found[0]
        total = sum(min(each, caps[group]) for group, each in sums.items())
        points = max(0, min(total, MOST))
        return Points(points, total, card.tier(points), tuple(lines))

    return reckon


def _looks(card: Card) -> Iterable[Look]:
    for field, group in GIVEN.items():
        yield f"given:{field}", group, _given(field, card.given.get(field, 0))
    yield "source", "source", _source(card)
    yield "industry", "industry", _industry(card)
    yield "size", "size", _size(card)
    yield SEMANTIC, SEMANTIC, _semantic(card.semantic)
    for rule in card.rules:
        look = _happened(rule) if rule.event else _met(rule)
        yield f"rule:{rule.key}", rule.group, look


def _given(field: str, points: int) -> Callable[[Evidence], Finding]:
    def look(evidence: Evidence) -> Finding:
        value = evidence.values.get(field)
        return (points, value, field) if value or value not in EMPTY else NOTHING

    return look


def _source(card: Card) -> Callable[[Evidence], Finding]:
    def look(evidence: Evidence) -> Finding:
        source = evidence.values.get("source")
        if not source:
            return NOTHING
        return card.sources.get(SOURCE_GROUPS.get(source, "other"), 0), source, "source"

    return look


def _industry(card: Card) -> Callable[[Evidence], Finding]:
    high, medium, other = card.industry_points
    worth = dict.fromkeys(card.medium, medium) | dict.fromkeys(card.high, high)

    def look(evidence: Evidence) -> Finding:
        industry = evidence.values.get("industry")
        return (worth.get(industry, other), industry, "industry") if industry else NOTHING

    return look


def _size(card: Card) -> Callable[[Evidence], Finding]:
    def look(evidence: Evidence) -> Finding:
        employees = evidence.values.get("employees")
        if not isinstance(employees, int | float):
            return NOTHING
        for least, points, _ in card.sizes:
            if employees >= least:
                return points, employees, "employees"
        return 0, employees, "employees"

    return look


def _semantic(most: int) -> Callable[[Evidence], Finding]:
    def look(evidence: Evidence) -> Finding:
        if evidence.closeness is None:
            return NOTHING
        return round(most * evidence.closeness / 100), evidence.closeness, CLOSENESS

    return look


def _met(rule: Rule) -> Callable[[Evidence], Finding]:
    assert rule.when is not None
    meets = rule.when.meets
    fields = sorted(rule.when.fields - {HAPPENINGS})
    otherwise = (rule.points, True, HAPPENINGS if HAPPENINGS in rule.when.fields else "")

    def look(evidence: Evidence) -> Finding:
        if not meets(evidence):
            return NOTHING
        for name in fields:
            value = evidence.values.get(name)
            if value or value not in EMPTY:
                return rule.points, value, name
        return otherwise

    return look


def _happened(rule: Rule) -> Callable[[Evidence], Finding]:
    """Each happening gives its points, fewer the longer ago it is."""
    name = happened(rule.event)

    def look(evidence: Evidence) -> Finding:
        given, times = 0.0, 0
        for each in evidence.happenings:
            age = (evidence.today - each.on).days
            if each.kind != rule.event or age < 0 or (rule.fades and age >= rule.fades):
                continue
            times += 1
            given += rule.points * (1 - age / rule.fades if rule.fades else 1)
        if not times:
            return NOTHING
        return round(max(-rule.most, min(given, rule.most))), times, name

    return look
