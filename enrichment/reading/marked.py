"""Things of schema.org, RDFa and hCard that are marked in the words of a page themselves."""

import re
from collections.abc import Callable, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from enrichment.reading.things import LONGEST_VALUE, Said, Thing, name_of

Attributes = Mapping[str, str | None]
MOST_MARKS = 3_000
# What older vocabularies and hCard call what schema.org calls otherwise.
# https://microformats.org/wiki/h-card
ALSO = {
    "tel": "telephone", "phone": "telephone", "postal-code": "postalcode",
    "street-address": "streetaddress", "extended-address": "streetaddress",
    "locality": "addresslocality", "region": "addressregion", "country-name": "addresscountry",
    "adr": "address", "fn": "name", "organization-name": "name", "mbox": "email",
    "job-title": "jobtitle", "title": "jobtitle", "label": "address", "hours": "openinghours",
    "fax": "faxnumber",
}  # fmt: skip
MARKED_CLASS = re.compile(r"(?:^|\s)(?:[pue]|dt)-([a-z-]+)|(?:^|\s)([a-z]+(?:-[a-z]+)*)(?=\s|$)")
CARD_WORDS = frozenset((
    "fn", "org", "tel", "email", "adr", "street-address", "extended-address", "locality",
    "region", "postal-code", "country-name", "title", "job-title", "url", "name", "note", "role",
    "fax",
))  # fmt: skip
INNER = frozenset(("adr", "address"))


def marked(tree: LexborHTMLParser, source: str) -> list[Thing]:
    """Give the things that attributes and classes of a page mark."""
    found: list[Thing] = []
    if "itemprop" in source:
        found += _gathered(tree, "[itemscope],[itemprop]", _microdata)
    if "typeof" in source:
        found += _gathered(tree, "[typeof],[property]", _rdfa)
    if "vcard" in source or "h-card" in source:
        found += _cards(tree)
    return [thing for thing in found if thing.says or thing.parts]


Mark = tuple[frozenset[str] | None, list[str]]


def _microdata(attributes: Attributes) -> Mark:
    kinds = None
    if "itemscope" in attributes:
        kinds = frozenset(name_of(each) for each in (attributes.get("itemtype") or "").split()[:5])
    return kinds, (attributes.get("itemprop") or "").split()[:5]


def _rdfa(attributes: Attributes) -> Mark:
    kinds = None
    if attributes.get("typeof"):
        kinds = frozenset(name_of(each) for each in (attributes["typeof"] or "").split()[:5])
    return kinds, (attributes.get("property") or attributes.get("rel") or "").split()[:5]


def _gathered(
    tree: LexborHTMLParser, query: str, read: Callable[[Attributes], Mark]
) -> list[Thing]:
    tops: list[Thing] = []
    scopes: dict[int, Thing] = {}
    for node in tree.css(query)[:MOST_MARKS]:
        kinds, names = read(node.attributes)
        above = _above(node, scopes)
        thing = None
        if kinds is not None:
            thing = Thing(kinds, owner=above)
            scopes[node.mem_id] = thing
            if above is None or not names:
                tops.append(thing)
        if above is not None:
            for name in names:
                _say(above, name_of(name), node, thing)
    return tops


def _say(above: Thing, name: str, node: LexborNode, thing: Thing | None) -> None:
    key = ALSO.get(name, name)
    if thing is not None:
        thing.key = key
        above.parts.setdefault(key, []).append(thing)
    elif said := _value(node):
        above.says.setdefault(key, []).append(Said(said))


def _above(node: LexborNode, scopes: dict[int, Thing]) -> Thing | None:
    above = node.parent
    while above is not None:
        if above.mem_id in scopes:
            return scopes[above.mem_id]
        above = above.parent
    return None


def _value(node: LexborNode) -> str:
    attributes = node.attributes
    said = attributes.get("content") or attributes.get("datetime")
    if not said and node.tag in ("a", "link", "area"):
        href = attributes.get("href") or ""
        is_contact = href.startswith(("tel:", "mailto:"))
        said = href.partition(":")[2].partition("?")[0] if is_contact else href
        said = said if is_contact or node.tag != "a" or "//" in href else ""
    return " ".join((said or node.text()).split())[:LONGEST_VALUE]


def _cards(tree: LexborHTMLParser) -> list[Thing]:
    found = []
    for node in tree.css(".vcard, .h-card")[:60]:
        thing = Thing(frozenset(("vcard",)))
        for inner in node.css("[class]")[:100]:
            _card_mark(thing, inner)
        found.append(thing)
    return found


def _card_mark(thing: Thing, node: LexborNode) -> None:
    for match in MARKED_CLASS.finditer(node.attributes.get("class") or ""):
        name = match[1] or match[2]
        if name not in CARD_WORDS:
            continue
        key = ALSO.get(name, name)
        said = _value(node)
        if key == "telephone":
            if re.search(r"\bfax\b", f"{said} {node.attributes.get('class')}", re.IGNORECASE):
                return
            inner = node.css_first(".value, .p-value")
            said = _value(inner) if inner is not None else said
        if said and key not in INNER:
            place = thing
            if key in ("streetaddress", "addresslocality", "addressregion", "postalcode"):
                if "address" not in thing.parts:
                    thing.parts["address"] = [
                        Thing(frozenset(("postaladdress",)), "address", thing)
                    ]
                place = thing.parts["address"][0]
            place.says.setdefault(key, []).append(Said(said))
