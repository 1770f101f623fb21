"""Numbers for the rows of registers that print none, or one that several rows share.

Such a number is made of what stays when a file is published again: whose it is, its postcode, its
door. The place of a row in its file would not do: one new row moves all that follow, and every
entry would seem to have changed its name and address.
"""

import hashlib
import re

LONGEST = 40
NEITHER = re.compile(r"[\W_]+")
DOOR = re.compile(r"(\d+[a-z]?)\b(?:\s?[-\u2013]\s?(\d+[a-z]?)\b)?")


def made(*parts: str) -> str:
    """A number of these parts, the same whatever their case, blanks and punctuation."""
    plain = [NEITHER.sub("", part.casefold()) for part in parts]
    number = "-".join(filter(None, plain))
    if len(number) <= LONGEST:
        return number
    tail = hashlib.sha256(number.encode()).hexdigest()[:8]
    return f"{number[: LONGEST - len(tail) - 1]}-{tail}"


def door(address: str) -> str:
    """The first house number of an address ("1to3" of "1-3"); without any, the start of it."""
    found = DOOR.search(address.casefold())
    if found:
        return "to".join(filter(None, found.groups()))
    return NEITHER.sub("", address.partition(",")[0].casefold())[:12]
