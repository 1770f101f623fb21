"""Holding an answer against its schema: what doesn't fit is dropped and counted."""

from collections.abc import Mapping
from typing import Any

from crm.ai.strict import kinds_of


class DoesNotFit(ValueError):
    """The answer as a whole is of another form."""


def fitted(answer: Any, schema: Mapping[str, Any]) -> tuple[Any, int]:
    """Give what fits, and how many items and properties did not.

    An item of a list that is wrong in any part is left out and counts as one; so does a property
    that is not in the schema. An answer that is wrong outside its lists raises DoesNotFit.
    Characters that no database holds are taken out of texts, and not counted.
    """
    fitting = _Fitting()
    return fitting.part(answer, schema, "the answer"), fitting.dropped


class _Fitting:
    def __init__(self) -> None:
        self.dropped = 0

    def part(self, value: Any, schema: Mapping[str, Any], where: str) -> Any:
        if "anyOf" in schema:
            return self._choice(value, schema, where)
        if "enum" in schema:
            if not any(value == each and type(value) is type(each) for each in schema["enum"]):
                raise DoesNotFit(f"{where} is none of what it can be")
            return value
        kind = kind_of(value)
        allowed = kinds_of(schema)
        if kind not in allowed and not (kind == "integer" and "number" in allowed):
            raise DoesNotFit(f"{where} is of type {kind}")
        if kind == "object":
            return self._object(value, schema, where)
        if kind == "array":
            return self._list(value, schema, where)
        return _plain(value) if kind == "string" else value

    def _choice(self, value: Any, schema: Mapping[str, Any], where: str) -> Any:
        for choice in schema["anyOf"]:
            before = self.dropped
            try:
                return self.part(value, choice, where)
            except DoesNotFit:
                self.dropped = before
        raise DoesNotFit(f"{where} is none of what it can be")

    def _object(self, value: dict[str, Any], schema: Mapping[str, Any], where: str) -> Any:
        properties = schema["properties"]
        if missing := [name for name in properties if name not in value]:
            raise DoesNotFit(f"{where} lacks {', '.join(missing)}")
        self.dropped += len(value.keys() - properties.keys())
        return {
            name: self.part(value[name], inner, f"{where}.{name}")
            for name, inner in properties.items()
        }

    def _list(self, value: list[Any], schema: Mapping[str, Any], where: str) -> Any:
        kept = []
        for item in value:
            before = self.dropped
            try:
                kept.append(self.part(item, schema["items"], f"{where}[]"))
            except DoesNotFit:
                self.dropped = before + 1
        return kept


def kind_of(value: Any) -> str:
    """The type of a value, by its name in JSON schemas."""
    names = {
        dict: "object",
        list: "array",
        str: "string",
        bool: "boolean",
        int: "integer",
        float: "number",
        type(None): "null",
    }
    return names[type(value)]


def whole(value: Any) -> Any:
    """Give JSON as it came, in characters that a database holds; raises RecursionError."""
    if isinstance(value, dict):
        return {_plain(name): whole(each) for name, each in value.items()}
    if isinstance(value, list):
        return [whole(each) for each in value]
    return _plain(value) if isinstance(value, str) else value


def _plain(text: str) -> str:
    """Without what a database can't hold: NUL, and halves of characters."""
    return text.replace("\0", "").encode(errors="ignore").decode()
