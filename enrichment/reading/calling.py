"""The form of phone numbers, of this country and others."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

import phonenumbers

from enrichment.reading import ranges

# Digits with what may stand between them; what begins a number of this country, or any other.
BETWEEN = r"(?:[^\S\n]|[()\-\u2010-\u2015/\[\]·_]|\.(?!\s)){0,4}"
FOUND = re.compile(
    # Only the looks of a page may part a number from the word before it: "Workshop01756 960144".
    r"(?:(?<![\w£$€#])|(?<=[a-z]{4})(?=0\d{2,4} \d{3}))(?<!\d[.,-])(?:"
    rf"(?P<own>(?:\(?\+{BETWEEN}44\)?|\(?00\s?44\)?){BETWEEN}(?:\(0\)|"
    rf"0)?{BETWEEN}[1-35789](?:{BETWEEN}\d){{8,9}}"
    rf"|[(\[]?0{BETWEEN}[1-35789](?:{BETWEEN}\d){{8,9}})"
    rf"|(?P<abroad>(?:\+|00(?=[1-9]))(?!\s?44){BETWEEN}[1-9](?:{BETWEEN}\d){{6,13}})"
    r")(?P<more>(?:\s?[-–/]?\d)*)"
)
# Figures close together: no number is longer, and few texts have many.
CLUSTER = re.compile(r"[(\[+]{0,2}\d(?:[^\S\n]|[\d()\-\u2010-\u2015/\[\]·_.+]){8,400}+(?:\w{0,2})")
# In the United States, where the page says that it is there.
AMERICAN = re.compile(
    r"(?<![\w+])(?:1[-. ])?\(?([2-9]\d\d)\)?[-. ]\s?([2-9]\d\d)[-. ](\d{4})(?!\w)"
)
AMERICA = re.compile(
    r"\bU\.?S\.?A\.?\b|United States|\b[A-Z]{2} \d{5}(?:-\d{4})?\b|\bUS office\b|North America"
)
# Words to be dialled on a keypad, behind a code at which firms choose their numbers.
# https://www.itu.int/rec/T-REC-E.161
VANITY = re.compile(
    r"(?<![\w+])0(?:80[08]|3[0347]\d|84[345]|"
    r"87[0123])[ -]?(?:\d[ -]?){0,4}(?:[A-Z][ -]?){2,6}[A-Z]\b"
)
KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
DIGITS = re.compile(r"\d")
GROUP = re.compile(r"\d+")
BLANK = re.compile(r"\d\s+(?=[0+(])")
# Areas of which some numbers have a figure less.
# https://en.wikipedia.org/wiki/List_of_dialling_codes_in_the_United_Kingdom
SHORT = frozenset((
    "1204", "1208", "1254", "1276", "1297", "1298", "1363", "1364", "1384", "1386", "1404",
    "1420", "1460", "1461", "1480", "1488", "1524", "1527", "1562", "1566", "1606", "1629",
    "1635", "1647", "1659", "1695", "1726", "1744", "1750", "1768", "1827", "1837", "1884",
    "1900", "1905", "1935", "1946", "1949", "1963", "1995", "1697",
))  # fmt: skip
# What samples are made of, and what nobody has.
SAMPLE = re.compile(
    r"1234567|(\d)\1{6}|0{6}$|123123123|^\+44(?:1234567|7123456)|"
    r"^\+44(?:20)?12345|^\+1\d{3}555(?:1212|5555)"
)
JOINED = re.compile(r"\d|(?![A-Z][a-z])[^\W\d_]|[.,]\d")
MOST_FOUND = 250


def candidates(text: str) -> Iterator[tuple[int, int, str]]:
    """Give all that looks like a phone number in a text: from where to where, and in E.164."""
    clusters = islice(CLUSTER.finditer(text), MOST_FOUND)
    return islice(_in_clusters(text, clusters), MOST_FOUND)


def _in_clusters(text: str, clusters: Iterable[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
    for cluster in clusters:
        yield from _british_and_others(text, *cluster.span())
        yield from _american(text, *cluster.span())
    for vanity in islice(VANITY.finditer(text), MOST_FOUND):
        figures = vanity.group().translate(KEYS)
        if len(DIGITS.findall(figures)) in (10, 11) and not SAMPLE.search(figures):
            yield vanity.start(), vanity.end(), e164(figures)


def _british_and_others(text: str, at: int, last: int) -> Iterator[tuple[int, int, str]]:
    while match := FOUND.search(text, at, last):
        end, number = _british(text, match) if match["own"] else _foreign(match)
        if number and not SAMPLE.search(number):
            yield match.start(), end, number
        # Behind figures that are no number one may stand: "No. 07654321 0113 496 0123".
        blank = BLANK.search(text, match.start(), end) if not number else None
        at = blank.end() if blank else max(end, match.start() + 1)


def _american(text: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    for match in islice(AMERICAN.finditer(text, first, last), MOST_FOUND):
        around = text[max(0, match.start() - 300) : match.end() + 150]
        if AMERICA.search(around):
            number = e164(f"+1{match[1]}{match[2]}{match[3]}")
            if number and not SAMPLE.search(number):
                yield match.start(), match.end(), number


def _british(text: str, match: re.Match[str]) -> tuple[int, str]:
    """Cut a number where it is full: another may follow, or it may be no phone at all."""
    said = match["own"]
    places = [place.start() for place in DIGITS.finditer(said)]
    digits = "".join(said[place] for place in places)
    skipped = 0
    for prefix in ("0044", "44"):
        if said.lstrip("(").startswith("+" if prefix == "44" else "00") and digits.startswith(
            prefix
        ):
            skipped = len(prefix)
            break
    national_part = digits[skipped:]
    if national_part.startswith("0"):
        skipped += 1
        national_part = national_part[1:]
    length = _length(national_part)
    if not length or len(national_part) < length:
        return match.end(), ""
    end = match.start() + places[skipped + length - 1] + 1
    rest = text[end : end + 2]
    # A figure right behind belongs to it: then it is no number of this country.
    # A name may follow at once, where only the looks of a page part them: "0123 496 0123Leeds".
    if JOINED.match(rest):
        return match.end(), ""
    return end, e164("+44" + national_part[:length])


def _length(national_part: str) -> int:
    """Give how many figures a number has that begins so, without its nought."""
    if len(national_part) >= 10:
        return 10
    if len(national_part) == 9 and (
        national_part[:4] in SHORT or national_part.startswith(("800", "500"))
    ):
        return 9
    return 0


def _foreign(match: re.Match[str]) -> tuple[int, str]:
    """Cut a number of another country where it may end: what follows may be another."""
    said = match.group().replace("(0)", "   ")
    start = 2 if said.startswith("00") else 0
    groups = list(GROUP.finditer(said, start))
    for last in range(len(groups), 0, -1):
        digits = "".join(group.group() for group in groups[:last])
        if 8 <= len(digits) <= 15 and (number := e164("+" + digits)):
            return match.start() + groups[last - 1].end(), number
    return match.end(), ""


@lru_cache(maxsize=5_000)
def e164(written: str) -> str:
    """Give a number as E.164, "" if it can be none; a British one without a plus."""
    try:
        number = phonenumbers.parse(written, "GB")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    found = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return found if ranges.is_given(found) else ""


def national(number: str) -> str:
    return "0" + number.removeprefix("+44") if number.startswith("+44") else number
