"""Names of others that stand right before a value: "Swan Cabs 01234 567890"."""

import re
from collections.abc import Sequence

from enrichment.reading import codes, lists, towns, wording
from enrichment.reading.document import Document, Region
from enrichment.reading.identity import Identity
from enrichment.reading.titles import JOBS

REACH = 300
MOST_TRIED = 4
# Places of more words than this tell of more than a place: "Airport Cars Leeds".
LONGEST_PLACE = 3
ALONE = re.compile(r"[A-Z][\w&'’-]+(?: (?:and |of |the |& )?[A-Z][\w&'’-]+){1,4}[,:]?")
NAMED = re.compile(r"^(?:name|title|company|label): ([^\n]{2,80})$", re.MULTILINE)
LINKED = re.compile(r"\s*\[(?:tel|callto|sms|whatsapp)?:?$")
ITEMS = frozenset(("li", "td", "dd", "p"))
BEHIND_NAME = re.compile(
    r"(?:^|[.;:(|•–]\s*|,\s|\b(?:call|ring|try|or|and|use|contact|is|are|by|with|from|"
    r"via|through|for|to|see|ask|phone|telephone|e-?mail|run)\s+)(?:the\s+|The\s+)?"
    r"(?P<name>[A-Z][a-z]+(?:-[A-Z][a-z]+){1,4}|[A-Z0-9][\w&'’]*[a-z][\w&'’]*"
    r"(?:\s+(?:(?:and|of|the|&|for|in|on|at|by|le|la|de)\s+)?[A-Z0-9&][\w&'’.-]*){1,5})"
    r"\s*(?:\([^)]{0,30}\)\s*)?(?:,[^.;]{0,80})?[,:–-]?\s*"
    r"(?:(?:['’]s|own|stand|stall|24[- ]hours?|emergency|breakdown|free|help ?line|hot ?line|line|"
    r"head|office|number|switchboard|reception|on|at|is|tel|telephone|phone|call|ring|mobile)\b"
    r"[.:]?\s*){0,6}[\[(+]?$"
)
CAPITALS = re.compile(
    r"(?:,\s|\b(?:by|at|with|the|to)\s|^\W*)(?P<name>[A-Z]{3,6})\s*[\[(:,–-]?\s*$|"
    r"(?:^|[,;.–—|·(-])\s*(?P<scheme>[A-Z]{2,7}) (?:[A-Z][a-z]+ )?(?:Approved|Accredited|Promise|"
    r"Warranty|Guarantee|Scheme|Helpline|Membership|recovery|breakdown|rescue|roadside|claims)\b"
    r"[:,–\s-]*(?:[^;\d]{0,60})?$|"
    r"^\W*(?P<first>[A-Z]{3,6}),\s[^;]{4,90}$"
)
SHORT = re.compile(r"[A-Z]{2,7}")
# "Alarm faults: Adtec 0113 ...", "through Sykes on 0113 ...".
THROUGH = re.compile(
    r"(?:^[A-Z][a-z]+(?: [a-z]+){0,3}:\s|\b(?:through|via|from|with|by|manufacturer,|supplier,)\s+)"
    r"(?:the )?(?P<name>[A-Z][A-Za-z]{2,20})\s*[,:–-]?\s*(?:on|at)?\s*[\[(+]?$"
)
# "Interflora 0800 434 343", and no "Freephone 0800 434 343".
SINGLE = re.compile(
    r"(?:^|[.;:|•·,]\s*|\b(?:call|ring|try|or|use|via|by|through)\s+)(?P<name>[A-Z][a-z]{3,20})"
    r"\s*(?:[–—:(-]|\bon\b)?\s*[\[(+]?$"
)
# Where more is in capitals, short words in them are no names.
SHOUTED = re.compile(r"[A-Z]{3,}\s+[A-Z]{3,}|^[^a-z]*$")
IN_BRACKETS = re.compile(
    r"\s?\((?P<name>[A-Z][\w&'’]*[a-z][\w&'’]*(?: (?:(?:and|of|the|&) )?[A-Z][\w&'’]*){1,4})\)"
)
FIRST = re.compile(
    r"\W*(?:[A-Z][a-z]+(?: [a-z&]+){0,3}:\s*)?(?P<name>[A-Z][\w&'’]*(?: (?:(?:and|of|the|&) )?"
    r"[A-Z][\w&'’.]*){1,5})\s*(?:[,:|\n(–—-]|(?=\+?\(?\d))"
)
NUMBER = re.compile(r"(?<!\w)\+?\(?\d[\d\s()-]{7,20}\d")
CODE = re.compile(rf"\s\b{codes.WRITTEN}\b,?(?=\s*[a-z])")
CODED = re.compile(rf"\s{codes.WRITTEN}[\s,(\[]*$")
POSSESSIVE = re.compile(r"\w['’]s\b")
TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "rev", "revd", "sir", "lady", "lord", "prof"))
# Words of the parts of an organisation, and of what it asks its visitors to do.
GIVEN = lists.words("given_names")
PARTS = lists.words("parts")
LABELS = lists.words("labels")
# What may stand alone before a number besides.
PLAIN = lists.words("common_words") | {"freecall", "hotline", "helpline", "from", "landline", "tel"}
VERBS = frozenset(("call", "ring", "text", "phone", "contact", "email", "message", "dial", "try"))


