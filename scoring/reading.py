"""Reads a scorecard as it was written, and says everything that is wrong with it at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeVar

from scoring import conditions
from scoring.card import ASPECT_OF, ASPECTS, FACTORS, GRADES, MOST, Card, Group, Ideal, Rule
from scoring.catalogue import Catalogue
from scoring.problems import Problem, Wrong

MOST_RULES, MOST_INDUSTRIES, MOST_SIZES = 300, 60, 10
LONGEST_NAME, LONGEST_WORDS, LONGEST_KEY = 120, 5_000, 40
MOST_POINTS = 100
BIGGEST_SIZE = 10_000_000
Given = TypeVar("Given")


@dataclass
class _Reader:
    problems: list[Problem] = field(default_factory=list)

    def take(self, read: Callable[[], Given], instead: Given, field: str = "") -> Given:
        """Read a part, and note what is wrong with it."""
        try:
            return read()
        except Wrong as wrong:
            self.problems += [each._replace(field=field) for each in wrong.problems]
            return instead

    def wrong(self, where: str, said: str, field: str = "") -> None:
        self.problems.append(Problem(where, said, field))

    def number(self, given: Any, where: str, what: str, least: int, most: int) -> int:
        return self.take(
            lambda: conditions.number(given, where, what, least=least, most=most), least
        )


def read(raw: Any, catalogue: Catalogue, *, published: bool = False) -> Card:
    """Read a card; raise Wrong with all its problems.

    Of a `published` one the rules that ask about what is gone are idle, and no reason to fail.
    """
    reader = _Reader()
    if not isinstance(raw, dict):
        raise Wrong("Scorecard", "It is no scorecard.")
    groups = _groups(reader, raw.get("groups"))
    hot, warm = _tiers(reader, _part(raw, "tiers"))
    industries = _part(raw, "industries")
    given = _table(reader, _part(raw, "given"), "Points for what is known")
    sources = _table(reader, _part(raw, "sources"), "Points by source")
    points = industries.get("points")
    values = points if isinstance(points, list) and len(points) == 3 else [20, 10, 5]
    tiers_of = ("high", "medium", "other")
    worth = [
        reader.number(one, f"Industries of {name} value", "the points", 0, MOST_POINTS)
        for one, name in zip(values, tiers_of, strict=True)
    ]
    idle: dict[str, str] = {}
    rules = _rules(reader, raw.get("rules", []), groups, catalogue, idle if published else None)
    card = Card(
        hot=hot, warm=warm, groups=groups, given=given, sources=sources,
        high=_texts(reader, industries.get("high"), "Industries of high value"),
        medium=_texts(reader, industries.get("medium"), "Industries of medium value"),
        industry_points=(worth[0], worth[1], worth[2]),
        sizes=_sizes(reader, raw.get("sizes", [])),
        semantic=reader.number(raw.get("semantic", 0), "Likeness", "the points", 0, MOST_POINTS),
        rules=rules, weights=_weights(reader, _part(raw, "weights")),
        grades=_grades(reader, _part(raw, "grades")),
        ideal=_ideal(reader, _part(raw, "ideal")), idle=idle,
    )  # fmt: skip
    if reader.problems:
        raise Wrong.of(reader.problems)
    return card


def _part(raw: Mapping[str, Any], name: str) -> dict[str, Any]:
    part = raw.get(name)
    return part if isinstance(part, dict) else {}


def _groups(reader: _Reader, raw: Any) -> dict[str, Group]:
    found: dict[str, Group] = {}
    for each in raw if isinstance(raw, list) else []:
        slug = each.get("slug") if isinstance(each, dict) else None
        if slug not in ASPECT_OF or slug in found:
            reader.wrong("Groups", "There is a group that is not known.")
            continue
        label = " ".join(str(each.get("label", slug)).split())[:LONGEST_NAME]
        cap = reader.number(each.get("cap"), label, "the cap", 0, MOST)
        found[slug] = Group(slug, label, cap)
    if missing := [slug for slug in ASPECT_OF if slug not in found]:
        reader.wrong("Groups", f"Missing: {', '.join(missing)}.")
    return found


def _tiers(reader: _Reader, raw: Mapping[str, Any]) -> tuple[int, int]:
    hot = reader.number(raw.get("hot"), "Tiers", "from when a lead is hot", 1, MOST)
    warm = reader.number(raw.get("warm"), "Tiers", "from when a lead is warm", 0, MOST)
    if warm >= hot:
        reader.wrong("Tiers", f"Warm begins at {warm}, which is not below hot ({hot}).")
    return hot, warm


def _table(reader: _Reader, raw: Mapping[str, Any], where: str) -> dict[str, int]:
    return {
        str(name)[:LONGEST_KEY]: reader.number(points, where, "the points", 0, MOST_POINTS)
        for name, points in list(raw.items())[:MOST_INDUSTRIES]
    }


def _texts(reader: _Reader, raw: Any, where: str) -> tuple[str, ...]:
    given = raw if isinstance(raw, list) else []
    if len(given) > MOST_INDUSTRIES:
        reader.wrong(where, f"{len(given):,} are named; {MOST_INDUSTRIES} are the most.")
    texts = (" ".join(str(each).split()) for each in given[:MOST_INDUSTRIES])
    return tuple(dict.fromkeys(each[:LONGEST_NAME] for each in texts if each))


def _sizes(reader: _Reader, raw: Any) -> tuple[tuple[int, int, str], ...]:
    where = "Company sizes"
    found: list[tuple[int, int, str]] = []
    rows = raw if isinstance(raw, list) else []
    if len(rows) > MOST_SIZES:
        reader.wrong(where, f"There are {len(rows)}; {MOST_SIZES} are the most.")
    for row in rows[:MOST_SIZES]:
        least, points, name = (*row, "", "", "")[:3] if isinstance(row, list | tuple) else ("",) * 3
        found.append(
            (
                reader.number(least, where, "the employees", 0, BIGGEST_SIZE),
                reader.number(points, where, "the points", 0, MOST_POINTS),
                " ".join(str(name).split())[:LONGEST_NAME] or "this size",
            )
        )
    if len({row[0] for row in found}) < len(found):
        reader.wrong(where, "Two begin at the same number of employees.")
    return tuple(sorted(found, reverse=True))


def _rules(
    reader: _Reader,
    raw: Any,
    groups: Mapping[str, Group],
    catalogue: Catalogue,
    idle: dict[str, str] | None,
) -> tuple[Rule, ...]:
    rows = raw if isinstance(raw, list) else []
    if len(rows) > MOST_RULES:
        reader.wrong("Rules", f"There are {len(rows):,} rules; {MOST_RULES} are the most.")
        return ()
    found: dict[str, Rule] = {}
    for number, row in enumerate(rows, 1):
        name = " ".join(str(_part({"row": row}, "row").get("name", "")).split())[:LONGEST_NAME]
        where = f"Rule {number}" + (f" ({name})" if name else "")
        try:
            rule = _rule(_part({"row": row}, "row"), name, where, groups, catalogue)
        except Wrong as wrong:
            if idle is None:
                reader.problems += wrong.problems
                continue
            key = str(_part({"row": row}, "row").get("key", ""))[:LONGEST_KEY]
            idle[key] = f"{name}: {wrong.problems[0].said}"
            continue
        if rule.key in found:
            reader.wrong(where, "Another rule has the same key.")
        found[rule.key] = rule
    return tuple(found.values())


def _rule(
    row: dict[str, Any], name: str, where: str, groups: Mapping[str, Group], catalogue: Catalogue
) -> Rule:
    reader = _Reader()
    key = str(row.get("key", ""))[:LONGEST_KEY]
    if not name or not key:
        reader.wrong(where, "Give the rule a name.", "name")
    group = str(row.get("group") or "")
    if group not in groups:
        reader.wrong(where, "Choose the group that it belongs to.", "group")
    aspect = str(row.get("aspect") or ASPECT_OF.get(group, ""))
    if aspect not in ASPECTS and (row.get("aspect") or group in groups):
        reader.wrong(where, "Choose the aspect under which it is read.", "aspect")

    def number(field: str, given: Any, what: str, least: int, most: int) -> int:
        return reader.take(
            lambda: conditions.number(given, where, what, least=least, most=most), least, field
        )

    points = number("points", row.get("points"), "the points", -MOST_POINTS, MOST_POINTS)
    if not points:
        reader.wrong(where, "It gives no points: nothing would come of it.", "points")
    when, kind, at_most, fades = None, "", 0, 0
    if row.get("event"):
        kind = reader.take(lambda: conditions.event(row["event"], where), "", "event")
        given = row.get("most", abs(points) or MOST_POINTS)
        at_most = number("most", given, "the points at the most", 1, MOST_POINTS)
        past = conditions.LONGEST_PAST
        fades = number("fades", row.get("fades", 0), "the days in which it fades", 0, past)
    else:
        when = reader.take(lambda: conditions.read(row.get("when"), catalogue, where), None)
    if reader.problems:
        raise Wrong.of(reader.problems)
    return Rule(key, name, group, aspect, points, when, kind, at_most, fades)


def _weights(reader: _Reader, raw: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    if "" not in raw:
        reader.wrong("Weights", "Those for all industries are missing.")
    found: dict[str, dict[str, int]] = {}
    for industry, row in list(raw.items())[:MOST_INDUSTRIES]:
        name = str(industry).replace("_", " ")[:LONGEST_NAME]
        where = f"Weights for {name}" if name else "Weights"
        given = row if isinstance(row, dict) else {}
        found[str(industry)] = {
            slug: reader.number(given.get(slug, 0), where, label.lower(), 0, 100)
            for slug, label in FACTORS.items()
        }
        if (total := sum(found[str(industry)].values())) != 100:
            reader.wrong(where, f"They add up to {total}, not to 100.")
    return found


def _grades(reader: _Reader, raw: Mapping[str, Any]) -> dict[str, int]:
    found = {
        name: reader.number(raw.get(name), "Grades", f"from when it is {name}", 1, 100)
        for name in GRADES
    }
    values = list(found.values())
    if any(low >= high for high, low in pairwise(values)):
        reader.wrong("Grades", "Each must begin lower than the one above it.")
    return found


def _ideal(reader: _Reader, raw: Mapping[str, Any]) -> Ideal:
    where = "Ideal customer"
    words = str(raw.get("words") or "").strip()
    if len(words) > LONGEST_WORDS:
        reader.wrong(where, f"The text has {len(words):,} characters; {LONGEST_WORDS:,} fit.")

    def count(name: str, what: str, most: int = BIGGEST_SIZE) -> int | None:
        given = raw.get(name)
        return None if given in (None, "") else reader.number(given, where, what, 0, most)

    miles = count("miles", "the miles", 1_000)
    least = count("least_employees", "the employees")
    most = count("most_employees", "the employees")
    if least is not None and most is not None and least > most:
        reader.wrong(where, f"From {least:,} to {most:,} employees is nobody.")
    return Ideal(
        industries=_texts(reader, raw.get("industries"), where),
        least_employees=least,
        most_employees=most,
        places=_places(raw.get("places")),
        miles=Ideal.miles if miles is None else miles,
        jobs=_texts(reader, raw.get("jobs"), where),
        technologies=_texts(reader, raw.get("technologies"), where),
        value=count("value", "the value", 10**9),
    )


def _places(raw: Any) -> tuple[tuple[str, tuple[float, float]], ...]:
    found = []
    for row in (raw if isinstance(raw, list) else [])[:20]:
        match row:
            case [str(postcode), [float() | int() as lat, float() | int() as lon]]:
                found.append((postcode[:10], (float(lat), float(lon))))
    return tuple(found)
