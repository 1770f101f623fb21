"""The form of a UK postcode. Whether it exists is a question for `locate`."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import product

# As it stands in an address or a sentence; what looks so may still be none.
IN_TEXT = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
FORM = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})")
PART = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]?)?")
FORCES = re.compile(r"BFPO[0-9]*")
LOOK_ALIKES = {"O": "O0", "0": "0O", "I": "I1", "1": "1I", "L": "L1"}
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postcode of the right form, written the usual way."""

    text: str
    outward: str

    def __str__(self) -> str:
        return self.text


class NotAPostcode(ValueError):
    """The text cannot be used as a UK postcode; the message says why and what to write."""


class PartOfAPostcode(NotAPostcode):
    """The text is the beginning of a postcode only."""


class NoPlaceOnTheMap(NotAPostcode):
    """Post can be sent there, but it lies nowhere in particular."""


def parse(text: str) -> Postcode:
    """The postcode that a person meant, whatever its case and blanks."""
    compact = _compact(text)
    if found := FORM.fullmatch(compact):
        return Postcode(f"{found[1]} {found[2]}", found[1])
    raise _complaint(text, compact)


def _complaint(text: str, compact: str) -> NotAPostcode:
    if not compact:
        return NotAPostcode("Enter a UK postcode, like LE1 1AA.")
    if FORCES.fullmatch(compact) or compact == "GIR0AA":
        return NoPlaceOnTheMap(
            f"{compact} has no place on the map. Choose a postcode of a street, like LE1 1AA."
        )
    if part := PART.fullmatch(compact):
        written = " ".join(half for half in part.groups() if half)
        which = "part" if part[2] else "the first half"
        return PartOfAPostcode(
            f"{written} is only {which} of a postcode. Write it in full, like {part[1]} 1AA."
        )
    shown = " ".join(text.split())
    shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"
    meant = _look_alike(compact)
    cure = f"Did you mean {meant}?" if meant else "Write it in full, like LE1 1AA."
    return NotAPostcode(f"“{shown}” is not a UK postcode. {cure}")


def _compact(text: str) -> str:
    """Without blanks and invisible signs, in capitals, wide letters made plain."""
    plain = unicodedata.normalize("NFKC", text[:1000])
    return "".join(
        sign for sign in plain.upper() if not sign.isspace() and unicodedata.category(sign) != "Cf"
    )


def _look_alike(compact: str) -> str:
    """The nearest postcode when letters and digits that look alike were mixed up, or nothing."""
    if len(compact) > 7:
        return ""
    spellings = ("".join(signs) for signs in product(*(LOOK_ALIKES.get(s, s) for s in compact)))
    fitting = [spelling for spelling in spellings if FORM.fullmatch(spelling)]
    if not fitting:
        return ""
    best = min(fitting, key=lambda s: sum(a != b for a, b in zip(s, compact, strict=True)))
    return f"{best[:-3]} {best[-3:]}"
