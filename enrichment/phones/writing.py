"""Finds the number in what people write: "Tel: 0116 255 1234 (switchboard), ext. 12"."""

import re
import unicodedata
from typing import NamedTuple

from phonenumbers import convert_alpha_characters_in_number

# Nothing behind so many signs is looked into.
LONGEST = 200
# Two numbers are parted by these; a stroke within one number is not followed by so many digits.
APART = re.compile(r"[,;|\n]|\bor\b|&|/(?=\s*[+0])")
EXTENSION = re.compile(r"(?:\bext(?:ensio)?n?\b\.?|;ext=|(?<=\d)\s*x|#)[\s.:=]{0,3}(\d{1,7})", re.I)
# What has digits, and is none of the number: a choice of the machine that answers.
OPTION = re.compile(r"\(?\b(?:option|opt|choose|press)\b", re.I)
RUN = re.compile(r"[+(]{0,3}\d[\d\s().\-/]*")
# Of a British number: the digits that it has at least, and at most with its country's code.
ENOUGH, MOST = 10, 12
WHOLE = re.compile(r"(?:\A|(?<=\s))\(?0(?:[\s().\-/]{0,3}\d){10}(?!\d)")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
# Numbers that are advertised as words are of these ranges.
AS_WORD = re.compile(r"\s*(0(?:800|808|3\d\d|84\d|87\d)[\s-]?(?:[a-z\d][\s-]?){4,9})\s*", re.I)


class Written(NamedTuple):
    """`digits` begins with "+" where a country's code does; the rest are digits alone."""

    digits: str
    extension: str = ""


def find(text: str) -> Written:
    """Find the first number; without one there are no digits."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).translate(DASHES)
    if (word := AS_WORD.fullmatch(text)) and not _digits(text[4:]):
        return Written(_digits(convert_alpha_characters_in_number(word[1])))
    extension = EXTENSION.search(text)
    text = text[: extension.start()] if extension else text
    if option := OPTION.search(text):
        text = text[: option.start()]
    runs = [run[0] for part in APART.split(text) for run in RUN.finditer(part)]
    # Some digits may stand before: "24 hours: 0116…", "1st line".
    run = next((each for each in runs if len(_digits(each)) > 6), runs[0] if runs else "")
    return Written(_whole(_one(run)), extension[1] if extension else "")


def _one(run: str) -> str:
    """Leave out what stands with the number: opening hours before it, behind it another number or
    a second line's last digits ("0116 255 1234/5").
    """
    before, stroke, _ = run.partition("/")
    if stroke and len(_digits(before)) >= ENOUGH:
        run = before
    is_abroad = run.lstrip("(").startswith(("+", "00"))
    if not is_abroad and len(_digits(run)) > MOST and (one := WHOLE.search(run)):
        return one[0]
    return run


def _whole(run: str) -> str:
    digits = _digits(run)
    if run.lstrip("(").startswith("+"):
        # "+44 (0)116": the 0 is for those who ring from within the country.
        return "+" + re.sub(r"\A440", "44", digits)
    if digits.startswith("00"):
        return "+" + re.sub(r"\A440", "44", digits[2:])
    return digits


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isdigit())
