"""Lists of places, each with its number: "Leeds: 0113 ...", "Hebden Bridge: 01422 ..."."""

import re
from bisect import bisect_left

from enrichment.reading import towns
from enrichment.reading.document import Document, Line

NEAR = 3
ENTRY = re.compile(
    r"\W*(?P<name>[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+|on|in|le|upon|and|&)){0,3})\s*[:–-]\s*"
    r"(?:[(\[+]|\[\w+:)?(?=\d)"
)


def is_in_one(document: Document, line: Line, at: int) -> bool:
    """Say whether a line is a name and a number, and one beside it a town and a number."""
    found = ENTRY.match(document.text, line.start, line.end)
    if found is None or found.end() < at - 1:
        return False
    place = bisect_left(document.lines, line.start, key=lambda each: each.start)
    near = document.lines[max(0, place - NEAR) : place + NEAR + 1]
    named = (
        ENTRY.match(document.text, each.start, each.end)
        for each in near
        if each.box is line.box or each.box.parent is line.box.parent
    )
    return any(each is not None and towns.is_one(each["name"]) for each in named)
