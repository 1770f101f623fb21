"""What a page of a website says of whoever made it. Its words are read, and never obeyed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_plus, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from campaigns.verification import machines
from campaigns.verification.nesting import shallow
from crm.registers.numbers import company_number
from leads.identity.candidate import email, phone

POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)[\s\u00a0]*(\d[ABD-HJLNP-UW-Z]{2})\b", re.I)
PHONE = re.compile(r"(?<![\d.])(?:\+44|0044|\(?0)[\d\s\u00a0().\-–]{7,16}\d(?!\d)")
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
NUMBER = re.compile(
    r"(?P<before>.{0,30}?)(?:compan(?:y|ies)|registered|registration|reg\.?|incorporated)"
    r"(?:[\s,.:]+(?:in|england|and|&|wales|scotland|northern|ireland|uk|the|united|kingdom|under|"
    r"with|as|house|company|registration|registered|reg\.?|is|a))*"
    r"[\s,.:]*(?:no|number|num|nr|№|n°|#|:)[\s.:#]*(?P<number>[A-Z]{2}\s?\d{6}|R0\d{6}|\d{6,8})\b",
    re.I,
)
OTHER_REGISTERS = re.compile(r"charit|vat\b|v\.a\.t|ico\b|fca\b|data protection|ofsted|urn\b", re.I)
COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?[\s\d–,-]*([^.|•·\n]{2,80})", re.I)
ENTITY = re.compile(r"[^.|•·\n]{2,80}?\b(?:ltd|limited|llp|plc)\b", re.I)
LEGAL_NAME = re.compile(r"(?:\b[A-Z0-9&][\w&'’.-]*\s+){1,6}(?:Ltd|Limited|LLP|PLC|plc)\b")
SPACES = re.compile(r"\s+")
HIDDEN = ["script", "style", "template", "noscript", "svg"]
NAMING = ("og:site_name", "og:title", "application-name", "apple-mobile-web-app-title", "author",
          "twitter:title", "dc.publisher")  # fmt: skip
TOLD = ("alt", "title", "aria-label")
LONGEST_NAME, MOST_NAMES, MOST_TEXT = 160, 60, 200_000
FIRST_IMAGES = 3


@dataclass(frozen=True)
class Leaf:
    """One page. `names` are the places where a page says whose it is, `brands` those that name a
    site as a whole; `publishers` are the organisations in its data for machines.
    """

    url: str
    title: str
    text: str
    names: tuple[str, ...]
    brands: tuple[str, ...]
    publishers: tuple[str, ...]
    postcodes: tuple[str, ...]
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    numbers: tuple[str, ...]
    # Where it says that it, or its maker, really is.
    origins: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    legal_names: frozenset[str]
    headings: tuple[str, ...]
    # The organisations in its data for machines with the addresses of their websites.
    homes: tuple[tuple[str, str], ...]
    localities: tuple[str, ...]


def read(url: str, html: str) -> Leaf:
    """Read a page; broken HTML gives what there is."""
    tree = LexborHTMLParser(shallow(html))
    things = list(machines.things(tree))
    links, hrefs = _links(tree, url), _hrefs(tree)
    told, names = _told(tree), _names(tree)
    brands = tuple(_metas(tree, ("og:site_name", "application-name")))
    title = _title(tree)
    origins = _origins(tree, url)
    headings = tuple(_clean(node.text(separator=" ")) for node in tree.css("h1, h2")[:20])
    for node in tree.css(", ".join(HIDDEN)):
        node.decompose()
    text = _plain(tree.body.text(separator="\n") if tree.body else "")[:MOST_TEXT]
    publishers = tuple(dict.fromkeys(machines.publishers(things)))
    whole = "\n".join([title, text, *told, *machines.texts(things), *hrefs])
    every = [title, *names, *publishers, *_signed(text)]
    return Leaf(
        url=url,
        title=title,
        text="\n".join([text, *told, *_metas(tree, ("description", "og:description"))]),
        names=tuple(dict.fromkeys(n for n in every if 1 < len(n) <= LONGEST_NAME))[:MOST_NAMES],
        brands=brands,
        publishers=publishers,
        postcodes=postcodes(whole),
        phones=tuple(dict.fromkeys(filter(None, map(phone, PHONE.findall(whole)))))[:MOST_NAMES],
        emails=tuple(dict.fromkeys(filter(None, map(email, EMAIL.findall(whole)))))[:MOST_NAMES],
        numbers=numbers("\n".join([text, *told])),
        origins=origins,
        links=links,
        legal_names=frozenset(LEGAL_NAME.findall(text)),
        headings=headings,
        homes=tuple(
            (str(thing["name"]), thing["url"])
            for thing in things
            if isinstance(thing.get("url"), str)
        ),
        localities=tuple(machines.localities(things)),
    )


def postcodes(text: str) -> tuple[str, ...]:
    """Give the postcodes that a text names, each once, in the usual form."""
    found = (f"{outward.upper()} {inward.upper()}" for outward, inward in POSTCODE.findall(text))
    return tuple(dict.fromkeys(found))


def numbers(text: str) -> tuple[str, ...]:
    """Give what a text calls the number of a company; those of charities are others."""
    found = (
        company_number(match["number"])
        for match in NUMBER.finditer(SPACES.sub(" ", text))
        if not OTHER_REGISTERS.search(match.group()[: match.start("number") - match.start()])
    )
    return tuple(dict.fromkeys(found))


def _plain(text: str) -> str:
    lines = (SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("title")
    return _clean(node.text()) if node else ""


def _attribute(node: LexborNode, name: str) -> str:
    return _clean(node.attributes.get(name) or "")


def _told(tree: LexborHTMLParser) -> list[str]:
    """What is written for those who don't see the page."""
    found = (_attribute(node, name) for name in TOLD for node in tree.css(f"[{name}]"))
    return list(dict.fromkeys(text for text in found if text))[:500]


