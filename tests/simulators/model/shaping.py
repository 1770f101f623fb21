"""Bends a value into the type, the range or the choice that a schema allows."""

import re
from typing import Any

from tests.simulators.model.facts import agreed, asked

Schema = dict[str, Any]
UNDECIDED = ("unknown", "unclear", "other", "none", "not_found", "n/a", "unsure", "not_sure")
GOOD = re.compile(
    r"yes|true|verif|confirm|match|real|genuine|active|trading|good|pass|ok|fits?|valid"
)
BAD = re.compile(r"no(t_.*)?$|false|un(verif|confirm)|mismatch|fake|inactive|bad|fail|reject|wrong")
EMPTY: dict[str, Any] = {"string": "", "integer": 0, "number": 0, "boolean": False, "null": None}


def linked(schema: Schema, url: str) -> dict[str, Any]:
    """A source written as an object with an address and a title."""
    host = url.split("/")[2] if url.count("/") > 1 else url
    parts = schema.get("properties", {})
    return {
        part: shaped(url if asked(part) in ("website", "sources") else host, inner)
        if inner.get("type") != "null"
        else None
        for part, inner in parts.items()
    }


def choose(options: list[Any], value: Any, name: str) -> Any:
    """The member of an enum that comes nearest to a value."""
    words = {str(option).lower().replace(" ", "_"): option for option in options}
    if value is None and agreed(name):
        value = True
    if isinstance(value, bool):
        return judged(words, value)
    wanted = str(value if value is not None else "").lower().replace(" ", "_").replace("-", "_")
    if wanted in words:
        return words[wanted]
    near = [option for word, option in words.items() if wanted and word in wanted]
    return near[0] if near else undecided(words)


def judged(words: dict[str, Any], good: bool) -> Any:
    """The member that says yes, or the one that says no."""
    for word, option in words.items():
        if (GOOD if good else BAD).match(word):
            return option
    return undecided(words)


def undecided(words: dict[str, Any]) -> Any:
    return next((words[word] for word in UNDECIDED if word in words), next(iter(words.values())))


def shaped(value: Any, schema: Schema) -> Any:
    """The value as the type the schema wants, within its limits."""
    kind = schema.get("type", "string")
    kind = next((one for one in kind if one != "null"), "null") if isinstance(kind, list) else kind
    if value is None or kind == "null":
        return within(EMPTY.get(kind, ""), schema)
    if kind == "boolean":
        return bool(value)
    if kind in ("integer", "number"):
        return within(number(value, kind), schema)
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value)[: schema.get("maxLength", 100_000)]


def number(value: Any, kind: str) -> float | int:
    if isinstance(value, str):
        digits = re.findall(r"\d+", value)
        value = int(digits[0]) if digits else 0
    value = float(value) if isinstance(value, int | float) else 0.0
    return round(value) if kind == "integer" else round(value, 6)


def scaled(value: Any, schema: Schema) -> Any:
    """A share from 0 to 1 on the scale the schema has in mind: up to 1, 10 or 100."""
    if not isinstance(value, float):
        return value
    most = schema.get("maximum", 1 if schema.get("type") == "number" else 100)
    return value * most if most in (1, 5, 10, 100) else value


def within(value: Any, schema: Schema) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = max(value, schema.get("minimum", value))
        value = min(value, schema.get("maximum", value))
    return value
