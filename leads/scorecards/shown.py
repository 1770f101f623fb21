"""A card as its editor shows it: sections of boxes to type in, with what is wrong in each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leads.scorecards import checking, choosing, differences, posted
from scoring.card import ASPECTS, FACTORS, GRADES, GROUPS, Ideal
from scoring.catalogue import OWN, Catalogue
from scoring.points import GIVEN
from scoring.problems import Problem
from scoring.reading import MOST_SIZES

WORTH = {"high": "High value", "medium": "Medium value", "other": "Any other that is known"}
# Rules one by one, which each have a form of their own.
SECTIONS = {
    "tiers": ("Tiers",),
    "groups": ("Groups", *(label for _, label, _, _ in GROUPS)),
    "known": ("Points for what is known", "Points by source"),
    "industries": ("Industries",),
    "sizes": ("Company sizes",),
    "rules": ("Rules", "Rule "),
    "weights": ("Weights",),
    "grades": ("Grades",),
    "ideal": (checking.WHERE,),
    "likeness": ("Likeness",),
}
# The group “Company size” is also what its cap is called, and “Likeness” alone is its points.
EXACT = {"Likeness": "likeness", "Company sizes": "sizes"}
BLANK_SIZES = 1


@dataclass(frozen=True)
class Box:
    """Something to type in."""

    name: str
    label: str
    value: Any
    hint: str = ""


@dataclass(frozen=True)
class Size:
    """One line of the company sizes."""

    at: str
    least: Any
    points: Any
    name: str


@dataclass(frozen=True)
class Weights:
    """The ten weights for an industry, "" for all others; `total` is None if any is no number."""

    at: str
    industry: str
    label: str
    boxes: list[Box]
    total: int | None

    @property
    def is_right(self) -> bool:
        return self.total == 100


@dataclass(frozen=True)
class RuleLine:
    """A rule in words; `trouble` says what is wrong with it."""

    key: str
    name: str
    points: str
    group: str
    aspect: str
    asks: str
    fades: str
    trouble: str


class Shown:
    """A card as it is written, sound or not, for the templates of its editor."""

    def __init__(
        self, written: Mapping[str, Any], known: Catalogue, problems: Sequence[Problem]
    ) -> None:
        self.written, self._known, self.problems = written, known, problems
        self.wrong: dict[str, list[Problem]] = {}
        for each in problems:
            self.wrong.setdefault(section(each), []).append(each)

    @property
    def tiers(self) -> list[Box]:
        held = checking.part(self.written, "tiers")
        return [
            Box("hot", "Hot from", held.get("hot", "")),
            Box("warm", "Warm from", held.get("warm", "")),
        ]

    @property
    def caps(self) -> list[Box]:
        held = {each["slug"]: each.get("cap", "") for each in self.written.get("groups", [])}
        return [Box(f"cap_{slug}", label, held.get(slug, "")) for slug, label, _, _ in GROUPS]

    @property
    def given(self) -> list[Box]:
        held = checking.part(self.written, "given")
        return [Box(f"given_{slug}", OWN[slug].label, held.get(slug, 0)) for slug in GIVEN]

    @property
    def sources(self) -> list[Box]:
        held = checking.part(self.written, "sources")
        return [
            Box(f"source_{slug}", label, held.get(slug, 0))
            for slug, label in differences.SOURCES.items()
        ]

    @property
    def semantic(self) -> Box:
        return Box("semantic", "Points at the most", self.written.get("semantic", 0))

    @property
    def worth(self) -> list[Box]:
        points = checking.part(self.written, "industries").get("points") or ["", "", ""]
        return [
            Box(f"worth_{slug}", label, value)
            for (slug, label), value in zip(WORTH.items(), points, strict=False)
        ]

    @property
    def industries(self) -> list[Box]:
        held = checking.part(self.written, "industries")
        high, medium = held.get("high") or [], held.get("medium") or []
        return [
            Box(f"industry_{slug}", label, _worth(slug, high, medium))
            for slug, label in choosing.industries(*high, *medium)
        ]

    @property
    def sizes(self) -> list[Size]:
        rows = [*self.written.get("sizes", [])][: MOST_SIZES + 1]
        rows += [["", "", ""]] * (BLANK_SIZES if len(rows) < MOST_SIZES else 0)
        return [Size(f"size_{place}", *row) for place, row in enumerate(rows)]

    @property
    def weights(self) -> list[Weights]:
        held = checking.part(self.written, "weights")
        rows = sorted(held.items())[: posted.MOST_WEIGHTS + 1]
        return [_weights(place, industry, row) for place, (industry, row) in enumerate(rows)]

    @property
    def weightless(self) -> list[choosing.Choice]:
        """The industries that have no weights of their own."""
        held = checking.part(self.written, "weights")
        return [each for each in choosing.industries() if each[0] not in held]

    @property
    def grades(self) -> list[Box]:
        held = checking.part(self.written, "grades")
        return [Box(f"grade_{name}", f"{name} from", held.get(name, "")) for name in GRADES]

    @property
    def rules(self) -> list[RuleLine]:
        rules = self.written.get("rules", [])
        return [self._line(number, each) for number, each in enumerate(rules, 1)]

    def _line(self, number: int, rule: Mapping[str, Any]) -> RuleLine:
        name = str(rule.get("name", ""))
        begins = f"Rule {number} ", f"Rule {number},"
        troubles = [
            each.said for each in self.wrong.get("rules", ()) if f"{each.where} ".startswith(begins)
        ]
        group = next((label for slug, label, _, _ in GROUPS if slug == rule.get("group")), "")
        return RuleLine(
            key=str(rule.get("key", "")),
            name=name,
            points=differences.signed(rule.get("points")),
            group=group,
            aspect=ASPECTS.get(str(rule.get("aspect", "")), ""),
            asks="" if troubles else differences.asks(rule, self._known),
            fades=differences.limits(rule),
            trouble=" ".join(troubles),
        )

    @property
    def ideal(self) -> list[Box]:
        held = checking.part(self.written, "ideal")
        return [
            Box("ideal_least", "Employees from", held.get("least_employees", "")),
            Box("ideal_most", "Employees to", held.get("most_employees", "")),
            Box("ideal_value", "Value in £, from", held.get("value", "")),
        ]

    @property
    def lists(self) -> list[Box]:
        held = checking.part(self.written, "ideal")
        jobs = posted.joined(held.get("jobs", ()))
        technologies = posted.joined(held.get("technologies", ()))
        return [
            Box("ideal_jobs", "Job titles", jobs, "Such as: IT manager, Operations director"),
            Box("ideal_technologies", "Technologies", technologies, "Such as: Microsoft 365, Sage"),
        ]

    @property
    def places(self) -> Box:
        rows = posted.joined(row[0] for row in checking.places(self.written))
        return Box("ideal_places", "Postcodes", rows, "Such as: LE1 1AA, TR11 3HH")

    @property
    def miles(self) -> Box:
        held = checking.part(self.written, "ideal")
        return Box("ideal_miles", "Miles around them", held.get("miles", Ideal.miles))

    @property
    def ideal_industries(self) -> list[tuple[str, str, bool]]:
        held = set(checking.part(self.written, "ideal").get("industries", ()))
        return [(slug, label, slug in held) for slug, label in choosing.industries(*held)]


def section(problem: Problem) -> str:
    """Say in which section of the editor a problem is."""
    found = EXACT.get(problem.where)
    return found or next(
        (name for name, begins in SECTIONS.items() if problem.where.startswith(begins)), "tiers"
    )


def _worth(slug: str, high: Iterable[str], medium: Iterable[str]) -> str:
    return "high" if slug in high else "medium" if slug in medium else ""


def _weights(place: int, industry: str, row: Mapping[str, Any]) -> Weights:
    boxes = [
        Box(f"weight_{place}_{slug}", label, row.get(slug, 0)) for slug, label in FACTORS.items()
    ]
    numbers = [each.value for each in boxes if isinstance(each.value, int)]
    total = sum(numbers) if len(numbers) == len(boxes) else None
    label = choosing.called(industry) if industry else "All industries"
    return Weights(f"weights_{place}", industry, label, boxes, total)
