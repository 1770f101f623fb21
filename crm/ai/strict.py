"""The form of an answer: a JSON schema that the vendor will hold the model to."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
KINDS = {"object", "array", "string", "number", "integer", "boolean", "null"}


class NotStrict(ValueError):
    """The vendor would refuse this schema, or not hold the model to it."""


def checked(schema: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Give the schema back when it is strict throughout; raises NotStrict with where it is not."""
    if not NAME.fullmatch(name):
        raise NotStrict(f"“{name}” is no name of a schema: letters, digits, _ and -, at most 64.")
    if schema.get("type") != "object":
        raise NotStrict(f"The schema {name} is no object at its top.")
    for fault in _faults(schema, name):
        raise NotStrict(fault)
    return schema


def _faults(part: Any, where: str) -> Iterator[str]:
    if not isinstance(part, Mapping):
        yield f"{where} is no schema."
        return
    for number, choice in enumerate(part.get("anyOf", ())):
        yield from _faults(choice, f"{where} (choice {number + 1})")
    if "anyOf" in part or "enum" in part:
        return
    kinds = kinds_of(part)
    if not kinds or not kinds <= KINDS:
        yield f"{where} doesn't say of which type it is."
    if "object" in kinds:
        yield from _faults_of_object(part, where)
    if "array" in kinds:
        yield from _faults(part.get("items"), f"{where}[]")


def _faults_of_object(part: Mapping[str, Any], where: str) -> Iterator[str]:
    properties = part.get("properties", {})
    if part.get("additionalProperties") is not False:
        yield f"{where} must say “additionalProperties”: false."
    if missing := sorted(set(properties) ^ set(part.get("required", ()))):
        yield (
            f"{where} must require every property, and no other: {', '.join(missing)}. One that "
            "may be missing is of the types its own and “null”."
        )
    for name, inner in properties.items():
        yield from _faults(inner, f"{where}.{name}")


def kinds_of(part: Mapping[str, Any]) -> set[str]:
    """The types that a part of a schema allows."""
    kinds = part.get("type", ())
    return {kinds} if isinstance(kinds, str) else set(kinds)
