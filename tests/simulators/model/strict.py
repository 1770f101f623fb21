"""What the vendor does not allow in a schema whose answer it promises to keep to."""

from collections.abc import Iterator
from typing import Any

Fault = tuple[str, str]  # where, what
FORMATS = {"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"}
FORBIDDEN = {
    "allOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "uniqueItems",
    "patternProperties",
}  # fmt: skip


def faults(schema: dict[str, Any]) -> Iterator[Fault]:
    if schema.get("type") != "object":
        kind = schema.get("type")
        yield "", f"schema must be a JSON Schema of 'type: \"object\"', got 'type: \"{kind}\"'."
    yield from within(schema, ())


def within(schema: Any, path: tuple[str, ...]) -> Iterator[Fault]:
    """The faults of a schema and of those inside it."""
    if not isinstance(schema, dict):
        return
    where = f"In context={path}, "
    for word in sorted(FORBIDDEN & set(schema)):
        yield where, f"'{word}' is not permitted."
    if "format" in schema and schema["format"] not in FORMATS:
        yield where, f"'{schema['format']}' is not a valid format."
    if "properties" in schema:
        yield from open_ended(schema, where)
    for step, inner in parts(schema):
        yield from within(inner, (*path, *step))


def open_ended(schema: dict[str, Any], where: str) -> Iterator[Fault]:
    if schema.get("additionalProperties") is not False:
        yield where, "'additionalProperties' is required to be supplied and to be false."
    missing = [name for name in schema["properties"] if name not in schema.get("required", [])]
    if missing:
        yield (
            where,
            "'required' is required to be supplied and to be an array including every key in "
            f"properties. Missing '{missing[0]}'.",
        )


def parts(schema: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for word in ("properties", "$defs", "definitions"):
        for name, inner in (schema.get(word) or {}).items():
            yield (word, name), inner
    if "items" in schema:
        yield ("items",), schema["items"]
    for at, inner in enumerate(schema.get("anyOf") or []):
        yield ("anyOf", str(at)), inner
