"""Figures as accounts write them, read by the rules that their tags name.

The rules are those of XBRL International's registries of transformations (2010-04-20, 2011-07-31,
2015-02-26, 2020-02-12, 2022-02-16), by their local names; case and hyphens don't count.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

LONGEST = 60
SCALES = range(-6, 16)
NOUGHT = {"zerodash", "numdash", "fixedzero", "nocontent"}
DASHES = {"", "-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"}
NIL = {"nil", "none", "zero"}
POINT = {"", "numcommadot", "numspacedot", "numdotdecimal", "numdotdecimalin", "numdotdecimalapos"}
COMMA = {"numdotcomma", "numspacecomma", "numcommadecimal", "numcomma", "numcommadecimalapos"}
WORDS = {"numwordsen", "numworden"}
# Between thousands; an apostrophe is Swiss.
SPACES = re.compile(r"[\s\u00a0\u2009\u202f'\u2019]+")
DIGITS = re.compile(r"\d{1,15}(\.\d{0,15})?|\.\d{1,15}")
# fmt: off
ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on
# A figure in brackets is a negative one, and so is one behind a sign.
NEGATIVE = re.compile(r"\((.*)\)?|[-\u2212](.+)", re.DOTALL)


def number(text: str, attributes: Mapping[str, str]) -> Decimal | None:
    """Read a figure with its format, scale and sign; None where it can't be understood."""
    text = text.strip()
    rule = attributes.get("format", "").rpartition(":")[2].replace("-", "").lower()
    scale = _whole(attributes.get("scale", "0") or "0")
    if len(text) > LONGEST or scale is None or scale not in SCALES:
        return None
    if rule in NOUGHT:
        # Whatever is shown for it, a figure is no sign for nothing.
        return None if any(sign.isdigit() and sign != "0" for sign in text) else Decimal(0)
    if text in DASHES or text.casefold() in NIL:
        return Decimal(0) if text else None
    is_negative = attributes.get("sign", "").strip() == "-"
    if shown := NEGATIVE.fullmatch(text):
        text, is_negative = (shown[1] or shown[2] or "").rstrip(")"), True
    found = _unsigned(SPACES.sub("", text).removeprefix("£"), rule, text)
    if found is None:
        return None
    found = found.scaleb(scale)
    return -found if is_negative and found else found


def precision(attributes: Mapping[str, str]) -> Decimal:
    """How far the figure may be off: it was rounded to so much."""
    decimals = attributes.get("decimals", "").strip()
    if decimals.upper() == "INF":
        return Decimal(0)
    told = _whole(decimals)
    if told is None or told not in range(-15, 16):
        told = -(_whole(attributes.get("scale", "0") or "0") or 0)
    return Decimal(1).scaleb(-told)


def _unsigned(text: str, rule: str, words: str) -> Decimal | None:
    if rule in WORDS:
        return _spoken(words)
    if rule in COMMA:
        text = text.replace(".", "").replace(",", ".")
    elif rule in POINT:
        text = text.replace(",", "")
    else:
        return None
    return Decimal(text) if DIGITS.fullmatch(text) and text.isascii() else None


def _spoken(text: str) -> Decimal | None:
    """ "twenty-five" is 25; beyond a hundred nobody writes it so."""
    ten, _, one = text.casefold().replace(" ", "-").partition("-")
    if ten in ONES and not one:
        return Decimal(ONES.index(ten))
    if ten in TENS and (not one or one in ONES[1:10]):
        return Decimal(20 + 10 * TENS.index(ten) + (ONES.index(one) if one else 0))
    return None


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if re.fullmatch(r"[-+]?\d{1,3}", text) and text.isascii() else None
