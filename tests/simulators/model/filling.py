"""Fills any JSON schema with what the model has found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.simulators.model import extras
from tests.simulators.model.facts import NAMED, Finding, agreed, asked, snake
from tests.simulators.model.news import Item
from tests.simulators.model.reading import Statement
from tests.simulators.model.shaping import EMPTY, Schema, choose, linked, scaled, shaped

LISTS = re.compile(r"(search(es)?|quer(y|ies)).*|.*(search|quer)(es|ies|y)")
REMARKS = re.compile(r".*(note|remark|comment|summary|message|explanation|answer|caveat).*|text")
COUNTS = re.compile(r"(count|total|number|how_many|found)(_.*)?|.*_count")
MORE = re.compile(r".*(more|left|remaining).*")
DONE = re.compile(r".*(exhaust|complete|finished|done|all_found).*")


@dataclass
class Answer:
    """What the model knows when it begins to write."""

    findings: list[Finding] = field(default_factory=list)
    remark: str = ""  # one sentence on the whole
    place: str = ""
    searches: list[str] = field(default_factory=list)
    more: bool = False  # it knows of others that it did not tell
    statements: list[Statement] = field(default_factory=list)  # proved by words on pages
    news: list[Item] = field(default_factory=list)


class Filling:
    """One schema, filled from one answer."""

    def __init__(self, schema: Schema, answer: Answer) -> None:
        self.root = schema
        self.answer = answer
        self.told = 0  # statements that have been used

    def value(self) -> Any:
        """The whole answer; a schema for a single organisation is given the first finding."""
        first = self.answer.findings[0] if self.answer.findings else None
        return self.fill(self.root, "", None if self.several else first)

    @property
    def several(self) -> bool:
        """Whether there is a list of organisations somewhere in the schema."""
        return self.lists_organisations(self.root)

    def lists_organisations(self, schema: Schema, depth: int = 0) -> bool:
        schema = self.plain(schema)
        if schema.get("type") == "array":
            return self.is_organisation(schema.get("items", {}))
        return depth < 4 and any(
            self.lists_organisations(part, depth + 1)
            for part in schema.get("properties", {}).values()
        )

    def is_organisation(self, schema: Schema) -> bool:
        """Whether the schema is that of an object with a name, perhaps one level down."""
        parts = self.plain(schema).get("properties", {})
        if extras.is_quoted(parts) or extras.is_news(parts):
            return False
        return any(asked(name) in NAMED for name in parts) or any(
            asked(inner) in NAMED
            for part in parts.values()
            for inner in self.plain(part).get("properties", {})
        )

    @property
    def quotes(self) -> bool:
        """Whether it asks for the very words of pages somewhere."""
        return any(extras.is_quoted(parts) for parts in self.objects(self.root))

    @property
    def tells_news(self) -> bool:
        return any(extras.is_news(parts) for parts in self.objects(self.root))

    def objects(self, schema: Schema, depth: int = 0) -> Iterator[dict[str, Schema]]:
        """The properties of every object in the schema, read without references."""
        plain = self.plain(schema)
        parts = plain.get("properties", {})
        if parts:
            yield {name: self.plain(inner) for name, inner in parts.items()}
        inner = [*parts.values(), *([plain["items"]] if "items" in plain else [])]
        if depth < 6:
            for each in inner:
                yield from self.objects(each, depth + 1)

    def plain(self, schema: Schema) -> Schema:
        """The schema behind references and choices, null left aside; its type is one word."""
        for _ in range(20):
            if "$ref" in schema:
                schema = self.referred(schema["$ref"])
            elif choices := schema.get("anyOf") or schema.get("oneOf"):
                useful = [one for one in choices if one.get("type") != "null"]
                schema = useful[0] if useful else {"type": "null"}
            else:
                break
        types = schema.get("type")
        if isinstance(types, list):
            schema = {**schema, "type": next((one for one in types if one != "null"), "null")}
        if "type" not in schema and "properties" in schema:
            schema = {**schema, "type": "object"}
        return schema

    def referred(self, reference: str) -> Schema:
        schema: Any = self.root
        for part in reference.lstrip("#/").split("/"):
            schema = schema[part] if part else schema
        return schema

    def nullable(self, schema: Schema) -> bool:
        for _ in range(20):
            if "$ref" not in schema:
                break
            schema = self.referred(schema["$ref"])
        types = schema.get("type", [])
        choices = schema.get("anyOf") or schema.get("oneOf") or []
        return (
            types == "null"
            or (isinstance(types, list) and "null" in types)
            or None in schema.get("enum", [])
            or any(self.nullable(one) for one in choices)
        )

    def fill(self, schema: Schema, name: str, about: Finding | None) -> Any:
        plain = self.plain(schema)
        if "const" in plain:
            return plain["const"]
        kind = plain.get("type", "string")
        if kind == "object":
            parts = plain.get("properties", {})
            if extras.is_quoted(parts):
                return self.proved(schema, parts, name)
            return {
                part: self.fill(inner, part, about)
                for part, inner in plain.get("properties", {}).items()
            }
        if kind == "array":
            return self.fill_list(plain, name, about)
        value = self.fact(name, about) if about else self.aside(name, kind)
        if value is None and self.nullable(schema):
            return None
        if "enum" in plain:
            return choose(plain["enum"], value, name)
        if asked(name) == "confidence":
            value = scaled(value, plain)
        return shaped(value, plain)

    def fill_list(self, schema: Schema, name: str, about: Finding | None) -> list[Any]:
        items = schema.get("items", {})
        most = schema.get("maxItems", 10_000)
        parts = self.plain(items).get("properties", {})
        plain = {part: self.plain(inner) for part, inner in parts.items()}
        if extras.is_quoted(parts):
            told = self.answer.statements[:most]
            self.told += len(told)
            return [extras.of_statement(plain, each) for each in told]
        if extras.is_news(parts):
            return [extras.of_news(plain, each) for each in self.answer.news[:most]]
        if about is None and self.is_organisation(items):
            return [self.fill(items, "", one) for one in self.answer.findings[:most]]
        values = self.strings(name, about)
        inner = self.plain(items)
        if inner.get("type") == "object":
            links = asked(name) == "sources"
            return [linked(inner, value) for value in values[:most]] if links else []
        if "enum" in inner:
            values = [value for value in values if value in inner["enum"]]
        least = schema.get("minItems", 0)
        filler = inner.get("enum", [EMPTY.get(inner.get("type", "string"), "")])[0]
        values = [shaped(value, inner) for value in values[:most]]
        return values + [filler] * (least - len(values))

    def proved(self, schema: Schema, parts: dict[str, Schema], name: str) -> Any:
        """One fact with its proof: the statement that fits its name, else one not used yet."""
        said = extras.fitting(name, self.answer.statements, self.told)
        self.told += 1
        if said is None and self.nullable(schema):
            return None
        plain = {part: self.plain(inner) for part, inner in parts.items()}
        return extras.of_statement(plain, said)

    def strings(self, name: str, about: Finding | None) -> list[Any]:
        """What a list of plain values holds."""
        if LISTS.fullmatch(snake(name)):
            return self.answer.searches
        if about is None:
            if asked(name) != "sources":
                return []
            return list(dict.fromkeys(url for one in self.answer.findings for url in one.sources))
        value = self.fact(name, about) or self.fact(snake(name).rstrip("s"), about)
        if isinstance(value, list):
            return value
        return [] if value in (None, "") else [value]

    def fact(self, name: str, about: Finding) -> Any:
        found = asked(name)
        if not found and agreed(name):
            return about.facts.get("verdict", True)
        return about.facts.get(found)

    def aside(self, name: str, kind: str) -> Any:
        """A value that belongs to no organisation but to the answer as a whole."""
        flat, answer = snake(name), self.answer
        if kind == "boolean":
            if DONE.fullmatch(flat):
                return not answer.more
            return answer.more if MORE.fullmatch(flat) else agreed(name) and bool(answer.findings)
        if kind in ("integer", "number"):
            if asked(name) == "confidence":
                return 0.7 if answer.findings else 0.2
            return len(answer.findings) if COUNTS.fullmatch(flat) else None
        if REMARKS.fullmatch(flat):
            return answer.remark
        if LISTS.fullmatch(flat):
            return "; ".join(answer.searches)
        return answer.place if asked(name) == "town" and answer.place else None
