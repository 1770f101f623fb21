"""The words of a search, marked in a text: `<mark>` around them, everything else escaped."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from leads.search.terms import APART, QUOTES, digits

# A word of a text is like one that was typed.
LIKE = 0.72
SHORT = 3
BEFORE, BEHIND = 45, 75
DOTS = "…"
# What may be written with gaps: postcodes and numbers.
GAPPED = re.compile(r"[a-z]{1,2}\d[a-z\d]{0,5}|\+?\d{5,}")
SAID = re.compile(r"\w+")


class Marker:
    """Finds what was asked for; `is_loose` also what is only like it."""

    def __init__(self, asked: tuple[str, ...], *, is_loose: bool = False) -> None:
        self.asked, self.is_loose = asked, is_loose

    def marked(self, text: str) -> SafeString:
        """Give the text with its finds marked."""
        return _drawn(text, self.finds(text), 0, len(text))

    def line(self, text: str) -> SafeString:
        """Give the part of a long text in which its first finds stand."""
        finds = self.finds(text)
        start = finds[0][0] if finds else 0
        first = _gap(text, start - BEFORE, start)
        last = min(len(text), start + BEHIND)
        if last < len(text):
            last = max(text.rfind(" ", start, last), finds[0][1] if finds else 1)
        drawn = _drawn(text, finds, first, last)
        return format_html("{}{}{}", DOTS if first else "", drawn, DOTS if last < len(text) else "")

    def met(self, text: str) -> set[str]:
        """Give the words that stand in the text."""
        folded = _fold(text)[0]
        return {word for word in self.asked if self._places(word, folded)}

    def finds(self, text: str) -> list[tuple[int, int]]:
        """Give where they stand in the text, in order and apart."""
        folded, places = _fold(text)
        spans = [span for word in self.asked for span in self._places(word, folded)]
        found: list[tuple[int, int]] = []
        for start, end in sorted((places[start], places[end - 1] + 1) for start, end in spans):
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], end))
            else:
                found.append((start, end))
        return found

    def _places(self, word: str, folded: str) -> list[tuple[int, int]]:
        exact = [found.span() for found in self._patterns[word].finditer(folded)]
        if exact or not self.is_loose:
            return exact
        if len(word) >= SHORT and word in folded:
            start = folded.index(word)
            return [(start, start + len(word))]
        if len(word) <= SHORT or any(map(str.isdigit, word)):
            return []
        return [found.span() for found in SAID.finditer(folded) if _is_like(found[0], word)]

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {word: re.compile(_pattern(word)) for word in self.asked}


def _pattern(word: str) -> str:
    """Mean the word where one begins, or its parts."""
    word = digits(word) or word
    if GAPPED.fullmatch(word):
        # A number is written with 0 or with +44 in front.
        bare = re.sub(r"^(\+?44|0)(?=\d{4})", "", word)
        return r"(?<!\w)(?:\+?44\s?|0)?" + r"\s?".join(map(re.escape, bare))
    parts = [re.escape(part) for part in APART.split(word) if part]
    whole = re.escape(word)
    return r"(?<!\w)(?:" + "|".join(dict.fromkeys([whole, *parts])) + ")"


# The same few words stand in most texts of a page.
@lru_cache(maxsize=20_000)
def _is_like(said: str, word: str) -> bool:
    if abs(len(said) - len(word)) > max(2, len(word) // 3):
        return False
    likeness = SequenceMatcher(None, said, word)
    return likeness.quick_ratio() >= LIKE and likeness.ratio() >= LIKE


def _fold(text: str) -> tuple[str, Sequence[int]]:
    """Give it without accents and capitals, and for each letter where it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        spread = unicodedata.normalize("NFKD", letter.translate(QUOTES).casefold())
        for each in spread:
            if not unicodedata.combining(each):
                letters.append(each)
                places.append(place)
    return "".join(letters), places


def _gap(text: str, place: int, end: int) -> int:
    """Give the beginning of the first whole word behind the place."""
    if place <= 0:
        return 0
    found = text.find(" ", place, end)
    return place if found < 0 else found + 1


def _drawn(text: str, finds: list[tuple[int, int]], first: int, last: int) -> SafeString:
    parts: list[str] = []
    here = first
    for start, end in finds:
        if start < first or end > last:
            continue
        parts += [
            conditional_escape(text[here:start]),
            format_html("<mark>{}</mark>", text[start:end]),
        ]
        here = end
    return SafeString("".join([*parts, conditional_escape(text[here:last])]))