def is_before(document: Document, identity: Identity, at: int) -> bool:
    """Say whether the name of somebody unknown stands right before a value."""
    return bool(before(document, identity, at))


def before(document: Document, identity: Identity, at: int) -> str:
    """Give the name of somebody unknown that stands right before a value: of no person, no town
    and no part of the maker, as far as one can tell; "" if none does."""
    line = document.line_at(at)
    said = document.lead(at, REACH)
    if line.region == Region.STATE:
        named = NAMED.search(document.text, line.box.start, line.start)
        said = f"{named[1]}, " if named else ""
    elif line.box.tag in ITEMS and line.box.end - line.box.start <= REACH:
        # The name may stand in a line of its own: the first of an item.
        first = document.text[line.box.start : line.start].split("\n")[0]
        said = f"{first}, {said}" if ALONE.fullmatch(first) else said
    # What stands before another number names that.
    said = CODED.sub("", CODE.sub(",", NUMBER.split(LINKED.sub("", said))[-1]))
    found = BEHIND_NAME.search(said)
    for _ in range(MOST_TRIED):
        if found is None:
            break
        if _is_strange(found["name"], line.before, identity):
            return str(found["name"])
        found = BEHIND_NAME.search(said, found.end("name"))
    short = CAPITALS.search(said)
    # Of one word alone the rest of the line tells whether all of it is in capitals.
    around = document.words(line) if short and short["name"] and short.start() == 0 else said
    name = _shortened(short) if short and not SHOUTED.search(around) else ""
    return name if name and _is_strange(name, line.before, identity) else ""


def _shortened(found: re.Match[str]) -> str:
    return str(found["name"] or found["scheme"] or found["first"])


def is_short(name: str) -> bool:
    """Say whether a name is a short form, such as bodies and schemes have."""
    return SHORT.fullmatch(name) is not None


def is_single(document: Document, identity: Identity, at: int, *, is_anywhere: bool) -> bool:
    """Say whether a single word that may be the name of a firm stands right before a value.

    Behind some words it can be little else; elsewhere it may be a village, but for numbers that are
    of no area (`is_anywhere`).
    """
    line = document.line_at(at)
    said = NUMBER.split(LINKED.sub("", document.lead(at, REACH)))[-1]
    found = THROUGH.search(said) or (SINGLE.search(said) if is_anywhere else None)
    if found is None or found["name"].lower() in PLAIN:
        return False
    topic = wording.words(said[: found.start("name")])[-3:]
    if set(topic) & (PARTS | JOBS):
        return False
    return _is_strange(found["name"], line.before, identity)


def _is_of_parts(every: Sequence[str]) -> bool:
    """Whether words name a part of an organisation, or the street that it is in: "Sales Office",
    "Mill Lane"; not "Hall Farm Eggs"."""
    known = [word in PARTS or word.removesuffix("s") in PARTS for word in every]
    return any(known[-1:]) or all(
        is_known or word in LABELS or word in wording.COMMON or towns.is_one(word)
        for is_known, word in zip(known, every, strict=True)
    )


def is_first(said: str, identity: Identity) -> bool:
    """Say whether an item of a list begins with the name of somebody unknown."""
    found = FIRST.match(said)
    return found is not None and _is_strange(found["name"], "", identity)


def is_behind(document: Document, identity: Identity, end: int) -> bool:
    """Say whether the name of somebody unknown stands in brackets right behind a value."""
    found = IN_BRACKETS.match(document.text, end)
    return found is not None and _is_strange(found["name"], "", identity)


def _is_strange(name: str, before: str, identity: Identity) -> bool:
    every = wording.words(name)
    said = set(every) | {word.removesuffix("s") for word in every}
    if every[:1] and every[0] in VERBS:
        every = every[1:]
        if len(every) == 1:
            # "Text Baz": somebody there.
            return False
    if not every or name[0].isdigit() or said & JOBS or said & TITLES or _is_of_parts(every):
        return False
    # "Barry Bell" is a person, "Barry's Trains" is none.
    if said & GIVEN and not POSSESSIVE.search(name):
        return False
    if is_short(name) and name.lower() in map(wording.initials, identity.names):
        return False
    is_place = towns.ends_with_one(name) if len(every) < LONGEST_PLACE else towns.is_one(name)
    return not (identity.is_named(name) or is_place or name in before)
