"""The rows of a rule's form: conditions in groups, read from what is written and back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from leads.scorecards import choosing, posted
from scoring import conditions
from scoring.catalogue import HAPPENINGS, Catalogue, Form

EVENT = "event:"
ALL, ANY = "all", "any"


@dataclass
class Row:
    """One condition as it is typed: `name` is of a field, or `event:` and a kind of happening."""

    name: str = ""
    op: str = ""
    values: list[posted.Number] = field(default_factory=list)
    within: str = ""


@dataclass
class Rows:
    """Conditions of which all must hold, or any."""

    join: str = ALL
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Offered:
    """A row as the form shows it; `at` names its controls, `form` says what is typed behind it."""

    at: str
    row: Row
    label: str
    operators: tuple[tuple[str, str], ...] = ()
    choices: tuple[choosing.Choice, ...] = ()
    typed: str = ""
    is_gone: bool = False

    @property
    def typed_texts(self) -> str:
        """Its values as they are typed into one box."""
        return posted.joined(self.row.values)

    @property
    def takes(self) -> str:
        """What is typed: nothing, times within days, days, a number, choices or texts."""
        if self.row.name.startswith(EVENT):
            return "times"
        if self.row.op in conditions.NEED_NONE or not self.operators or not self.row.op:
            return ""
        if self.choices:
            return "choices"
        words = dict(self.operators).get(self.row.op, "")
        return "days" if "days" in words else self.typed


def shown(at: str, row: Row, known: Catalogue, choices: Mapping[str, Any]) -> Offered:
    """Give a row with what its field can be compared with."""
    if row.name.startswith(EVENT):
        one, many = HAPPENINGS.get(row.name.removeprefix(EVENT), ("", ""))
        return Offered(at, row, many, is_gone=not one)
    held = known.get(row.name)
    if held is None:
        return Offered(at, row, row.name, is_gone=bool(row.name))
    operators = conditions.OPERATORS[held.form]
    offered = [*choices.get(row.name, ())] if held.form in (Form.CHOICE, Form.TEXT) else []
    if offered:
        there = {slug for slug, _ in offered}
        held_beside = [str(each) for each in row.values if each not in there]
        offered += [(each, choosing.called(each)) for each in held_beside]
    is_number = held.form in (Form.NUMBER, Form.MONEY)
    typed = "pounds" if held.form == Form.MONEY else "number" if is_number else "texts"
    return Offered(at, row, held.label, tuple(operators.items()), tuple(offered), typed)


def written(join: str, groups: Iterable[Rows]) -> Any:
    """Write conditions as short as can be; None where there is none."""
    parts = [_together(each.join, [_one(row) for row in each.rows]) for each in groups if each.rows]
    return _together(join, parts) if parts else None


def _together(join: str, parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else {join: parts}


def _one(row: Row) -> dict[str, Any]:
    if row.name.startswith(EVENT):
        kind = row.name.removeprefix(EVENT)
        times = posted.number(str(row.values[0])) if row.values else ""
        within = posted.number(row.within)
        return {"event": kind, "op": conditions.OFTEN, "value": times, "within": within}
    found: dict[str, Any] = {"field": row.name, "op": row.op}
    if row.op not in conditions.NEED_NONE:
        found["value"] = row.values[0] if len(row.values) == 1 else row.values
    return found


def read(raw: Any) -> tuple[str, list[Rows]]:
    """Read written conditions into groups, and how those are joined."""
    join, parts = _parts(raw)
    if not any(_is_joined(each) for each in parts):
        return ALL, [Rows(join, [_row(each) for each in parts])]
    groups = []
    for part in parts:
        inner, rows = _parts(part)
        groups.append(Rows(inner, [_row(each) for each in rows]))
    return join, groups


def _is_joined(raw: Any) -> bool:
    return isinstance(raw, dict) and bool({ALL, ANY} & raw.keys())


def _parts(raw: Any) -> tuple[str, list[Any]]:
    for join in (ALL, ANY):
        if isinstance(raw, dict) and isinstance(raw.get(join), list):
            return join, raw[join]
    return ALL, [raw] if raw else [{}]


def _row(raw: Any) -> Row:
    if not isinstance(raw, dict):
        return Row()
    value = raw.get("value", "")
    values = value if isinstance(value, list) else [value]
    if "event" in raw:
        return Row(f"{EVENT}{raw['event']}", conditions.OFTEN, values, str(raw.get("within", "")))
    return Row(
        str(raw.get("field", "")), str(raw.get("op", "")), [each for each in values if each != ""]
    )
