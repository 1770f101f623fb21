"""People's names as they are spoken: the register writes "SMITH-O'NEILL, John Paul, Dr"."""

import re

from crm.registers.names import LEGAL_FORMS, name_key

LONGEST = 120
TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "reverend", "sir", "dame",
    "lord", "lady", "baroness", "baron", "captain", "capt", "col", "colonel", "major", "maj", "hon",
})  # fmt: skip
# Parts of surnames that are small where others stand before them.
SMALL = frozenset({"de", "der", "den", "van", "von", "da", "di", "du", "la", "le"})
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
PREFIX = re.compile(r"(?:Mc|O['’]|D['’])(?=[^\W\d_]{2})")
NUMERAL = re.compile(r"I{1,3}|IV|VI{0,3}")


def natural(registered: str) -> str:
    """ "SMITH, John Paul" is John Paul Smith; "" for a company."""
    registered = registered[:LONGEST]
    surname, comma, rest = registered.partition(",")
    if not comma:
        return "" if is_company(registered) else without_title(_each(registered))
    forenames = rest.partition(",")[0]
    return without_title(" ".join(f"{written(forenames)} {written(surname)}".split()))


def is_company(name: str) -> bool:
    """Whether it ends like the name of a company."""
    words = re.findall(r"[a-z]+", name.casefold().replace(".", ""))
    return bool(words) and (words[-1] in LEGAL_FORMS or len(name_key(name).split()) > 5)


def written(name: str) -> str:
    """A name without shouting; one with small letters stays as it is."""
    return WORD.sub(_word, name) if name.isupper() else name


def _each(name: str) -> str:
    """The same, where one part alone may shout: "Amira HOLT"."""
    return " ".join(written(word) for word in name.split())


def without_title(name: str) -> str:
    """A name without the titles before it."""
    words = name.split()
    while len(words) > 1 and words[0].casefold().strip(".") in TITLES:
        words.pop(0)
    return " ".join(words)


def _word(found: re.Match[str]) -> str:
    word = found.group()
    if NUMERAL.fullmatch(word) and found.start():
        return word
    if word.lower() in SMALL and found.start():
        return word.lower()
    plain = word.capitalize().replace("’", "'")
    if prefix := PREFIX.match(plain):
        end = prefix.end()
        return plain[:end] + plain[end:].capitalize()
    return plain
