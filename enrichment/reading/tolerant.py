"""JSON as websites write it: with comments, commas too many, lines in texts, and ends missing."""

import html
import json
import re
from typing import Any

from enrichment.reading.bounds import MOST_JSON

# An inner quotation mark is one behind which nothing ends.
TOKEN = re.compile(
    r"\s++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?+"
    r'|(?P<text>"(?:[^"\\]|\\.|"(?!\s*+(?:[,:}\]]|$|//|/\*|"\s*+\w)))*+"?+)'
    r"|(?P<single>'(?:[^'\\]|\\.)*+'?+)"
    r"|(?P<sign>[{}\[\]:,;])|(?P<word>[^\s{}\[\]:,;\"'/]++|.)",
    re.DOTALL,
)
WRAPPING = re.compile(
    r"^\s*(?:/[/*]\s*)?(?:<!--|<!\[CDATA\[|-->|\]\]>)\s*(?:\*/)?|"
    r"\s*(?:/[/*]\s*)?(?:-->|\]\]>)\s*(?:\*/)?\s*$"
)
BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
BAD_UNICODE = re.compile(r"\\u(?![0-9a-fA-F]{4})")
WORDS = {"true": True, "false": False, "null": None, "undefined": None}
DEEPEST = 60
_reader = json.JSONDecoder(strict=False)


def values(written: str) -> list[Any]:
    """Give every value that stands in a text, one behind the other; what is no JSON is left out."""
    said = unwrapped(written[:MOST_JSON])
    if not said:
        return []
    if said[:8].lstrip("[{ ").startswith("&"):
        # Written by a program that takes a script for words of the page.
        said = html.unescape(said)
    try:
        return [_reader.decode(said)]
    except (ValueError, RecursionError):
        return _Tolerant(said).read()


def first(written: str, start: int) -> tuple[Any, int]:
    """Give the value that begins at a place of a text and where it ends; None if it is no whole
    one."""
    try:
        return _reader.raw_decode(written, start)
    except (ValueError, RecursionError):
        return None, start


def unwrapped(written: str) -> str:
    """Take away the marks by which old programs were to be kept from reading it."""
    said = written.strip()
    for _ in range(3):
        inner = WRAPPING.sub("", said)
        if inner == said:
            break
        said = inner.strip()
    return said


def plain(quoted: str) -> str:
    """Give what a quoted text says."""
    mark = quoted[0]
    inner = quoted[1:-1] if len(quoted) > 1 and quoted.endswith(mark) else quoted[1:]
    if mark == "'":
        inner = inner.replace("\\'", "'").replace('"', '\\"')
    else:
        inner = re.sub(r'(?<!\\)((?:\\\\)*)"', r'\1\\"', inner)
    inner = BAD_UNICODE.sub(r"\\\\u", BAD_ESCAPE.sub("", inner)).removesuffix("\\")
    try:
        found = json.loads(f'"{inner}"', strict=False)
    except ValueError:
        return inner
    return str(found)


class _Tolerant:
    """Reads from left to right and takes whatever fits."""

    def __init__(self, said: str) -> None:
        self.found: list[Any] = []
        self.open: list[Any] = []
        # How many of each kind are open.
        self.counts: dict[type, int] = {dict: 0, list: 0}
        self.keys: list[str | None] = []
        self.word: Any = None
        self.has_word = False
        self.said = said

    def read(self) -> list[Any]:
        for token in TOKEN.finditer(self.said):
            if token["text"] or token["single"]:
                self._take(plain(token["text"] or token["single"]))
            elif token["word"]:
                self._take(_worth(token["word"]))
            elif token["sign"]:
                self._sign(token["sign"])
        self._put()
        return [each for each in self.found if isinstance(each, dict | list)]

    def _take(self, value: Any) -> None:
        # Where a comma is missing, the next begins.
        if self.has_word:
            self._put()
        self.word, self.has_word = value, True

    def _sign(self, sign: str) -> None:
        if sign in "{[":
            self._begin({} if sign == "{" else [])
        elif sign == ":" and self.open and isinstance(self.open[-1], dict):
            self.keys[-1] = str(self.word) if self.has_word else None
            self.has_word = False
        else:
            self._put()
            if sign in "}]":
                self._end(dict if sign == "}" else list)

    def _begin(self, holder: Any) -> None:
        self.has_word = False
        if len(self.open) < DEEPEST:
            self._add(holder)
        self.open.append(holder)
        self.keys.append(None)
        self.counts[type(holder)] += 1

    def _end(self, kind: type) -> None:
        # An end too many ends nothing; one that is missing is made up for.
        is_it = not self.counts[kind]
        while not is_it:
            ended = type(self.open.pop())
            self.keys.pop()
            self.counts[ended] -= 1
            is_it = ended is kind

    def _put(self) -> None:
        if self.has_word:
            self._add(self.word)
        self.has_word = False

    def _add(self, value: Any) -> None:
        if not self.open:
            self.found.append(value)
        elif isinstance(self.open[-1], list):
            self.open[-1].append(value)
        elif self.keys[-1] is not None:
            self.open[-1].setdefault(self.keys[-1], value)
            self.keys[-1] = None


def _worth(word: str) -> Any:
    if word in WORDS:
        return WORDS[word]
    try:
        return int(word) if word.lstrip("-").isdigit() else float(word)
    except ValueError:
        return word
