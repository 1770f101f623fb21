"""What a page's styles do to its words: turn them round, or keep them from being seen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from enrichment.reading.bounds import MOST_STYLE


class Shade(IntEnum):
    """How well a visitor sees what stands there."""

    SHOWN = 0
    # Not until something is opened, or never.
    FOLDED = 1
    # Never, and by a trick: for robots alone.
    TRAP = 2


AT_RULE = re.compile(
    r"@(?:media|supports|container|keyframes|-webkit-keyframes)[^{}]*+\{"
    r"(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}?+"
)
RULE = re.compile(r"(?:^|(?<=[{}]))([^{}]++)\{([^{}]*+)\}")
TELLING = re.compile(
    r"bidi-override|display\s*:\s*none|font-size\s*:\s*[01.]+px|(?:left|top)\s*:\s*-\d{3}|"
    r"background"
)
# Only what belongs to an address or a number: other words are ornaments.
ADDING = re.compile(
    r"(?:^|(?<=[{}]))(?P<chosen>[^{}:]{1,200}+)::?(?P<where>before|after)\s*\{[^{}]*?content\s*:\s*"
    r"([\"'])(?P<words>[^\"'\\{}]*(?:@|\.[a-z]{2}|\d{3})[^\"'\\{}]*)\3",
    re.IGNORECASE,
)
# The last part of a selector, where it is one class or name.
CHOSEN = re.compile(r"(?:^|[\s>+~])[a-z0-9]*((?:[.#][\w-]+)+)\s*$", re.IGNORECASE)
TURNED = re.compile(r"bidi-override")
RIGHT_TO_LEFT = re.compile(r"direction\s*:\s*rtl")
GONE = re.compile(r"display\s*:\s*none")
AWAY = re.compile(r"(?<![-\w])(?:left|top)\s*:\s*-\d{3,}(?:\.\d+)?(?:px|em|rem|pt|vw|%)")
PLACED = re.compile(r"position\s*:\s*(?:absolute|fixed)")
TINY = re.compile(r"font-size\s*:\s*(?:0?\.\d+|1)px")
COLOUR = re.compile(r"(?<![-\w])color\s*:\s*([^;}!]+)")
GROUND = re.compile(r"(?<![-\w])background(?:-color)?\s*:\s*([^;}!]+)")
# Within a line of words, what a class hides is put there to mislead robots.
WHITE = {"#fff": "#ffffff", "white": "#ffffff", "#000": "#000000", "black": "#000000"}


@dataclass
class Styles:
    """By `.class` or `#id`: what turns words round, hides them, or hides them by a trick."""

    turned: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    trapped: set[str] = field(default_factory=set)
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)

    def added(self, names: frozenset[str]) -> tuple[str, str]:
        """Give the words that a style puts before and behind those of an element."""
        if not (self.before or self.after):
            return "", ""
        return (
            next((self.before[name] for name in names if name in self.before), ""),
            next((self.after[name] for name in names if name in self.after), ""),
        )

    def turns(self, names: frozenset[str], attributes: Mapping[str, str | None]) -> bool:
        """Say whether an element shows its letters from right to left."""
        style = attributes.get("style") or ""
        return bool(self.turned and self.turned & names) or _is_turned(style)

    def shade(self, names: frozenset[str], attributes: Mapping[str, str | None]) -> Shade:
        """Say how well the words of an element are seen."""
        style = (attributes.get("style") or "").lower()
        if (self.trapped and self.trapped & names) or (style and _is_trap(style)):
            return Shade.TRAP
        if "hidden" in attributes or (style and GONE.search(style)):
            return Shade.FOLDED
        return Shade.SHOWN


def read(written: str) -> Styles:
    """Read what the style elements of a page say."""
    styles = Styles()
    for added in ADDING.finditer(written[:MOST_STYLE]):
        words = styles.after if added["where"].lower() == "after" else styles.before
        for name in _chosen(added["chosen"]):
            words[name] = added["words"]
    for rule in RULE.finditer(AT_RULE.sub(" ", written[:MOST_STYLE])):
        body = rule[2].lower()
        if not TELLING.search(body):
            continue
        for holder, holds in (
            (styles.turned, _is_turned),
            (styles.trapped, _is_trap),
            (styles.gone, GONE.search),
        ):
            if holds(body):
                holder.update(_chosen(rule[1]))
    return styles


def _chosen(selectors: str) -> set[str]:
    found = (CHOSEN.search(each) for each in selectors.split(","))
    # Of several classes the last says most: `.x .c1-2.c1-9`.
    return {re.split(r"(?=[.#])", each[1])[-1] for each in found if each}


def _is_turned(style: str) -> bool:
    return bool(TURNED.search(style) and RIGHT_TO_LEFT.search(style))


def _is_trap(style: str) -> bool:
    if TINY.search(style) or (AWAY.search(style) and PLACED.search(style)):
        return True
    colour, ground = COLOUR.search(style), GROUND.search(style)
    return bool(colour and ground and _plain(colour[1]) == _plain(ground[1]))


def _plain(colour: str) -> str:
    said = colour.strip().lower()
    return WHITE.get(said, said)
