"""A score with its reasons, written short beside the lead and read back in words by its card."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from crm.outside import services
from scoring import telling, wishes
from scoring.card import ASPECT_OF, ASPECTS, FACTORS, GRADES, MOST, SOURCE_GROUPS, Card, Rule
from scoring.catalogue import HAPPENINGS, OWN
from scoring.evidence import RECORD, Evidence, Told
from scoring.factors import lacking
from scoring.grade import Grade
from scoring.points import GIVEN, SEMANTIC, Points
from scoring.telling import Naming, plainly

FORM = 2
LONGEST_SEEN = 120
UNKNOWN = "not known"
# Of a condition only that it was met is kept; whether anything was known of it is not.
UNMET = "not as far as is known"
GONE, GONE_SAID = "gone", "No longer on the scorecard"
SINGLE = {"source": "Where it came from", "industry": "Value of the industry", "size": "Employees"}
# Whoever reads them by aspect finds a phone number under contact, not under the group's aspect.
ASPECT_OF_LINE = {
    "given:email": "contact", "given:phone": "contact", "given:job_title": "contact",
    "given:company_name": "completeness", "given:industry": "completeness",
    "source": "interest", "industry": "sector", "size": "sector", SEMANTIC: "interest",
}  # fmt: skip
# By factor, the line that looks at the same value: who told it there has told the factor.
ALSO_SEEN = {"job_title": "given:job_title", "industry_match": "industry", "company_size": "size"}


def written(points: Points, grade: Grade, evidence: Evidence) -> dict[str, Any]:
    """Write it short: only what gave points or was seen, by the keys of the card.

    A line ends with who told it and of which day; or with the place of both among the "sources",
    where they brought several of the lines.
    """
    told, otherwise = evidence.told, evidence.otherwise
    lines = []
    sources: dict[Told, int] = {}
    for key, given, saw, name in points.lines:
        row = [key, given, _short(saw)]
        if name in told:
            row += told[name]
        elif name and (by := otherwise(name)) is not None:
            row.append(sources.setdefault(by, len(sources)))
        lines.append(row)
    return {
        "form": FORM,
        "sum": points.total,
        "lines": lines,
        "sources": [[*each] for each in sources],
        "grade": [grade.name, grade.value, grade.known],
        "marks": [[mark.factor, mark.value, mark.weight, mark.saw] for mark in grade.marks],
    }


def _short(saw: Any) -> Any:
    if isinstance(saw, list | tuple):
        saw = ", ".join(str(each) for each in saw[:5])
    return saw[:LONGEST_SEEN] if isinstance(saw, str) else saw


@dataclass(frozen=True)
class Line:
    """`most` is what it could give, 0 for what only takes away; `raise_by` what would.

    `gain` is by how much the score would rise with that, as far as caps let it.
    """

    key: str
    label: str
    group: str
    aspect: str
    points: int
    most: int
    saw: str
    source: str = RECORD
    on: str = ""
    raise_by: str = ""
    gain: int = 0

    @property
    def is_unknown(self) -> bool:
        return self.saw == UNKNOWN


@dataclass(frozen=True)
class Part:
    """Lines under one heading; `points` are capped where it is a group of the card."""

    slug: str
    label: str
    points: int
    cap: int
    lines: tuple[Line, ...]
    is_cut: bool = False

    @property
    def giving(self) -> list[Line]:
        """The lines that gave points, or took some away."""
        return [line for line in self.lines if line.points]


@dataclass(frozen=True)
class Factor:
    """One of the ten; `value` is None where it is unknown, `source` is "" where several told it."""

    slug: str
    label: str
    value: int | None
    weight: int
    saw: str
    source: str = RECORD
    on: str = ""


@dataclass(frozen=True)
class Receipt:
    """`groups` and `aspects` are the same lines under two kinds of headings."""

    points: int
    total: int
    groups: tuple[Part, ...]
    aspects: tuple[Part, ...]
    grade: str
    grade_value: int | None
    known: int
    factors: tuple[Factor, ...]
    next_grade: str = ""
    lines: tuple[Line, ...] = field(default=(), repr=False)

    @property
    def unknown(self) -> list[Factor]:
        """The factors that nobody could tell."""
        return [each for each in self.factors if each.value is None]

    @property
    def raises(self) -> list[Line]:
        """The lines that could raise the score, those first that would by most."""
        room = {group.slug: group.cap - group.points for group in self.groups}
        able = [
            replace(line, gain=self._risen(min(line.most - line.points, room[line.group])))
            for line in self.lines
            if line.raise_by
        ]
        return sorted((line for line in able if line.gain > 0), key=lambda line: -line.gain)

    def _risen(self, points: int) -> int:
        """Say by how much the score, from 0 to 100, rises with so many points more."""
        now, then = (max(0, min(each, MOST)) for each in (self.total, self.total + points))
        return then - now


def read(
    stored: Mapping[str, Any], points: int, card: Card, naming: Naming = plainly
) -> Receipt | None:
    """Read a receipt by the card that it was written with; None for one of another form."""
    if stored.get("form") != FORM:
        return None
    sources = stored.get("sources", ())
    seen = {row[0]: telling.sourced(row, sources, naming) for row in stored["lines"]}
    lines = tuple(_lines(card, seen))
    groups, aspects = [*_groups(card, lines)], [*_aspects(lines)]
    if gone := tuple(_gone(card, seen, lines)):
        given = sum(line.points for line in gone)
        aspects.append(Part(GONE, GONE_SAID, given, 0, gone))
        # What their own groups would have cut of them is in the sum, and nowhere else any more.
        rest = stored["sum"] - sum(group.points for group in groups)
        groups.append(Part(GONE, GONE_SAID, rest, 0, gone))
    name, value, known = stored["grade"]
    return Receipt(
        points=points,
        total=stored["sum"],
        groups=tuple(groups),
        aspects=tuple(aspects),
        grade=name,
        grade_value=value,
        known=known,
        factors=tuple(
            Factor(
                slug, FACTORS.get(slug, slug), given, weight, saw or lacking(slug, card.ideal),
                *(() if given is None else seen.get(ALSO_SEEN.get(slug, ""), ())[3:]),
            )
            for slug, given, weight, saw in stored["marks"]
        ),
        next_grade=_above(card, name),
        lines=(*lines, *gone),
    )


def _gone(
    card: Card, seen: Mapping[str, list[Any]], lines: Iterable[Line]
) -> Iterable[Line]:
    """Give what gave points by a line that the card has no more, as of a field that is gone."""
    for key in sorted(seen.keys() - {line.key for line in lines}):
        slug = key.removeprefix("rule:")
        points, saw, source, on = seen[key][1:]
        words = _said(card, key, saw, None)
        label = card.idle.get(slug) or slug.replace("_", " ")
        yield Line(key, label, GONE, GONE, points, max(points, 0), words, source, on)


def _above(card: Card, name: str) -> str:
    """Name the grade above with the number that it begins at."""
    better = list(GRADES)[: list(GRADES).index(name) if name in GRADES else len(GRADES)]
    return f"{better[-1]} from {card.grades[better[-1]]}" if better and name else ""


def _lines(card: Card, seen: Mapping[str, list[Any]]) -> Iterable[Line]:
    for slug, group in GIVEN.items():
        key, most = f"given:{slug}", card.given.get(slug, 0)
        label = "Industry known" if slug == "industry" else OWN[slug].label
        yield _line(card, key, label, group, most, seen, f"Find out the {OWN[slug].label.lower()}")
    yield _line(
        card, "source", SINGLE["source"], "source", max(card.sources.values(), default=0), seen, ""
    )
    yield _line(card, "industry", SINGLE["industry"], "industry", max(card.industry_points), seen,
                "Find out the industry")  # fmt: skip
    most = max((points for _, points, _ in card.sizes), default=0)
    yield _line(
        card, "size", SINGLE["size"], "size", most, seen, "Find out how many work there"
    )
    label = "Like won leads and the ideal customer"
    yield _line(card, SEMANTIC, label, SEMANTIC, card.semantic, seen, "")
    for rule in card.rules:
        key, wish = f"rule:{rule.key}", rule.when.wish if rule.when else ""
        wish = wishes.of(rule.points, rule.event, wish, has_happened=key in seen)
        yield _line(card, key, rule.name, rule.group, _most(rule), seen, wish, rule=rule)


def _most(rule: Rule) -> int:
    return max(0, rule.most if rule.event and rule.points > 0 else rule.points)


def _line(
    card: Card, key: str, label: str, group: str, most: int, seen: Mapping[str, list[Any]],
    wish: str, *, rule: Rule | None = None,
) -> Line:  # fmt: skip
    _, points, saw, source, on = seen.get(key, (key, 0, None, RECORD, ""))
    aspect = rule.aspect if rule else ASPECT_OF_LINE.get(key, ASPECT_OF[group])
    words = _said(card, key, saw, rule)
    # What is known and gives less than the most gives more only if it were otherwise.
    can_rise = points < most and (saw is None or bool(rule and rule.event))
    return Line(
        key, label, group, aspect, points, most, words, source, on, wish if can_rise else ""
    )


def _said(card: Card, key: str, saw: Any, rule: Rule | None) -> str:
    if saw is None:
        return UNKNOWN if rule is None else UNMET if rule.when else "none"
    if rule and rule.event:
        one, many = HAPPENINGS[rule.event]
        return f"{saw:,} {one if saw == 1 else many}"
    if isinstance(saw, bool):
        # Of a rule it is the condition that is so: "Accounts are not overdue" saw a no.
        return "yes" if saw or rule else "no"
    match key:
        case "source":
            words = services.label(saw) if saw in services.SERVICES else str(saw).replace("_", " ")
            return words if saw in SOURCE_GROUPS else f"{words} (counts as other)"
        case "industry":
            worth = "high" if saw in card.high else "medium" if saw in card.medium else ""
            return f"{saw} ({worth} value)".replace("_", " ") if worth else f"{saw} (other)"
        case "size":
            return f"{saw:,} employees ({_size(card, saw)})"
        case "semantic":
            return f"{saw} of 100"
    return str(saw)


def _size(card: Card, employees: float) -> str:
    for least, _, name in card.sizes:
        if employees >= least:
            return name[:1].lower() + name[1:]
    return f"fewer than {card.sizes[-1][0]:,}" if card.sizes else "any size"


def _groups(card: Card, lines: Iterable[Line]) -> Iterable[Part]:
    held = tuple(lines)
    for slug, group in card.groups.items():
        mine = tuple(line for line in held if line.group == slug)
        total = sum(line.points for line in mine)
        if mine:
            yield Part(slug, group.label, min(total, group.cap), group.cap, mine, total > group.cap)


def _aspects(lines: Iterable[Line]) -> Iterable[Part]:
    held = tuple(lines)
    for slug, label in ASPECTS.items():
        mine = tuple(line for line in held if line.aspect == slug)
        if mine:
            most = sum(line.most for line in mine)
            yield Part(slug, label, sum(line.points for line in mine), most, mine)
