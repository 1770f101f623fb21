"""The form of one rule: read from a card or from what was sent, and written into a card."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from leads.scorecards import posted
from leads.scorecards.rule_rows import ALL, ANY, EVENT, Row, Rows, read, written
from scoring.card import ASPECT_OF, FIRST
from scoring.catalogue import Catalogue
from scoring.conditions import MOST_PARTS
from scoring.problems import Problem, Wrong
from scoring.reading import LONGEST_NAME
from scoring.reading import read as read_card

WHEN, HAPPENS = "when", "event"
MOST_GROUPS = 10
# One more than a condition can name, so that what is too much is told.
MOST_VALUES = 51


@dataclass
class RuleForm:
    """Texts as they are typed; `key` is "" for a new rule."""

    key: str = ""
    name: str = ""
    group: str = ""
    aspect: str = ""
    points: str = ""
    kind: str = WHEN
    event: str = ""
    most: str = ""
    fades: str = ""
    join: str = ALL
    groups: list[Rows] = field(default_factory=lambda: [Rows(rows=[Row()])])

    @property
    def is_of_happenings(self) -> bool:
        """Whether it gives its points for each happening."""
        return self.kind == HAPPENS


def of(rule: Mapping[str, Any]) -> RuleForm:
    """Give the form of a written rule."""
    join, groups = read(rule.get("when"))
    plain = {
        name: str(rule.get(name, ""))
        for name in ("key", "name", "group", "aspect", "points", "event", "most", "fades")
    }
    return RuleForm(**plain, kind=HAPPENS if rule.get("event") else WHEN, join=join, groups=groups)


def sent(data: QueryDict, key: str) -> RuleForm:
    """Read what was sent."""
    names = ("name", "group", "aspect", "points", "event", "most", "fades")
    plain = {name: data.get(name, "").replace("\0", "").strip()[:LONGEST_NAME] for name in names}
    groups = [each for place in range(MOST_GROUPS) if (each := _group(data, place)).rows]
    return RuleForm(
        key=key,
        **plain,
        kind=HAPPENS if data.get("kind") == HAPPENS else WHEN,
        join=_join(data.get("join")),
        groups=groups or [Rows(rows=[Row()])],
    )


def _join(text: str | None) -> str:
    return ANY if text == ANY else ALL


def _group(data: QueryDict, place: int) -> Rows:
    rows = []
    for number in range(MOST_PARTS + 1):
        at = f"c{place}_{number}"
        if f"{at}_field" in data:
            rows.append(_row(data, at))
    return Rows(_join(data.get(f"join_{place}")), rows)


def _row(data: QueryDict, at: str) -> Row:
    name = data.get(f"{at}_field", "")[:LONGEST_NAME]
    chosen = [each[:LONGEST_NAME].replace("\0", "") for each in data.getlist(f"{at}_choice")]
    values: list[posted.Number] = [*chosen] or _typed(data, at)
    return Row(
        name,
        data.get(f"{at}_op", "")[:LONGEST_NAME],
        values[:MOST_VALUES],
        data.get(f"{at}_within", "")[: posted.LONGEST_NUMBER],
    )


def _typed(data: QueryDict, at: str) -> list[posted.Number]:
    """Read one number, in which a comma parts thousands, or several texts."""
    text, name = data.get(f"{at}_value", ""), data.get(f"{at}_field", "")
    if name.startswith(EVENT) or data.get(f"{at}_takes", "texts") != "texts":
        return [posted.number(text)] if text.strip() else []
    return [*posted.listed(text, MOST_VALUES)]


def changed(form: RuleForm, then: str) -> RuleForm:
    """Add or take away what a button named: `group`, `add:0`, `drop:0:1`; else as it is."""
    what, _, place = then.partition(":")
    try:
        group, _, row = place.partition(":")
        match what:
            case "group" if len(form.groups) < MOST_GROUPS:
                form.groups.append(Rows(ANY, [Row()]))
            case "add" if len(form.groups[int(group)].rows) < MOST_PARTS:
                form.groups[int(group)].rows.append(Row())
            case "drop":
                del form.groups[int(group)].rows[int(row)]
    except (ValueError, IndexError):
        return form
    form.groups = [each for each in form.groups if each.rows] or [Rows(rows=[Row()])]
    return form


def rule(form: RuleForm) -> dict[str, Any]:
    """Write the rule; what it lacks, reading it tells."""
    found: dict[str, Any] = {
        "key": form.key or secrets.token_hex(4),
        "name": " ".join(form.name.split()),
        "group": form.group,
        "aspect": form.aspect or ASPECT_OF.get(form.group, ""),
        "points": posted.number(form.points),
    }
    if not form.is_of_happenings:
        filled = [Rows(each.join, [row for row in each.rows if row.name]) for each in form.groups]
        return found | {"when": written(form.join, filled)}
    found["event"] = form.event or "?"
    for name, text in (("most", form.most), ("fades", form.fades)):
        if text:
            found[name] = posted.number(text)
    return found


def placed(card: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    """Give the card with this rule in place of the one of its key, or behind all."""
    rules = list(card.get("rules", []))
    places = [place for place, each in enumerate(rules) if each.get("key") == made["key"]]
    for place in places:
        rules[place] = dict(made)
    return {**card, "rules": rules if places else [*rules, dict(made)]}


def check(form: RuleForm, made: Mapping[str, Any], known: Catalogue) -> None:
    """Raise Wrong with what is wrong with this rule alone, put into a card that is sound."""
    try:
        read_card({**FIRST, "rules": [made]}, known)
    except Wrong as wrong:
        begins = f"Rule 1 ({made['name'][:LONGEST_NAME]})" if made["name"] else "Rule 1"
        plain = [_plainly(each, begins, len(form.groups) > 1) for each in wrong.problems]
        raise Wrong.of(plain) from None


def _plainly(problem: Problem, begins: str, is_grouped: bool) -> Problem:
    """Name the place as the form of one rule does."""
    where = problem.where.removeprefix(begins).removeprefix(", ")
    if is_grouped:
        where = where.replace("condition", "group", 1)
    return problem._replace(where=f"{where[:1].upper()}{where[1:]}" or "Conditions")
