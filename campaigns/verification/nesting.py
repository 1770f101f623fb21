"""Pages that are nested as no page of a person is: the time to parse them grows with the square."""

import re

MOST_DEEP = 2_000
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that stand alone, or end by themselves where the next begins.
# https://html.spec.whatwg.org/multipage/syntax.html
UNCOUNTED = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "li",
        "dt",
        "dd",
        "p",
        "rt",
        "rp",
        "optgroup",
        "option",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "html",
        "head",
        "body",
    ]
)


def shallow(html: str) -> str:
    """Give the page as far as it is not nested deeper than `MOST_DEEP`."""
    deep = 0
    for tag in TAG.finditer(html):
        if tag[2].lower() in UNCOUNTED:
            continue
        deep = max(0, deep - 1) if tag[1] else deep + 1
        if deep > MOST_DEEP:
            return html[: tag.start()]
    return html
