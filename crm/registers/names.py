"""Names of organisations made comparable: the key of a name, of a site, and what is too generic."""

import re
import unicodedata
from functools import lru_cache
from time import monotonic

from crm.places.postcode import NotAPostcode, parse
from crm.registers.models import GenericName

KEPT_SECONDS = 60
_kept: list[tuple[float, frozenset[str]]] = []
# fmt: off
LEGAL_FORMS = frozenset({
    "ltd", "limited", "plc", "llp", "lp", "cic", "cio", "cyf", "cyfyngedig", "inc",
    "incorporated",
})
# fmt: on
# Straight, typographic, grave, acute and the letter.
APOSTROPHES = re.compile("['\u2018\u2019`\u00b4\u02bc]")
WORD = re.compile(r"[^\W_]+")
DIGIT = re.compile(r"\d")
SINGLE_LETTERS = re.compile(r"\b([^\W\d_])(?: ([^\W\d_])\b)+")
STREET_WORDS = {"rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "ln": "lane"}


def unaccented(text: str) -> str:
    """Case-folded text without its accents ("Café" is "cafe")."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def sort_key(name: str) -> str:
    """What lists sort by, byte for byte: case and accents do not count."""
    return " ".join(unaccented(name).split())


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """The same for two spellings of one name: case, accents, signs and legal form do not count."""
    plain = APOSTROPHES.sub("", unaccented(name)).replace("&", " and ")
    spaced = " ".join(WORD.findall(plain))
    words = SINGLE_LETTERS.sub(lambda run: run.group().replace(" ", ""), spaced).split()
    kept = list(words)
    while len(kept) > 1 and kept[-1] in LEGAL_FORMS:
        kept.pop()
    if len(kept) > 1 and kept[0] == "the":
        kept.pop(0)
    return " ".join(kept) or sort_key(name)


def premise(address: str) -> str:
    """The door of an address: its first part with a number, else its first part."""
    first = ""
    for part in map(_plain, address.split(",")):
        if DIGIT.search(part):
            return part
        first = first or part
    return first


def site_key(name: str, postcode: str, address: str) -> str:
    """One place of business; where a name says nothing, its door has to tell sites apart."""
    key = name_key(name)
    keys = [key, _written(postcode)]
    if is_generic(key):
        keys.append(premise(address))
    return "|".join(keys)


def is_generic(key: str) -> bool:
    """Whether a name key says what an organisation does rather than which one it is."""
    return key in _generic()


def forget() -> None:
    """Read the generic names anew when they are asked for next."""
    _kept.clear()


def _generic() -> frozenset[str]:
    # Another process may have loaded a register meanwhile, hence not for ever.
    now = monotonic()
    if _kept and now - _kept[0][0] < KEPT_SECONDS:
        return _kept[0][1]
    known = frozenset(GenericName.objects.values_list("name_key", flat=True))
    # Nothing is measured before the first load: that must not be remembered.
    _kept[:] = [(now, known)] if known else []
    return known


def _written(postcode: str) -> str:
    try:
        return parse(postcode).text
    except NotAPostcode:
        return " ".join(postcode.upper().split())


def _plain(part: str) -> str:
    words = WORD.findall(APOSTROPHES.sub("", unaccented(part)))
    if len(words) > 1 and words[0] == "no" and words[1].isdigit():
        del words[0]
    if len(words) > 1:
        words[-1] = STREET_WORDS.get(words[-1], words[-1])
    return " ".join(words)
