"""Conditions on evidence: `{"all": […]}`, `{"any": […]}` or `{"field", "op", "value"}`.

What is unknown meets no condition except that it is unknown.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from scoring import wishes
from scoring.catalogue import HAPPENINGS, Catalogue, Field, Form
from scoring.evidence import Evidence
from scoring.problems import Problem, Wrong

MOST_PARTS, DEEPEST, LONGEST, MOST_VALUES = 20, 3, 100, 50
BIGGEST = 10**12
LONGEST_PAST = 3_650
Meets = Callable[[Evidence], bool]

KNOWN = {"filled": "is known", "empty": "is not known"}
COUNTS = {"atleast": "is at least", "atmost": "is at most"}
OPERATORS: dict[Form, dict[str, str]] = {
    Form.TEXT: {
        "is": "is", "isnt": "is not", "has": "contains", "lacks": "does not contain", **KNOWN,
    },
    Form.CHOICE: {"is": "is", "isnt": "is not", **KNOWN},
    Form.NUMBER: {**COUNTS, **KNOWN},
    Form.MONEY: {**COUNTS, **KNOWN},
    Form.DAY: {
        "within": "was in the last so many days", "older": "is longer ago in days than",
        "next": "is in the next so many days", "over": "has passed", **KNOWN,
    },
    Form.YES: {"yes": "is so", "no": "is not so", **KNOWN},
    Form.WORDS: {"has": "names", "lacks": "does not name", **KNOWN},
}  # fmt: skip
# Of happenings: so often within so many days.
OFTEN = "atleast"
NEED_NONE = frozenset({*KNOWN, "yes", "no", "over"})
EMPTY: tuple[Any, ...] = (None, "", [], ())


@dataclass(frozen=True)
class Condition:
    """What was written, in a form of ours; `fields` are those that it asks about.

    `wish` is what goes on after “if”.
    """

    written: dict[str, Any]
    fields: frozenset[str]
    said: str
    meets: Meets
    wish: str


def read(raw: Any, catalogue: Catalogue, where: str, depth: int = 1) -> Condition:
    """Read a condition; raise Wrong with what makes no sense of it, and where."""
    if not isinstance(raw, dict):
        raise Wrong(where, "A condition is missing.")
    for kind, joins in (("all", " and "), ("any", " or ")):
        if kind in raw:
            return _joined(raw[kind], kind, joins, catalogue, where, depth)
    if "event" in raw:
        return _event(raw, where)
    return _single(raw, catalogue, where)


def _joined(
    parts: Any, kind: str, joins: str, catalogue: Catalogue, where: str, depth: int
) -> Condition:
    if depth > DEEPEST:
        raise Wrong(where, f"Conditions can be put into one another {DEEPEST} deep.")
    if not isinstance(parts, list) or not parts:
        raise Wrong(where, "It has no condition: add one, or take the rule away.")
    if len(parts) > MOST_PARTS:
        raise Wrong(where, f"It has {len(parts):,} conditions; {MOST_PARTS} are the most.")
    problems: list[Problem] = []
    found: list[Condition] = []
    for number, part in enumerate(parts, 1):
        try:
            found.append(read(part, catalogue, f"{where}, condition {number}", depth + 1))
        except Wrong as wrong:
            problems += wrong.problems
    if problems:
        raise Wrong.of(problems)
    all_meet = tuple(each.meets for each in found)
    said = joins.join(_bracketed(each, each.said) for each in found)
    wish = joins.join(_bracketed(each, each.wish) for each in found)
    fields = frozenset().union(*(each.fields for each in found))
    meets = partial(_all if kind == "all" else _any, all_meet)
    return Condition({kind: [each.written for each in found]}, fields, said, meets, wish)


def _bracketed(part: Condition, said: str) -> str:
    is_joined = not {"field", "event"} & set(part.written)
    return f"({said})" if is_joined and len(next(iter(part.written.values()))) > 1 else said


def _all(parts: Sequence[Meets], evidence: Evidence) -> bool:
    return all(meets(evidence) for meets in parts)


def _any(parts: Sequence[Meets], evidence: Evidence) -> bool:
    return any(meets(evidence) for meets in parts)


def _event(raw: dict[str, Any], where: str) -> Condition:
    kind = event(raw.get("event"), where)
    times = number(raw.get("value"), where, "how often", least=1, most=1_000)
    days = number(raw.get("within"), where, "the days", least=1, most=LONGEST_PAST)
    one, many = HAPPENINGS[kind]
    said = f"{times:,} {one if times == 1 else many} or more in the last {days:,} days"
    written = {"event": kind, "op": OFTEN, "value": times, "within": days}
    often, be = partial(_often, kind, times, days), "is" if times == 1 else "are"
    return Condition(written, frozenset({"happenings"}), said, often, f"there {be} {said}")


def event(kind: Any, where: str) -> str:
    """Read a kind of happening."""
    if not isinstance(kind, str) or kind not in HAPPENINGS:
        raise Wrong(where, "Choose what happens from the list.")
    return kind


def _often(kind: str, times: int, days: int, evidence: Evidence) -> bool:
    since = evidence.today - timedelta(days=days)
    return sum(each.kind == kind and each.on > since for each in evidence.happenings) >= times


def _single(raw: dict[str, Any], catalogue: Catalogue, where: str) -> Condition:
    name = raw.get("field")
    known = catalogue.get(name) if isinstance(name, str) else None
    if known is None:
        gone = str(name)[:LONGEST] if name else "no field"
        raise Wrong(where, f"It asks about “{gone}”, which is not there (any more).")
    op = raw.get("op")
    said = OPERATORS[known.form].get(op) if isinstance(op, str) else None
    if op is None or said is None:
        raise Wrong(where, f"Choose how {known.label.lower()} is compared.")
    written: dict[str, Any] = {"field": known.slug, "op": op}
    if op in NEED_NONE:
        meets, wish = _plain(op, known.slug), wishes.sentence(known, op, said)
        return Condition(written, frozenset({known.slug}), f"{known.label} {said}", meets, wish)
    values = _values(raw.get("value"), known, where)
    written["value"] = values[0] if len(values) == 1 else values
    words = " or ".join(_word(each, known) for each in values)
    days = wishes.of_days(known.label, op, values[0]) if known.form == Form.DAY else ""
    meets = COMPARED[known.form](op, known.slug, values)
    sentence, wish = f"{known.label} {said} {words}", wishes.sentence(known, op, said, words, days)
    return Condition(written, frozenset({known.slug}), days or sentence, meets, wish)


def _word(value: Any, known: Field) -> str:
    named = dict(known.choices).get(str(value), str(value).replace("_", " "))
    if known.form == Form.MONEY:
        return f"£{value:,}"
    return f"{value:,}" if isinstance(value, int | float) else named


def _values(given: Any, known: Field, where: str) -> list[Any]:
    label = known.label.lower()
    if known.form in (Form.NUMBER, Form.MONEY):
        return [_amount(given, where, label)]
    if known.form == Form.DAY:
        return [number(given, where, "the days", least=0, most=LONGEST_PAST)]
    values = given if isinstance(given, list) else [given]
    if len(values) > MOST_VALUES:
        raise Wrong(where, f"It names {len(values):,} values; {MOST_VALUES} are the most.")
    texts = [" ".join(str(each).split()) for each in values if isinstance(each, str | int)]
    texts = [each for each in texts if each]
    if not texts:
        raise Wrong(where, f"Say with what {label} is compared.")
    if any(len(each) > LONGEST for each in texts):
        raise Wrong(where, f"A value is longer than {LONGEST} characters.")
    return list(dict.fromkeys(texts))


def number(given: Any, where: str, what: str, *, least: int, most: int) -> int:
    """Read a whole number between two others."""
    try:
        found = int(str(given).strip().replace(",", ""))
    except ValueError:
        raise Wrong(where, f"Give {what} as a whole number.") from None
    if not least <= found <= most:
        raise Wrong(where, f"Give {what} between {least:,} and {most:,}.")
    return found


def _amount(given: Any, where: str, what: str) -> float:
    try:
        found = float(str(given).strip().replace(",", "").removeprefix("£"))
    except ValueError:
        raise Wrong(where, f"Give {what} as a number.") from None
    if not -BIGGEST <= found <= BIGGEST:
        raise Wrong(where, f"Give {what} as a smaller number.")
    return int(found) if found.is_integer() else found


# What they mean ----------------------------------------------------------------------------------


def _plain(op: str, slug: str) -> Meets:
    if op in KNOWN:
        is_wanted = op == "filled"
        return lambda evidence: (evidence.values.get(slug) not in EMPTY) is is_wanted
    if op == "over":
        return lambda evidence: (on := day(evidence.values.get(slug))) is not None and (
            on < evidence.today
        )
    wanted = op == "yes"
    return lambda evidence: evidence.values.get(slug) is wanted


def _texts(op: str, slug: str, values: Iterable[str]) -> Meets:
    wanted = [each.casefold() for each in values]
    exact = frozenset(wanted)

    def meets(evidence: Evidence) -> bool:
        held = evidence.values.get(slug)
        if held in EMPTY:
            return False
        text = str(held).casefold()
        found = text in exact if op in ("is", "isnt") else any(each in text for each in wanted)
        return found is (op in ("is", "has"))

    return meets


def _words(op: str, slug: str, values: Iterable[str]) -> Meets:
    wanted = [each.casefold() for each in values]

    def meets(evidence: Evidence) -> bool:
        held = evidence.values.get(slug)
        if held in EMPTY or not isinstance(held, list | tuple):
            return False
        text = "\n".join(str(each) for each in held).casefold()
        return any(each in text for each in wanted) is (op == "has")

    return meets


def _amounts(op: str, slug: str, values: Sequence[float]) -> Meets:
    bound = values[0]

    def meets(evidence: Evidence) -> bool:
        held = evidence.values.get(slug)
        if not isinstance(held, int | float) or isinstance(held, bool):
            return False
        return held >= bound if op == "atleast" else held <= bound

    return meets


def _dates(op: str, slug: str, values: Sequence[int]) -> Meets:
    days = timedelta(days=values[0])

    def meets(evidence: Evidence) -> bool:
        on = day(evidence.values.get(slug))
        if on is None:
            return False
        if op == "next":
            return evidence.today <= on <= evidence.today + days
        return (on >= evidence.today - days and on <= evidence.today) if op == "within" else (
            on < evidence.today - days
        )

    return meets


COMPARED: dict[Form, Callable[[str, str, Any], Meets]] = {
    Form.TEXT: _texts,
    Form.CHOICE: _texts,
    Form.NUMBER: _amounts,
    Form.MONEY: _amounts,
    Form.DAY: _dates,
    Form.WORDS: _words,
}


def day(value: Any) -> date | None:
    """Read a day as evidence holds it."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
