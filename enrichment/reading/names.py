"""What a page calls whoever made it, and which company that is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from enrichment.reading import towns, wording
from enrichment.reading.document import Document, Link, Region
from enrichment.reading.things import Thing

LONGEST = 80
MOST_CLAIMS = 80
MOST_WEIGHT = 12.0
# Of a longer spelling: at least this much must speak for it.
OF_ITS_OWN = 3.0
# Where a page speaks of what it is about, too.
PASSING = frozenset(("title", "h1", "h2", "welcome", "company"))
BRAND = frozenset(("logo", "brand", "sitename", "sitetitle", "wordmark"))
MOST_LINE = 600
METAS = (
    ("og:site_name", 5.0),
    ("application-name", 3.0),
    ("apple-mobile-web-app-title", 2.0),
    ("dc.publisher", 2.0),
    ("author", 1.0),
)
QUOTES = "\"“”'‘’"
LATIN = re.compile(r"[A-Z][\w&'’ -]{3,60}", re.ASCII)
FOREIGN = re.compile("[\u0370-\u1fff\u2e80-\uffdc]")
# A part of a title, and the whole of it up to a comma.
PARTS = re.compile(r"\s*(?:\||»|«|›|•|·|::|\u2013|\u2014|\s-\s|\s-{2,}\s|\s~\s|:\s|\s/\s)\s*")
COPYRIGHT = re.compile(
    r"(?:©|\(c\)|&copy;|\bcopyright\b)\s*(?:©|\(c\)|copyright)?[\s,]*(?:by\s+)?"
    r"(?:(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)?\d\d|present))?[\s,.|:-]*)?(?:by\s+)?"
    r"([^|•·\n©]{2,90})",
    re.IGNORECASE,
)
AFTER_HOLDER = re.compile(
    r"\s*(?:(?<!\b[A-Z])(?<!\bCo)(?<!\bSt)[.,;(|]\s*(?=\D)|\s[-–]\s|\ball rights\b|\bregistered\b|"
    r"\b(?:19|20)\d\d\b|\bis a\b|"
    r"\bpowered\b|\bcompany\b (?=no|num|reg)|\bwebsite\b|\bsite by\b|\btrading\b|\bunless\b|"
    r"\bvat\b)",
    re.IGNORECASE,
)
# "Fern Bakery is a trading name of Bell Foods Ltd".
STYLED = re.compile(
    r"(?:^|[.|•]\s+)((?:[A-Z0-9][\w&'’.-]* (?:(?:and|of|the|&|for|in) )?){1,6})"
    r"is (?:a|the) (?:registered )?(?:trading (?:name|style)|brand(?: name)?) of\b"
)
# What a title tells of a name, and what stands behind it there.
TELLING = re.compile(
    r"\s+(?:(?:has|have|is|are|was|were|will|now)\s.*|(?:☎|📞|✆|tel\b\.?|\(?\+?0\d{2,}).*)$",
    re.IGNORECASE,
)
GREETING = ("we", "cr")
WELCOME = re.compile(r"^(?:welcome|croeso)\s+(?:to|i)\s+(?:the\s+)?(.{2,60}?)[!.]?$", re.IGNORECASE)
IMPRINT = re.compile(
    r"©|\(c\)|copyright|registered|reg\.|company|compan(?:y|ies) house|vat\b|trading (?:as|name|"
    r"style)|limited by guarantee|partnership|number|\bno\b|cofrestr",
    re.IGNORECASE,
)
HOME = re.compile(
    r"^(?:https?://[^/]+)?/?(?:\./|index\.\w+|home/?|#|\.)?$|route=common/home$", re.I
)
NO_NAMES = re.compile(
    r"^(?:home|homepage|home page|welcome|contact|contact us|about|about us|menu|logo|untitled.*|"
    r"index|main|news|blog|site|my site|new page.*|page not found|404.*|not found|error.*|"
    r"account suspended|just a moment.*|coming soon|under construction|maintenance.*|"
    r"your website|website|company name|your (?:company|business|site).*|departments|(?:our |"
    r"new )?members|members?[’']? director(?:y|ies)|our (?:people|"
    r"team)|"
    r"privacy (?:policy|notice)|terms.*|delivery.*|careers|vacancies|find us|opening (?:times|"
    r"hours)|services|our services|products|shop|gallery|team|meet the team|skip to .*|menu|search|"
    r"all rights reserved|image|home\W+home|back to top|toggle navigation)$",
    re.IGNORECASE,
)
MAKERS = re.compile(r"wordpress|wix\b|squarespace|joomla|drupal|shopify|weebly|html template|"
                    r"bootstrap|church edit|starfield|godaddy|theme\b|"
                    r"template\b", re.I)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """A name, and how much it weighs that it stands where it does; `place` is the kind of place,
    of which each counts once."""

    text: str
    weight: float
    place: str = ""


def claimed(document: Document, things: list[Thing]) -> list[Claim]:
    """Give all that may be the name of whoever made the page."""
    found: list[Claim] = []
    for place, text, weight in _everywhere(document, things):
        for name in _spellings(text):
            if 2 <= len(name) <= LONGEST and not NO_NAMES.match(name) and not MAKERS.search(name):
                found.append(Claim(name, weight, place))
        if len(found) >= MOST_CLAIMS:
            break
    return found


def _spellings(text: str) -> Iterator[str]:
    name = _cleaned(text)
    if (short := TELLING.sub("", name)) != name and wording.telling(short):
        name = _cleaned(short)
    yield name
    if not name.isascii() and (latin := LATIN.search(name)) and FOREIGN.search(name):
        # Two names in one: that which is written in our letters may stand alone.
        yield _cleaned(latin.group())


Found = Iterator[tuple[str, str, float]]


def _everywhere(document: Document, things: list[Thing]) -> Found:
    for name, weight in METAS:
        if name in document.metas:
            yield name, document.metas[name], weight
    for thing in things:
        yield "thing", thing.one("name", "org"), 5.0
    for part in PARTS.split(document.title):
        yield "title", _without_place(part), 2.0
    yield from _linked(document)
    yield from _shown(document)
    yield from _companies(document)


def _linked(document: Document) -> Found:
    for alt, names, box in document.images[:40]:
        if "logo" in names or "brand" in names or box.region == Region.HEADER:
            yield "logo", alt, 4.0 if "logo" in names else 1.5
    for link in document.links[:200]:
        if HOME.match(link.href) or _is_root(link, document.url):
            yield "home", link.text, 3.0
        if link.names & BRAND:
            yield "brand", link.text, 3.0


def _shown(document: Document) -> Found:
    count = 0
    for line in document.lines:
        said = document.words(line)
        if line.box.names & BRAND and len(said) < LONGEST:
            yield "brand", said, 3.0
        if line.box.tag in ("h1", "h2") and count < 4:
            count += 1
            for part in PARTS.split(said):
                yield line.box.tag, _without_place(part), 2.0 if line.box.tag == "h1" else 0.8
        elif line.region == Region.FOOTER and line.box.tag in ("h3", "h4", "h5", "b", "strong"):
            yield "foot", said, 1.5
        yield from _in_words(said)


def _in_words(said: str) -> Found:
    """Names in what a line says: "Welcome to Fern Bakery", "© 2024 Fern Bakery Ltd"."""
    is_short = len(said) < LONGEST
    if is_short and said[:2].lower() in GREETING and (welcome := WELCOME.match(said)):
        yield "welcome", welcome[1], 2.5
    if " of " in said and (styled := STYLED.search(said)):
        yield "style", styled[1], 4.0
    if "©" in said or "opyright" in said or "(c)" in said:
        for holder in holders(said):
            yield "rights", holder, 3.0


def _companies(document: Document) -> Found:
    for line, _, _, entity in document.entities:
        if line.end - line.start < MOST_LINE:
            yield "company", entity, 2.5 if line.region == Region.FOOTER else 1.5


def _without_place(part: str) -> str:
    """Leave out what a title says behind the name: where it is, or what it does."""
    name, comma, rest = part.partition(", ")
    if comma and (towns.ends_with_one(rest) or rest[:1].islower() or not wording.telling(rest)):
        return name
    return part


def _is_root(link: Link, url: str) -> bool:
    if not link.href.startswith("http") or link.href.count("/") > 3:
        return False
    try:
        parts = urlsplit(link.href)
        return (
            bool(parts.hostname)
            and parts.path in ("", "/")
            and not parts.query
            and (parts.hostname == urlsplit(url).hostname)
        )
    except ValueError:
        return False


def holders(said: str) -> Iterator[str]:
    """Give who holds the rights, by a line that says so."""
    for match in COPYRIGHT.finditer(said):
        holder = AFTER_HOLDER.split(match[1].strip(), maxsplit=1)[0]
        yield holder.strip(" .,-–©")


def _cleaned(text: str) -> str:
    said = " ".join(text.split()).strip(" .,;:|-–—»«*!®™©")
    if said[:1] in QUOTES and said[-1:] in QUOTES:
        said = said[1:-1]
    said = re.sub(r"^(?:welcome to|home of|contact|about|logo of)\s+(?:the\s+)?(?=\S)", "", said,
                  flags=re.IGNORECASE)  # fmt: skip
    return re.sub(r"\s+(?:logo|home ?page|website|home)$", "", said, flags=re.IGNORECASE)


def best(claims: list[Claim], label: str) -> str:
    """Give the name that most speaks for; what the domain is made of speaks loudest.

    Of two of which one begins with the other, that in full is meant, if it has a say of its own.
    """
    groups: dict[str, dict[str, float]] = {}
    places: dict[str, dict[str, float]] = {}
    for claim in claims:
        key = wording.key(claim.text)
        if key:
            spelt = groups.setdefault(key, {})
            spelt[claim.text] = spelt.get(claim.text, 0) + claim.weight
            held = places.setdefault(key, {})
            held[claim.place] = max(held.get(claim.place, 0), claim.weight)
    weights = {key: sum(held.values()) for key, held in places.items()}
    texts = {
        key: max(spelt, key=lambda each: (spelt[each], not each.isupper(), each))
        for key, spelt in groups.items()
    }
    if not weights:
        return ""
    first = max(weights, key=lambda key: (_worth(texts[key], weights[key], label), len(texts[key])))
    longer = [
        key
        for key, held in places.items()
        if weights[key] >= OF_ITS_OWN
        and held.keys() - PASSING
        and _extends(texts[key], texts[first])
    ]
    return _without_town(texts[max(longer, key=lambda key: weights[key], default=first)], label)


def _without_town(name: str, label: str) -> str:
    """Leave out the town behind a name where the domain is made of the rest."""
    parts = name.split()
    for size in range(1, min(len(parts), 4)):
        short = " ".join(parts[:-size])
        plain_label = re.sub(r"[^a-z0-9]", "", label.lower())
        if wording.key(short) == plain_label and towns.is_one(" ".join(parts[-size:])):
            return short.rstrip(" ,-–")
    return name


def _worth(text: str, weight: float, label: str) -> float:
    covered = wording.covers(text, label)
    return (
        min(weight, MOST_WEIGHT)
        + (6 * covered if covered >= 0.3 else 0)
        - max(0, len(wording.words(text)) - 4) * 0.7
    )


def _extends(longer: str, name: str) -> bool:
    """Whether a name goes on where another ends: "Fern" and "Fern Cabling"."""
    long, short = wording.words(longer), wording.words(name)
    rest = [word for word in long[len(short) :] if word not in wording.LEGAL]
    return long[: len(short)] == short and 1 <= len(rest) <= 3 and "," not in longer
