"""Words made comparable: case, accents, signs, saints, streets and numbers do not count."""

import re
import unicodedata

from crm.registers.names import APOSTROPHES, WORD
from leads.dedupe.abbreviations import MEANT, PHRASES

LONE_S = re.compile(r"(\w{3}) s\b")
LONE_LETTERS = re.compile(r"\b([^\W\d_])(?: ([^\W\d_])\b)+")
# Letters that no decomposition takes apart.
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"})
LAST_LATIN = 0x24F
LATIN_AGAIN = range(0x1E00, 0x1F00)
# fmt: off
UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}
# fmt: on
ORDINALS = {
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "sixth": "6th",
    "seventh": "7th",
    "eighth": "8th",
    "ninth": "9th",
    "tenth": "10th",
}  # fmt: skip


def words(text: str) -> list[str]:
    """The words of a text in one spelling; of a text that is signs only, the signs."""
    plain = APOSTROPHES.sub("", unaccented(text)).replace("&", " and ").replace("+", " and ")
    if "/" in plain or "hc" in plain:
        for written, meant in PHRASES:
            plain = written.sub(meant, plain)
    found = WORD.findall(plain) if plain.isascii() else _of_any_script(plain)
    if not found:
        return text.split()
    spaced = LONE_S.sub(r"\1s", " ".join(found))
    joined = LONE_LETTERS.sub(lambda run: run.group().replace(" ", ""), spaced)
    return _numbered([MEANT.get(word, word) for word in joined.split()])


def unaccented(text: str) -> str:
    """Case-folded, and Latin letters without their accents.

    In other scripts a mark makes another letter, or is a vowel: it stays.
    """
    if text.isascii():
        return text.lower()
    kept, is_latin = [], False
    for sign in unicodedata.normalize("NFKD", text.casefold()):
        if not unicodedata.combining(sign):
            is_latin = ord(sign) <= LAST_LATIN or ord(sign) in LATIN_AGAIN
        elif is_latin:
            continue
        kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept)).translate(LETTERS)


def _of_any_script(text: str) -> list[str]:
    """Vowels of Hindi or Arabic are marks rather than letters."""
    signs = (each if unicodedata.category(each)[0] in "LNM" else " " for each in text)
    return "".join(signs).split()


def _numbered(found: list[str]) -> list[str]:
    """Numbers in words as figures: "twenty one" is "21", "first" is "1st"."""
    kept: list[str] = []
    tens = 0
    for word in found:
        unit = UNITS.get(word, 0)
        if tens and unit and unit < 10:
            kept[-1] = str(tens + unit)
            tens = 0
            continue
        tens = TENS.get(word, 0)
        kept.append(str(tens or unit) if tens or unit else ORDINALS.get(word, word))
    return kept
