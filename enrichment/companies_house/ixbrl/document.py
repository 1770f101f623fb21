"""What is tagged in accounts: the headline figures, as they are written, with their contexts.

The page is read as it comes and none of it is kept: it names people, and may be 20 MB long. It may
be hostile: entities of its own are refused, and depth and numbers of things are bounded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from xml.parsers import expat

from enrichment.companies_house.ixbrl.flow import Flow

INLINE = {"http://www.xbrl.org/2013/inlineXBRL", "http://www.xbrl.org/2008/inlineXBRL"}
INSTANCE, DIMENSIONS = "http://www.xbrl.org/2003/instance", "http://xbrl.org/2006/xbrldi"
UTF_16 = {b"\xff\xfe", b"\xfe\xff"}
DEEPEST, MOST_ELEMENTS = 512, 1_000_000
MOST_CONTEXTS, MOST_FACTS, MOST_MEMBERS, MOST_PREFIXES = 20_000, 5_000, 20, 50
MOST_NESTED = 10
# No number, name or day that is looked for is longer.
LONGEST = 200
CAPTURED = {"identifier", "startDate", "endDate", "instant", "measure", "explicitMember"}
# Facts without a figure whose context is that of the period reported on.
OF_PERIOD = {"EndDateForPeriodCoveredByReport", "BalanceSheetDate"}


Done = Callable[[], None]


class Unreadable(Exception):
    """Not a whole page of inline XBRL, or not one to be read; the text says why."""


@dataclass
class Context:
    """Whom and when a fact is about. Of a day, `start` is None. `members` are the parts of the
    whole that are meant, each with its dimension, by their local names.
    """

    entity: str = ""
    start: date | None = None
    end: date | None = None
    members: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Tagged:
    """A figure as it is written; `quote` are the words shown that lead up to it, and itself."""

    name: str
    attributes: Mapping[str, str]
    text: str = ""
    quote: str = ""
    is_shown: bool = True
    is_bracketed: bool = False

    @property
    def context(self) -> str:
        return self.attributes.get("contextRef", "")

    @property
    def unit(self) -> str:
        return self.attributes.get("unitRef", "")


@dataclass
class Document:
    """`units` gives the measures of each unit; `of_period` are the contexts of the day on which
    the period ended, as the accounts themselves say.
    """

    facts: list[Tagged] = field(default_factory=list)
    contexts: dict[str, Context] = field(default_factory=dict)
    units: dict[str, list[str]] = field(default_factory=dict)
    of_period: list[str] = field(default_factory=list)


def read(content: bytes, wanted: frozenset[str]) -> Document:
    """Read the figures of these local names; raises Unreadable."""
    if content[:2] not in UTF_16:
        # Marks and blanks before the first sign are in nobody's way.
        content = content[max(content.find(b"<", 0, 1_000), 0) :]
    reader = _Reader(wanted)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    # Pages may use names like &nbsp; that only a document elsewhere explains: they are left out.
    parser.UseForeignDTD(True)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise Unreadable("The document is damaged.") from None
    if not reader.is_inline:
        raise Unreadable("Nothing is tagged in the document.")
    reader.flow.close()
    return reader.document


def _refuse_entity(*_: object) -> None:
    raise Unreadable("The document has entities of its own.")


def _local(name: str) -> str:
    return name.strip().rpartition(":")[2]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


class _Reader:
    """What the parser tells as it goes, put together.

    It looks after prefixes itself: the parser would copy a name, however long, to each element.
    """

    def __init__(self, wanted: frozenset[str]) -> None:
        self.wanted = wanted
        self.document = Document()
        self.flow = Flow()
        self.is_inline = False
        self.prefixes: dict[str, str] = {}
        self.elements = 0
        # What is to be done at the end of each element that is open.
        self.ends: list[Done | None] = []
        self.facts: list[Tagged] = []
        self.excluded = 0
        self.context: Context | None = None
        self.unit: list[str] | None = None
        self.captured: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if len(self.ends) >= DEEPEST or self.elements > MOST_ELEMENTS:
            raise Unreadable("The document is too deep or too long.")
        before = self.prefixes
        for key in attributes:
            if key.startswith("xmlns"):
                self._declare(key.partition(":")[2], attributes[key])
        done = self._open(name, attributes)
        self.ends.append(done if self.prefixes is before else partial(self._leave, before, done))

    def end(self, _name: str) -> None:
        done = self.ends.pop()
        if done:
            done()

    def text(self, text: str) -> None:
        if self.captured is not None:
            if len(self.captured) < LONGEST:
                self.captured.append(text[:LONGEST])
            return
        if not self.excluded:
            for fact in self.facts:
                if len(fact.text) <= LONGEST:
                    fact.text += text[:LONGEST]
        self.flow.add(text)

    def _open(self, name: str, attributes: dict[str, str]) -> Done | None:
        prefix, _, local = name.rpartition(":")
        match self.prefixes.get(prefix):
            case "inline":
                self.is_inline = True
                return self._inline(local, attributes)
            case "instance":
                return self._instance(local, attributes)
        return self.flow.open(local.lower(), attributes)

    def _leave(self, prefixes: dict[str, str], done: Done | None) -> None:
        self.prefixes = prefixes
        if done:
            done()

    def _declare(self, prefix: str, uri: str) -> None:
        meant = "inline" if uri in INLINE else ""
        if uri in (INSTANCE, DIMENSIONS):
            meant = "instance"
        if self.prefixes.get(prefix, "") != meant:
            # What is outside keeps its own.
            self.prefixes = {**self.prefixes, prefix: meant}
            if len(self.prefixes) > MOST_PREFIXES:
                raise Unreadable("The document has too many prefixes.")

    def _inline(self, local: str, attributes: dict[str, str]) -> Done | None:
        if local == "nonFraction":
            return self._figure(attributes)
        if local == "nonNumeric" and _local(attributes.get("name", "")) in OF_PERIOD:
            if len(self.document.of_period) < MOST_MEMBERS:
                self.document.of_period.append(attributes.get("contextRef", ""))
        elif local == "exclude":
            self.excluded += 1
            return self._included
        elif local in ("hidden", "header"):
            return self.flow.hide()
        return None

    def _included(self) -> None:
        self.excluded -= 1

    def _figure(self, attributes: dict[str, str]) -> Done | None:
        name = _local(attributes.get("name", ""))
        if name not in self.wanted or "target" in attributes:
            return None
        if any(key.endswith(":nil") and attributes[key] in ("true", "1") for key in attributes):
            return None
        if len(self.document.facts) >= MOST_FACTS or len(self.facts) >= MOST_NESTED:
            raise Unreadable("The document has too many figures.")
        fact = Tagged(name, attributes)
        self.document.facts.append(fact)
        self.facts.append(fact)
        shown = self.flow.lead()

        def done() -> None:
            self.facts.pop()
            fact.is_shown = shown is not None
            if shown is not None:
                self.flow.quote(fact, shown)

        return done

    def _instance(self, local: str, attributes: dict[str, str]) -> Done | None:
        if local == "context":
            return self._context(attributes.get("id", ""))
        if local == "unit":
            return self._unit(attributes.get("id", ""))
        if local == "typedMember" and self.context is not None:
            self._member("typed", "")
        if local in CAPTURED and (self.context is not None or self.unit is not None):
            return self._capture(local, _local(attributes.get("dimension", "")))
        return None

    def _context(self, ident: str) -> Done:
        if len(self.document.contexts) >= MOST_CONTEXTS:
            raise Unreadable("The document has too many contexts.")
        self.context = self.document.contexts[ident[:LONGEST]] = Context()

        def done() -> None:
            self.context = None

        return done

    def _unit(self, ident: str) -> Done:
        if len(self.document.units) >= MOST_CONTEXTS:
            raise Unreadable("The document has too many units.")
        self.unit = self.document.units[ident[:LONGEST]] = []

        def done() -> None:
            self.unit = None

        return done

    def _member(self, dimension: str, member: str) -> None:
        if self.context is not None and len(self.context.members) < MOST_MEMBERS:
            self.context.members.append((dimension, member))

    def _capture(self, local: str, dimension: str) -> Done:
        captured = self.captured = []

        def done() -> None:
            self.captured = None
            text = "".join(captured)[:LONGEST].strip()
            if local == "measure" and self.unit is not None:
                if len(self.unit) < MOST_MEMBERS:
                    self.unit.append(text)
            elif self.context is None:
                return
            elif local == "identifier":
                self.context.entity = text
            elif local == "explicitMember":
                self._member(dimension, _local(text))
            elif local == "startDate":
                self.context.start = _day(text)
            else:
                self.context.end = _day(text)

        return done
