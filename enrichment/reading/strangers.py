"""Names of others that stand right before a value: "Swan Cabs 01234 567890"."""

import re

from enrichment.reading import lists, towns, wording
from enrichment.reading.document import Document, Region
from enrichment.reading.identity import Identity
from enrichment.reading.titles import JOBS

REACH = 300
MOST_TRIED = 4
ALONE = re.compile(r"[A-Z][\w&'’-]+(?: (?:and |of |the |& )?[A-Z][\w&'’-]+){1,4}[,:]?")
NAMED = re.compile(r"^(?:name|title|company|label): ([^\n]{2,80})$", re.MULTILINE)
LINKED = re.compile(r"\s*\[(?:tel|callto|sms|whatsapp)?:?$")
ITEMS = frozenset(("li", "td", "dd", "p"))
BEHIND_NAME = re.compile(
    r"(?:^|[.;:(|•–]\s*|,\s|\b(?:call|ring|try|or|and|use|contact|is|are|by|with|from|"
    r"via|through|for|to|see|ask|phone|telephone|e-?mail|run)\s+)(?:the\s+|The\s+)?"
    r"(?P<name>[A-Z0-9][\w&'’]*[a-z][\w&'’]*(?:\s+(?:(?:and|of|the|&|for|in|on|at|by|le|la|"
    r"de)\s+)?[A-Z0-9&][\w&'’.-]*){1,5})"
    r"\s*(?:\([^)]{0,30}\)\s*)?(?:,[^.;]{0,80})?[,:–-]?\s*"
    r"(?:(?:['’]s|own|stand|stall|24[- ]hours?|emergency|breakdown|free|help ?line|hot ?line|line|"
    r"head|office|number|switchboard|reception|on|at|is|tel|telephone|phone|call|ring|mobile)\b"
    r"[.:]?\s*){0,6}[\[(+]?$"
)
CAPITALS = re.compile(
    r"(?:,\s|\b(?:by|at|with|the)\s)(?P<name>[A-Z]{3,6})\s*[\[(]?$|"
    r"^\W*(?P<first>[A-Z]{3,6}),\s[^;]{4,90}$"
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
CODED = re.compile(r"\s[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}[\s,(\[]*$")
POSSESSIVE = re.compile(r"\w['’]s\b")
TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "rev", "revd", "sir", "lady", "lord", "prof"))
# Words of the parts of an organisation, and of what it asks its visitors to do.
GIVEN = lists.words("given_names")
PARTS = lists.words("parts")


def is_before(document: Document, identity: Identity, at: int) -> bool:
    """Say whether the name of somebody unknown stands right before a value."""
    return bool(before(document, identity, at))


def before(document: Document, identity: Identity, at: int) -> str:
    """Give the name of somebody unknown that stands right before a value: of no person, no town
    and no part of the maker, as far as one can tell; "" if none does."""
    line = document.line_at(at)
    start, _ = document.sentence(at)
    said = document.text[max(start, at - REACH) : at]
    if line.region == Region.STATE:
        named = NAMED.search(document.text, line.box.start, line.start)
        said = f"{named[1]}, " if named else ""
    elif line.box.tag in ITEMS and line.box.end - line.box.start <= REACH:
        # The name may stand in a line of its own: the first of an item.
        first = document.text[line.box.start : line.start].split("\n")[0]
        said = f"{first}, {said}" if ALONE.fullmatch(first) else said
    # What stands before another number names that.
    said = CODED.sub("", NUMBER.split(LINKED.sub("", said))[-1])
    found = BEHIND_NAME.search(said)
    for _ in range(MOST_TRIED):
        if found is None:
            break
        if _is_strange(found["name"], line.before, identity):
            return str(found["name"])
        found = BEHIND_NAME.search(said, found.end("name"))
    short = CAPITALS.search(said)
    name = (short["name"] or short["first"]) if short and not SHOUTED.search(said) else ""
    return name if name and _is_strange(name, line.before, identity) else ""


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
    if name[0].isdigit() or said & PARTS or said & JOBS or said & TITLES:
        return False
    # "Barry Bell" is a person, "Barry's Trains" is none.
    if said & GIVEN and not POSSESSIVE.search(name):
        return False
    return not (identity.is_named(name) or towns.ends_with_one(name) or name in before)
