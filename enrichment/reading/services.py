"""What whoever made a page offers, by the names that it gives to it."""

import re
from collections.abc import Iterator

from enrichment.reading.document import Line, Region
from enrichment.reading.reading import Reading
from enrichment.reading.things import Thing
from enrichment.told import Told

HEADING = re.compile(
    r"^(?:our |the |all |main |core |key |professional |legal |clinical |other )*(?:services?|"
    r"what we (?:do|offer|fit|make|"
    r"sell|provide|treat)|treatments?|areas of (?:practice|expertise|work)|practice areas|"
    r"specialisms?|expertise|"
    r"capabilities|sectors|services (?:we|offered)[\w ]*|how we can help|solutions|gwasanaethau|"
    r"ein gwasanaethau)\W*$",
    re.IGNORECASE,
)
OFFERS = ("makesoffer", "hasoffercatalog", "itemoffered", "itemlistelement", "service")
OFFERED = frozenset(("service", "offer", "product", "medicalprocedure", "listitem"))
TEXTS = (
    "servicetype", "knowsabout", "servesCuisine", "servescuisine", "areaofexpertise",
    "serviceoutput",
)  # fmt: skip
NO_SERVICES = re.compile(
    r"@|https?:|\d{5}|£|\b(?:read more|learn more|find out|view|click|contact|book|call|get|home|"
    r"about|our|we|you|see|"
    r"all services|more|menu|news|blog|copyright|privacy|terms|lorem ipsum)\b|[.!?]\s+\w",
    re.IGNORECASE,
)
MOST, LONGEST, SHORTEST = 25, 60, 3
FEWEST = 2
STOPS = (".", "!", "?", ":")


def found(reading: Reading) -> Iterator[Told]:
    """Give the services together, those for machines or else those under a heading."""
    names = _said(reading)
    if len(names) < FEWEST:
        names = _shown(reading)
    if names:
        at, end = next(iter(names.values()))
        yield reading.told("services", list(names)[:MOST], at, end)


def _said(reading: Reading) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for thing in reading.own:
        for said in thing.all(*TEXTS):
            for part in re.split(r"[,;]\s+", said.value):
                if _may_be(part) and (at := said.value.find(part)) >= 0:
                    found.setdefault(part.strip(), (said.at + at, said.at + at + len(part)))
        for each in _offered(thing):
            for said in each.all("name")[:1]:
                if _may_be(said.value):
                    found.setdefault(said.value, (said.at, said.at + len(said.value)))
    return found


def _offered(thing: Thing) -> Iterator[Thing]:
    for key in OFFERS:
        for part in thing.parts.get(key, ()):
            yield from (each for each in part.within() if each.kinds & OFFERED)


def _shown(reading: Reading) -> dict[str, tuple[int, int]]:
    """Headings and items of lists under a heading that announces services."""
    found: dict[str, tuple[int, int]] = {}
    for line in reading.document.lines:
        if line.region in (Region.HEAD, Region.MACHINE, Region.STATE, Region.FOOTER) or line.shade:
            continue
        said = reading.document.words(line)
        if not _may_be(said) or not _is_item(line, has_stop=said[-1:] in STOPS):
            continue
        above = _announcing(line)
        if above is not None and said != above:
            found.setdefault(said.strip(" .:"), (line.start, line.end))
        if len(found) >= MOST:
            break
    return found


def _is_item(line: Line, *, has_stop: bool) -> bool:
    if line.box.tag in ("h2", "h3", "h4", "h5", "h6", "li", "dt"):
        return True
    if line.box.tag == "p" and not has_stop:
        return True
    return line.box.parent is not None and line.box.parent.tag == "li"


def _announcing(line: Line) -> str | None:
    for heading in line.headings[-2:]:
        if HEADING.match(heading.text):
            return heading.text
    return None


def _may_be(said: str) -> bool:
    text = said.strip()
    words = text.split()
    return SHORTEST <= len(text) <= LONGEST and len(words) <= 8 and not NO_SERVICES.search(text)
