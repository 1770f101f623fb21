"""What a page says for machines: things of schema.org with what is said of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from enrichment.reading.bounds import MOST_THINGS
from enrichment.reading.document import Document, Region
from enrichment.reading.scribe import Scribe
from enrichment.reading.styling import Shade
from enrichment.reading.tolerant import values

DEEPEST = 12
MOST_OF_A_KIND = 60
LONGEST_VALUE = 2_000
LEFT_OUT = frozenset(("@context", "@type", "@id", "image", "logo", "contenturl", "thumbnailurl"))


@dataclass(frozen=True, slots=True)
class Said:
    """A value as it is said, and where that stands in the text."""

    value: str
    at: int = 0


@dataclass(eq=False, slots=True)
class Thing:
    """`kinds` are its types in lower case; `key` is how it belongs to the thing it is a part of."""

    kinds: frozenset[str]
    key: str = ""
    owner: "Thing | None" = None
    ident: str = ""
    says: dict[str, list[Said]] = field(default_factory=dict)
    parts: dict[str, list["Thing"]] = field(default_factory=dict)

    def all(self, *names: str) -> list[Said]:
        """Give what is said under any of these names, in lower case."""
        return [said for name in names for said in self.says.get(name, ())]

    def one(self, *names: str) -> str:
        found = self.all(*names)
        return found[0].value if found else ""

    def within(self) -> Iterator["Thing"]:
        """Give it and all its parts."""
        yield self
        for parts in self.parts.values():
            for part in parts:
                yield from part.within()


def name_of(key: str) -> str:
    """Give a name of a property or type without its vocabulary, in lower case."""
    return key.strip().rpartition("/")[2].rpartition("#")[2].rpartition(":")[2].lower()


def in_json(scripts: list[tuple[str, str]]) -> list[Thing]:
    """Give the things that a page describes in JSON-LD, broken or not."""
    found: list[Thing] = []
    for kind, script in scripts:
        if "ld+json" in kind:
            for said in values(script):
                found += _things(said, "", None, 0)
    return _linked(found[:MOST_THINGS])


def _things(said: Any, key: str, owner: Thing | None, depth: int) -> list[Thing]:
    if depth > DEEPEST:
        return []
    if isinstance(said, list):
        return [
            thing for each in said[:MOST_THINGS] for thing in _things(each, key, owner, depth + 1)
        ]
    if not isinstance(said, dict):
        return []
    graph = said.get("@graph")
    if isinstance(graph, dict | list) and "@type" not in said:
        return _things(graph, key, owner, depth + 1)
    thing = Thing(_kinds(said.get("@type")), key, owner, str(said.get("@id") or ""))
    for name, value in list(said.items())[:MOST_OF_A_KIND]:
        _add(thing, name_of(str(name)), value, depth)
    return [thing]


def _kinds(said: Any) -> frozenset[str]:
    every = said if isinstance(said, list) else [said]
    return frozenset(name_of(each) for each in every[:10] if isinstance(each, str))


def _add(thing: Thing, name: str, value: Any, depth: int) -> None:
    if name in LEFT_OUT or name.startswith("@"):
        return
    for each in (value if isinstance(value, list) else [value])[:MOST_THINGS]:
        if isinstance(each, dict) and "@value" in each:
            each = each["@value"]
        if isinstance(each, dict | list):
            thing.parts.setdefault(name, []).extend(_things(each, name, thing, depth + 1))
        elif isinstance(each, str | int | float) and not isinstance(each, bool):
            said = " ".join(str(each).split())[:LONGEST_VALUE]
            if said:
                thing.says.setdefault(name, []).append(Said(said))


def _linked(things: list[Thing]) -> list[Thing]:
    """Put in the place of a bare reference what it refers to."""
    known = {
        each.ident: each for top in things for each in top.within() if each.ident and each.says
    }
    for top in things:
        for each in list(top.within()):
            for name, parts in each.parts.items():
                each.parts[name] = [_meant(part, known, each) for part in parts]
    return things


def _meant(part: Thing, known: dict[str, Thing], owner: Thing) -> Thing:
    """Only what has no parts is put in, so that nothing comes to hold itself."""
    meant = known.get(part.ident)
    if part.says or part.parts or meant is None or meant.parts:
        return part
    return Thing(meant.kinds, part.key, owner, meant.ident, dict(meant.says))


def write(things: list[Thing], document: Document, scribe: Scribe) -> None:
    """Write what is said for machines down behind the words of the page, line by line."""
    for thing in things:
        _write(thing, document, scribe)


def _write(thing: Thing, document: Document, scribe: Scribe) -> None:
    scribe.open("thing", thing.kinds, Region.MACHINE, Shade.SHOWN)
    for name, said in thing.says.items():
        placed = []
        for each in said:
            scribe.end_line()
            scribe.write(f"{name}: ")
            placed.append(Said(each.value, scribe.here))
            scribe.write(each.value)
        thing.says[name] = placed
    scribe.end_line()
    for parts in thing.parts.values():
        for part in parts:
            _write(part, document, scribe)
    scribe.close()
