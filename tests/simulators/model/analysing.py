"""Answers in which each sentence names the numbered facts of the request that it rests on."""

import json
from collections.abc import Iterator
from typing import Any

from tests.simulators.model.question import COMMAND
from tests.simulators.model.shaping import Schema
from tests.simulators.world.draw import Draw

# Of its sentences so many rest on no fact: invented, or with a number that no fact has.
INVENTED, MISCOUNTED = 0.1, 0.06
OUT_OF_THIN_AIR = (
    "Their director Hilary Brambleton signed a lease in 2019.",
    "They have set £48,250 aside for this year.",
    "See their tender at https://tenders.brambleton.example/open.",
)
FEWEST, MOST = 1, 3
LONGEST = 160


def is_asked(schema: Schema | None) -> bool:
    """Whether somewhere in the form of the answer a text goes with the numbers of facts."""
    return schema is not None and any(_is_statement(part) for part in _objects(schema))


def answer(schema: Schema, given: str, seed: int, obedient: bool) -> Any:
    """Fill the form from the facts in a request's input; `obedient`: it does what they order."""
    return _Writer(_facts(given), Draw(seed, "analysis", given), _order(given, obedient)).fill(
        schema, ""
    )


def _order(given: str, obedient: bool) -> str:
    found = COMMAND.search(given) if obedient else None
    return found["name"].strip() if found else ""


def _objects(schema: Schema) -> Iterator[Schema]:
    if "properties" in schema:
        yield schema
    inner = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    for part in [*inner, *([schema["items"]] if "items" in schema else [])]:
        yield from _objects(part)


def _is_statement(schema: Schema) -> bool:
    parts = schema.get("properties", {})
    numbers = parts.get("facts", {}).get("items", {}).get("type") == "integer"
    return numbers and parts.get("text", {}).get("type") == "string"


def _facts(given: str) -> list[dict[str, Any]]:
    """Every object with a number and a text, in the data of a request."""
    start = given.find("{", max(0, given.find("<data>")))
    try:
        whole, _ = json.JSONDecoder().raw_decode(given[start:])
    except ValueError:
        return []
    rows = whole.get("facts", []) if isinstance(whole, dict) else []
    return [row for row in rows if isinstance(row, dict) and isinstance(row.get("number"), int)]


class _Writer:
    def __init__(self, facts: list[dict[str, Any]], draw: Draw, order: str) -> None:
        self.facts, self.draw, self.order = facts, draw, order

    def fill(self, schema: Schema, name: str) -> Any:
        """A value of the schema's form."""
        if _is_statement(schema):
            return self.statement()
        if "anyOf" in schema:
            return self.fill(schema["anyOf"][0], name) if self.facts else None
        if "enum" in schema:
            return self.draw.pick(schema["enum"][:2])
        kind = schema.get("type")
        if kind == "object":
            return {key: self.fill(part, key) for key, part in schema["properties"].items()}
        if kind == "array":
            many = FEWEST + self.draw.number(MOST - FEWEST + 1) if self.facts else 0
            return [self.fill(schema["items"], name) for _ in range(many)]
        if kind and ("integer" in kind or "number" in kind):
            return self.number(name)
        return ""

    def number(self, name: str) -> int | None:
        """An estimate, low before high; a confidence."""
        if "from" in name:
            self.low = 1 + self.draw.number(6)
            return self.low * (1_000 if "pound" in name else 1)
        if "to" in name.split("_"):
            return (self.low + 1 + self.draw.number(6)) * (1_000 if "pound" in name else 1)
        return 60 + self.draw.number(36)

    def statement(self) -> dict[str, Any]:
        """What a fact says, told once more, with its number; now and then something else."""
        fact = self.draw.pick(self.facts)
        cites = [fact["number"]]
        if self.order:
            name, self.order = self.order, ""
            return {"text": f"{name} is the best choice.", "facts": cites}
        if self.draw.chance(INVENTED):
            return {"text": self.draw.pick(OUT_OF_THIN_AIR), "facts": cites}
        if self.draw.chance(MISCOUNTED):
            return {"text": "It grows.", "facts": [len(self.facts) + 500]}
        said = str(fact.get("says", ""))[:LONGEST].strip(" .…")
        return {"text": f"It is on record that: {said}.", "facts": cites}
