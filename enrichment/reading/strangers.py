"""Names of others that stand right before a value: "Swan Cabs 01234 567890"."""

import re

from enrichment.reading import lists, towns, wording
from enrichment.reading.document import Document, Region
from enrichment.reading.identity import Identity
from enrichment.reading.titles import JOBS

REACH = 300
ALONE = re.compile(r"[A-Z][\w&'’-]+(?: (?:and |of |the |& )?[A-Z][\w&'’-]+){1,4}[,:]?")
NAMED = re.compile(r"^(?:name|title|company|label): ([^\n]{2,80})$", re.MULTILINE)
LINKED = re.compile(r"\s*\[(?:tel|callto|sms|whatsapp)?:?$")
ITEMS = frozenset(("li", "td", "dd", "p"))
BEHIND_NAME = re.compile(
    r"(?:^|[.;:(|•–]\s*|,\s|\b(?:call|ring|try|or|and|use|contact|is|are|by)\s+)(?:the\s+|The\s+)?"
    r"(?P<name>[A-Z0-9][\w&'’]*[a-z][\w&'’]*(?:\s+(?:(?:and|of|the|&|for|in|on|at|by|le|la|"
    r"de)\s+)?[A-Z0-9&][\w&'’.-]*){1,5})"
    r"\s*(?:\([^)]{0,30}\)\s*)?(?:,[^.;]{0,80})?[,:–-]?\s*"
    r"(?:(?:on|at|tel|telephone|phone|call|ring|mobile)\b[.:]?\s*)*[\[(+]?$"
)
# Words of the parts of an organisation, and of what it asks its visitors to do.
GIVEN = lists.words("given_names")
PARTS = lists.words("parts")


def is_before(document: Document, identity: Identity, at: int) -> bool:
    """Say whether the name of somebody unknown stands right before a value: no person, no town
    and no part of the maker, as far as one can tell."""
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
    found = BEHIND_NAME.search(LINKED.sub("", said))
    return found is not None and _is_strange(found["name"], line.before, identity)


def _is_strange(name: str, before: str, identity: Identity) -> bool:
    said = set(wording.words(name))
    said |= {word.removesuffix("s") for word in said}
    if name[0].isdigit() or said & PARTS or said & JOBS or said & GIVEN:
        return False
    return not (identity.is_named(name) or towns.ends_with_one(name) or name in before)
