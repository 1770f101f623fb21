"""The products that a website is made with, by what they leave in its source."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from enrichment.reading import lists
from enrichment.reading.document import Document
from enrichment.reading.reading import Reading
from enrichment.reading.scribe import Scribe
from enrichment.told import Told

WORD = re.compile(r"[a-z]{2,}")


def _by_word() -> dict[str, list[tuple[str, str]]]:
    """Give products and their signs by the longest word of each sign."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in lists.lines("products"):
        product, _, signs = line.partition(": ")
        for sign in signs.split(" | "):
            core = max(WORD.findall(sign), key=len, default="")
            found.setdefault(core, []).append((product, sign.strip()))
    return found


SIGNS = _by_word()
# Where products leave their marks: in tags, and in the first lines of scripts.
TAGS = re.compile(
    r"<(?:html|head|body|meta|link|script|style|iframe|img|form|input|object|embed|param|source|"
    r"ins|amp-\w|svelte|astro-|!--)[^<>]{1,180}",
    re.IGNORECASE,
)
PARTS = re.compile(
    r"<(?:div|section|main|header|footer|a|span|p|h1|ul|nav|svg|button)\b[^<>]{4,200}", re.I
)
MOST_PARTS, MOST_PIECES = 250, 500
GENERATOR = re.compile(r"content\s*=\s*[\"']?([^\"'>]{1,120})", re.IGNORECASE)
# What a page says in words that it is made with.
CREDIT = re.compile(
    r"(?:powered|made|built|created|published|hosted|designed|running|generated|website|software|"
    r"managed|\bserver|apache|nginx|welcome|cpanel|plesk)\b.{0,60}",
    re.IGNORECASE,
)
LONGEST_CREDIT = 300
MOST_SOURCE, MOST_HAYSTACK = 250_000, 50_000
MOST_OF_A_SCRIPT = 600
MOST_OF_A_HEADER = 200
AROUND = 30
# These say where something is and when it was, and not what made it.
NO_MAKERS = frozenset(("location", "date", "last-modified", "content-language", "retry-after"))
# One that is made with another needs no word about that.
IMPLIED = {
    "PHP": ("WordPress", "Joomla", "Drupal", "OpenCart", "PrestaShop", "Magento", "TYPO3"),
    "React": ("Next.js", "Gatsby"),
    "Vue.js": ("Nuxt",),
    "Svelte": ("SvelteKit",),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A product and the piece of the source that gives it away."""

    product: str
    piece: str


def marks(document: Document, words: list[str], headers: Mapping[str, str]) -> list[Mark]:
    """Find what products have left in a page: in its source, its lines of words, its headers."""
    source = "\n".join((_told(document, words), *_in_headers(headers)))
    small = source.lower()
    found: dict[str, str] = {}
    for word in {*WORD.findall(small), ""} & SIGNS.keys():
        for product, sign in SIGNS[word]:
            at = small.find(sign) if product not in found else -1
            if at >= 0:
                found[product] = _piece(source, at, at + len(sign))
    for product, others in IMPLIED.items():
        if product in found and any(other in found for other in others):
            del found[product]
    return [Mark(product, piece) for product, piece in sorted(found.items())]


def _told(document: Document, words: list[str]) -> str:
    """The part of the source in which products leave marks."""
    source = document.source[:MOST_SOURCE]
    pieces = [
        each.group() for each, _ in zip(TAGS.finditer(source), range(MOST_PIECES), strict=False)
    ]
    pieces += [
        each.group() for each, _ in zip(PARTS.finditer(source), range(MOST_PARTS), strict=False)
    ]
    pieces += [said[:MOST_OF_A_SCRIPT] for _, said in document.scripts if said.strip()]
    generators = [
        each for each in pieces if each[:5].lower() == "<meta" and "generator" in each.lower()
    ]
    pieces += [f"generator:{said[1].strip()}" for said in map(GENERATOR.search, generators) if said]
    for said in words:
        if len(said) < LONGEST_CREDIT:
            pieces += [match.group() for match in CREDIT.finditer(said)]
    pieces.append(document.url)
    return "\n".join(dict.fromkeys(pieces))[:MOST_HAYSTACK]


def _in_headers(headers: Mapping[str, str]) -> Iterator[str]:
    for name, value in headers.items():
        if name not in NO_MAKERS:
            yield f"header:{name}: {value[:MOST_OF_A_HEADER]}"


def _piece(source: str, start: int, end: int) -> str:
    first = source.rfind("\n", max(0, start - AROUND), start) + 1 or max(0, start - AROUND)
    last = source.find("\n", end, end + AROUND)
    return " ".join(source[first : last if last >= 0 else end + AROUND].split())


def write(found: list[Mark], scribe: Scribe) -> None:
    """Write the pieces down, so that they can be quoted."""
    for mark in found:
        scribe.end_line()
        scribe.write(f"{mark.product}: {mark.piece}")


def found(reading: Reading, every: list[Mark]) -> Iterator[Told]:
    """Give all products together."""
    if every:
        at = reading.text.rfind(f"{every[0].product}: {every[0].piece[:40]}")
        at = max(0, at)
        end = at + len(every[0].product)
        yield reading.told("technologies", [each.product for each in every], at, end)
