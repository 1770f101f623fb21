"""Elements and classes: which stand in lines of their own, and which part of a page they are."""

import re
from collections.abc import Mapping
from functools import lru_cache

from enrichment.reading.document import Region

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main",
    "menu", "nav", "noframes", "noscript", "ol", "optgroup", "option", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "search",
    "marquee", "object",
))  # fmt: skip
# Their words are no words of the page, or not seen as such.
SKIPPED = frozenset((
    "script", "style", "template", "svg", "math", "head", "canvas", "audio", "video",
    "datalist", "textarea", "select", "button", "input", "progress", "meter",
))  # fmt: skip
# What these hold was kept as it was written, and is a page itself.
RAW = frozenset(("noframes", "noembed", "noscript"))
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "dt": 7, "summary": 6,
            "caption": 6, "legend": 6}  # fmt: skip
BOLD = frozenset(("b", "strong", "th", "dt"))
INNER = frozenset(("article", "main", "section", "dialog", "blockquote", "td", "li"))
NOTHING: frozenset[str] = frozenset()
WORD = re.compile(r"[a-z]+|\d+")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
FOOT = frozenset(("footer", "foot", "colophon", "ftr", "contentinfo", "footers", "bottombar"))
HEAD = frozenset(("masthead", "topbar", "banner"))
# The foot of a card is no foot of a page.
OF_A_PART = frozenset((
    "card", "entry", "modal", "article", "post", "comment", "panel", "dialog", "product", "item",
    "tile", "box", "accordion",
))  # fmt: skip


def names(attributes: Mapping[str, str | None]) -> frozenset[str]:
    """Give the words of which the classes, the id and the role of an element are made."""
    if not attributes:
        return NOTHING
    said = " ".join(filter(None, (attributes.get(each) for each in ("class", "id", "role"))))
    return _words(said[:300]) if said else NOTHING


# Classes come again and again.
@lru_cache(maxsize=5_000)
def _words(said: str) -> frozenset[str]:
    return frozenset(WORD.findall(HUMP.sub(" ", said).lower()))


def selectors(attributes: Mapping[str, str | None]) -> frozenset[str]:
    """Give what a style may choose an element by: `.class` and `#id`."""
    if not attributes:
        return NOTHING
    classes = [f".{each}" for each in (attributes.get("class") or "")[:300].split()]
    ident = attributes.get("id")
    return frozenset([*classes, f"#{ident}"] if ident else classes)


def region(tag: str, words: frozenset[str], above: str, *, is_inner: bool) -> str:
    """Say which part of the page begins with an element; parts in a part are that part."""
    if above in (Region.FOOTER, Region.HEAD, Region.MACHINE):
        return above
    if not words & OF_A_PART:
        if (tag == "footer" and not is_inner) or words & FOOT:
            return Region.FOOTER
        if above == Region.MAIN and ((tag == "header" and not is_inner) or words & HEAD):
            return Region.HEADER
    if tag == "nav" or "navigation" in words:
        return Region.NAV
    if tag == "aside" and above == Region.MAIN:
        return Region.ASIDE
    return above
