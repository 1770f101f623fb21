"""What made-up names are put together from; the words themselves stand in words.txt."""

import re
from pathlib import Path


def _read() -> dict[str, tuple[str, ...]]:
    """[section] lines, each followed by words; parted by commas where one has a space in it."""
    found = {}
    text = Path(__file__).with_name("words.txt").read_text(encoding="utf-8")
    for section in re.finditer(r"\[([\w-]+)\]\n([^\[]*)", text):
        words = " ".join(section[2].split())
        found[section[1]] = tuple(words.split(", " if "," in words else None))
    return found


SECTIONS = _read()
FIRST = SECTIONS["first"]
SECOND = SECTIONS["second"]
ABSTRACT = SECTIONS["abstract"]
SURNAMES = SECTIONS["surnames"]
GIVEN = SECTIONS["given"]
STREETS = SECTIONS["streets"]
ESTATES = SECTIONS["estates"]
COUNTIES = frozenset(SECTIONS["counties"])

# A person's title, Hunter's department and Hunter's seniority.
TITLES = (
    ("Managing Director", "management", "executive"),
    ("Operations Manager", "operations", "senior"),
    ("Finance Director", "finance", "executive"),
    ("Head of IT", "it", "senior"),
    ("Sales Manager", "sales", "senior"),
    ("Office Manager", "operations", "junior"),
    ("Director", "management", "executive"),
    ("Marketing Manager", "marketing", "senior"),
)


def suffixes(trade: str) -> tuple[str, ...]:
    """What stands behind a name in a trade."""
    return SECTIONS[trade]
