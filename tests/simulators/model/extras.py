"""Parts of a schema that ask for proofs or for news rather than for organisations."""

import re
from typing import Any

from tests.simulators.model.facts import asked, snake
from tests.simulators.model.news import Item
from tests.simulators.model.reading import Statement
from tests.simulators.model.shaping import Schema, choose, scaled, shaped

QUOTE = re.compile(
    r"(.*_)?(quote|quotation|excerpt|verbatim|snippet|passage)s?(_.*)?|quoted.*|evidence_(text|words)"
)
DATE = re.compile(r"(.*_)?(date|day|published|when)(_.*)?|published.*|.*_(on|at)")
TITLE = re.compile(r"(.*_)?(title|headline|heading)")
URL = re.compile(r"(.*_)?(url|uri|link|page|source|found_on|address|citation)s?(_url)?")
SUBJECTS = (
    re.compile(r"customer|client|audience|serve|market", re.IGNORECASE),
    re.compile(r"founded|established|history|since", re.IGNORECASE),
)
PUBLISHER = re.compile(r".*(publisher|publication|outlet|newspaper|host|domain|site|medium).*")
KIND = re.compile(r"kind|type|category|topic|signal|event.*|tag")


# What only an organisation has: an object that asks for these is one, whatever else it asks for.
OF_ORGANISATIONS = {"legal_name", "postcode", "phone", "number", "email", "full_address", "domain"}


def is_quoted(parts: dict[str, Schema]) -> bool:
    """Whether an object's properties ask for somebody's very words."""
    if is_news(parts) or is_of_organisation(parts) or "name" in map(snake, parts):
        return False
    return any(QUOTE.fullmatch(snake(name)) for name in parts)


def is_of_organisation(parts: dict[str, Schema]) -> bool:
    return any(asked(name) in OF_ORGANISATIONS for name in parts)


def is_news(parts: dict[str, Schema]) -> bool:
    """Whether they ask for a headline and a date."""
    if is_of_organisation(parts):
        return False
    names = [snake(name) for name in parts]
    dated = any(DATE.fullmatch(name) for name in names)
    return dated and any(TITLE.fullmatch(name) for name in names)


def fitting(name: str, every: list[Statement], used: int) -> Statement | None:
    """The statement that a property of this name asks for, or the first that was not used yet."""
    for words in SUBJECTS:
        if words.search(snake(name)):
            return next((said for said in every if words.search(said.quote)), None)
    return every[used] if used < len(every) else None


def of_statement(parts: dict[str, Schema], said: Statement | None) -> dict[str, Any]:
    return {name: part_of_statement(name, inner, said) for name, inner in parts.items()}


def part_of_statement(name: str, schema: Schema, said: Statement | None) -> Any:
    flat = snake(name)
    if said is None:
        return empty(schema)
    if QUOTE.fullmatch(flat):
        value: Any = said.quote
    elif URL.fullmatch(flat):
        value = said.url
    elif asked(name) == "confidence":
        return shaped(scaled(0.9, schema), schema)
    elif DATE.fullmatch(flat):
        return empty(schema)
    else:
        value = said.text
    if schema.get("type") == "array":
        return [value]
    return choose(schema["enum"], value, name) if "enum" in schema else shaped(value, schema)


def of_news(parts: dict[str, Schema], item: Item) -> dict[str, Any]:
    return {name: part_of_news(name, inner, item) for name, inner in parts.items()}


def part_of_news(name: str, schema: Schema, item: Item) -> Any:
    flat = snake(name)
    if TITLE.fullmatch(flat):
        value: Any = item.title
    elif DATE.fullmatch(flat):
        value = item.day
    elif URL.fullmatch(flat):
        value = item.url
    elif PUBLISHER.fullmatch(flat):
        value = item.publisher
    elif KIND.fullmatch(flat):
        value = item.kind
    elif asked(name) == "confidence":
        return shaped(scaled(0.8, schema), schema)
    else:
        value = item.text
    if schema.get("type") == "array":
        return [value]
    return choose(schema["enum"], value, name) if "enum" in schema else shaped(value, schema)


def empty(schema: Schema) -> Any:
    """Nothing, as far as the schema allows it."""
    kinds = schema.get("type")
    if kinds == "null" or (isinstance(kinds, list) and "null" in kinds):
        return None
    return [] if kinds == "array" else shaped(None, schema)
