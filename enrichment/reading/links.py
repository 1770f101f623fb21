"""Where to read on: the pages of a site that tell most of whoever made it, first."""

import re
from collections import Counter
from urllib.parse import urlsplit

from enrichment.reading import hosts
from enrichment.reading.document import Document, Link

# By what a page is for, the most telling first; in the words of its address or its link.
KINDS = (
    (
        "contact",
        r"contact|get-?in-?touch|find-?us|where-?we-?are|locations?|branches|offices?|cysylltu|"
        r"visit-?us|our-?stores?|kontakt|impressum",
    ),
    ("about", r"about|who-?we-?are|our-?story|history|company|profile|amdanom|o-nas|mission"),
    (
        "team",
        r"team|people|staff|meet-?(?:the|us)|partners|directors|management|leadership|board|"
        r"whos-?who|our-?(?:doctors|dentists|vets|solicitors)|personnel",
    ),
    (
        "services",
        r"services?|what-?we-?do|products|solutions|sectors|treatments|departments|gwasanaethau",
    ),
    (
        "legal",
        r"legal|imprint|terms|privacy|company-?(?:info|details|information)|cookies?|disclaimer|"
        r"gdpr|data-?protection|modern-?slavery|complaints|regulatory",
    ),
    (
        "jobs",
        r"jobs?|careers?|vacanc|work-?(?:for|with)-?us|join-?(?:us|our)|recruitment|"
        r"opportunities|hiring|swyddi",
    ),
    ("news", r"news|blog|press|media|latest|articles|insights|updates|newyddion"),
)
ANY = re.compile(
    "|".join(f"(?P<{kind}>(?:^|[\\W_])(?:{words}))" for kind, words in KINDS), re.IGNORECASE
)
RANKS = {kind: rank for rank, (kind, _) in enumerate(KINDS)}
HOME, OTHER = "home", "other"
# Of one kind, the first few tell most: the others come behind those of other kinds.
FEW = 2
NO_PAGES = ("mailto:", "tel:", "javascript:", "data:", "sms:", "callto:", "whatsapp:", "fax:")
BASE = re.compile(r"<base\b[^>]{0,200}href\s*=\s*[\"']?([^\"'\s>]{1,300})", re.IGNORECASE)
HEAD = 20_000
MOST, MOST_LOOKED_AT, LONGEST, LONGEST_LABEL = 60, 600, 300, 40


def leads(document: Document) -> list[str]:
    """Give the addresses of the same site that a page links, the most telling first."""
    base = _base(document)
    domain = hosts.registrable(hosts.host(document.url))
    found: dict[str, tuple[int, str]] = {}
    for href, link in _distinct(document.links):
        if "//" in href and domain not in href:
            continue
        url = hosts.joined(base, href)
        if not url or len(url) > LONGEST or hosts.registrable(hosts.host(url)) != domain:
            continue
        rank, kind = _kind(urlsplit(url).path, f"{link.text} {link.label}")
        if url not in found or rank < found[url][0]:
            found[url] = rank, kind
    return _in_turn(found)[:MOST]


def _in_turn(found: dict[str, tuple[int, str]]) -> list[str]:
    """Put the most telling first, but a few of each kind before many of one."""
    counts: Counter[str] = Counter()
    ordered: list[tuple[int, int, str]] = []
    for url, (rank, kind) in sorted(found.items(), key=lambda each: each[1][0]):
        ordered.append((counts[kind] // FEW if kind in RANKS else 0, rank, url))
        counts[kind] += 1
    return [url for _, _, url in sorted(ordered, key=lambda each: each[:2])]


def _base(document: Document) -> str:
    written = BASE.search(document.source, 0, HEAD)
    return (hosts.joined(document.url, written[1]) if written else "") or document.url


def _distinct(links: list[Link]) -> list[tuple[str, Link]]:
    """Give each goal once, with the link that says most of it."""
    found: dict[str, Link] = {}
    for link in links:
        href = link.href.partition("#")[0]
        if not href or not link.may_follow or href.lower().startswith(NO_PAGES):
            continue
        if href not in found or len(found[href].text) < 2:
            found[href] = link
        if len(found) == MOST_LOOKED_AT:
            break
    return list(found.items())


def _kind(path: str, label: str) -> tuple[int, str]:
    """Give how telling a page is, the least first, and what it is for."""
    last = path.rstrip("/").rpartition("/")[2]
    depth = path.strip("/").count("/")
    if not path.strip("/"):
        return 4, HOME
    said = f"{last} {label}" if len(label) < LONGEST_LABEL else last
    kinds = [match.lastgroup or "" for match in ANY.finditer(said)]
    if kinds:
        kind = min(kinds, key=RANKS.__getitem__)
        return RANKS[kind] * 10 + min(depth, 4), kind
    return 90 + min(depth, 9), OTHER