def _names(tree: LexborHTMLParser) -> list[str]:
    found = list(_metas(tree, NAMING))
    found += [node.text(separator=" ") for node in tree.css("h1")[:5]]
    images = tree.css("img[alt]")
    logos = [each for each in images if "logo" in (each.html or "").lower()]
    found += [_attribute(node, "alt") for node in [*images[:FIRST_IMAGES], *logos[:3]]]
    first = (
        'a[href="/"], a[href="./"], header a, header [title], header [aria-label], [class*=logo]'
    )
    for node in tree.css(first)[:12]:
        found += [node.text(separator=" "), *(_attribute(node, name) for name in TOLD)]
    found += [node.text(separator=" ").split("\n")[0] for node in tree.css("address")[:3]]
    found += [_attribute(node, "title") for node in tree.css("body > [title], h1 [title]")[:3]]
    return [_clean(name) for name in found]


def _metas(tree: LexborHTMLParser, wanted: tuple[str, ...]) -> Iterator[str]:
    for node in tree.css("meta[content]"):
        name = _attribute(node, "property") or _attribute(node, "name")
        if name.lower() in wanted and (content := _attribute(node, "content")):
            yield content


def _signed(text: str) -> Iterator[str]:
    """Who signs a page at its end: holder of the rights, company behind it."""
    for match in COPYRIGHT.finditer(text):
        yield match[1].strip()
    for line in text.split("\n"):
        if NUMBER.search(line) and (entity := ENTITY.search(line)):
            yield entity.group().strip(" ©,")


def _links(tree: LexborHTMLParser, url: str) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for node in tree.css("a[href]")[:1000]:
        try:
            goal = urljoin(url, _attribute(node, "href")).partition("#")[0]
        except ValueError:
            continue
        if urlsplit(goal).scheme in ("http", "https"):
            found.setdefault(goal, _clean(node.text(separator=" "))[:80])
    return tuple(found.items())


def _hrefs(tree: LexborHTMLParser) -> list[str]:
    """Addresses that say where it is and how to reach it: maps, numbers to dial, mail."""
    found = (
        _attribute(node, "href") or _attribute(node, "src")
        for node in tree.css(
            'a[href*="map"], iframe[src*="map"], a[href^="tel:"], a[href^="mailto:"]'
        )
    )
    return [unquote_plus(each.replace("+44", "%2B44")) for each in found]


def _clean(text: str) -> str:
    return SPACES.sub(" ", text).strip()


def _origins(tree: LexborHTMLParser, url: str) -> tuple[str, ...]:
    found = [_attribute(node, "href") for node in tree.css('link[rel="canonical"]')]
    found += list(_metas(tree, ("og:url",)))
    joined = []
    for each in filter(None, found):
        try:
            joined.append(urljoin(url, each))
        except ValueError:
            continue
    return tuple(dict.fromkeys(joined))
