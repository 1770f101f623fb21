"""What frameworks put into a page for their scripts to show: values in JSON, and no words."""

import html
import re
from collections.abc import Iterator
from typing import Any

from enrichment.reading import nuxt
from enrichment.reading.bounds import MOST_JSON, MOST_SCRIPT, MOST_STATE_LINES
from enrichment.reading.document import Region
from enrichment.reading.protecting import ADDRESS, paired
from enrichment.reading.scribe import Scribe
from enrichment.reading.styling import Shade
from enrichment.reading.tolerant import first, plain, values

ASSIGNED = re.compile(r"(?:=|\bpush\(|\breturn|^)\s*(?=[{\[])|\(\s*(?=\{)")
PARSED = re.compile(r"JSON\.parse\(\s*(?=['\"])")
QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'", re.DOTALL)
MOST_ASSIGNED = 40
DEEPEST = 30
BARE = 200  # signs
LONGEST = 2_000
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
TAGS = re.compile(r"<[^<>]{0,500}>")
BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d|/td|p|div|li)\b[^<>]{0,200}>", re.IGNORECASE)
TARGET = re.compile(r"href=[\"'](mailto:|tel:)([^\"'?]{3,80})", re.IGNORECASE)
# Keys under which stands how to reach somebody, or who it is.
CONTACT = re.compile(
    r"phone|telephone|^tel$|_tel$|mobile|whatsapp|mail|post_?code|postal|^zip|address|^legal|company"
    r"|vat|street|city|town|county|opening|profile_?url|facebook|instagram|twitter|linkedin|youtube",
    re.IGNORECASE,
)
# And those of whom a page tells.
OF_OTHERS = re.compile(r"landlord|tenant|vendor|customer|applicant|third_?party|supplier", re.I)
# As WhatsApp writes numbers, in its links and so in what makes them.
UNMARKED = re.compile(r"44[1-9]\d{9}")
REACHING = ("hone", '"tel', "mobile", "mail", "ostcode", "ostal", "ostCode", "ddress")
# Words, and no code: what holds a blank, or an address.
SPOKEN = re.compile(r"\w\s+\w|@|^\+?\d[\d\s()-]{6,}$|^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$|^https://")


def write(scripts: list[tuple[str, str]], scribe: Scribe, *, is_bare: bool) -> None:
    """Write the values down behind the words of the page.

    A page that is bare without its scripts has no other words; of others only what stands under
    the name of a means of contact is taken.
    """
    left = MOST_STATE_LINES
    for kind, script in scripts:
        if "ld+json" in kind:
            continue
        for value in _values(kind, script[:MOST_SCRIPT], is_bare=is_bare):
            left -= _Writer(scribe, left, is_bare=is_bare).write(value)
            if left <= 0:
                return


def _values(kind: str, script: str, *, is_bare: bool) -> Iterator[Any]:
    if "json" in kind and "importmap" not in kind:
        yield from values(script)
        return
    if not is_bare and not any(word in script for word in REACHING):
        return
    if "__NUXT__" in script and (unfolded := nuxt.unfolded(script)):
        yield from unfolded
        return
    for count, match in enumerate(PARSED.finditer(script)):
        quoted = QUOTED.match(script, match.end())
        if quoted and count < MOST_ASSIGNED and len(quoted.group()) < MOST_JSON:
            yield from values(plain(quoted.group()))
    at = 0
    for _ in range(MOST_ASSIGNED):
        found = ASSIGNED.search(script, at)
        if found is None:
            return
        value, at = first(script, found.end())
        if value:
            yield value
        at = max(at, found.end())


class _Writer:
    """Each object becomes a box, each of its texts a line with its name."""

    def __init__(self, scribe: Scribe, most: int, *, is_bare: bool) -> None:
        self.scribe, self.most, self.is_bare = scribe, most, is_bare
        self.count = 0

    def write(self, value: Any) -> int:
        self._any("", value, 0)
        return self.count

    def _any(self, key: str, value: Any, depth: int) -> None:
        if depth > DEEPEST or self.count >= self.most:
            return
        if isinstance(value, dict):
            if key not in ("entityMap", "query", "params"):
                self._object(key, value, depth)
        elif isinstance(value, list):
            self._list(key, value, depth)
        elif isinstance(value, str):
            self._text(key, value)

    def _object(self, key: str, value: dict[str, Any], depth: int) -> None:
        self.scribe.open("object", frozenset(), Region.STATE, Shade.SHOWN)
        # The name of a list tells whose the things in it are: "deliveryPartners".
        self.scribe.head(1 + min(depth, 5), HUMP.sub(" ", key).replace("_", " ").lower())
        for name, inner in list(value.items())[:300]:
            self._any(str(name), inner, depth + 1)
        pieces = {
            str(name)[5:].lower().strip("_-"): inner
            for name, inner in value.items()
            if str(name)[:5].lower() == "email" and isinstance(inner, str)
        }
        if address := paired(pieces):
            self._text("email", address)
        self.scribe.close()

    def _list(self, key: str, value: list[Any], depth: int) -> None:
        texts = [each for each in value[:12] if isinstance(each, str)]
        if texts and len(texts) == len(value):
            self._text(key, ", ".join(texts))
            return
        for each in value[:300]:
            self._any(key, each, depth + 1)

    def _text(self, key: str, value: str) -> None:
        if len(value) > LONGEST * 4 or not value:
            return
        if OF_OTHERS.search(key):
            return
        if UNMARKED.fullmatch(value):
            value = f"+{value}"
        is_contact = CONTACT.search(key) is not None
        if not (is_contact if not self.is_bare else is_contact or SPOKEN.search(value)):
            return
        shown = BREAKS.sub("\n", TARGET.sub(r"> [\1\2] <a ", value)) if "<" in value else value
        lines = html.unescape(TAGS.sub("", shown)).split("\n")
        for line in filter(str.strip, lines[:40]):
            self.count += 1
            self.scribe.end_line()
            self.scribe.write(f"{key}: {line.strip()[:LONGEST]}")
        self.scribe.end_line()


def is_bare(words: str) -> bool:
    """Say whether a page shows hardly any words by itself."""
    return len(words) < BARE and not ADDRESS.search(words)
