"""Pages made as no person makes them: the time to parse some grows with the square of their size.

Three things do so: elements in elements without end, attributes of one element, and choices of a
list. Each is brought down to what a browser or a person would bear.
"""

import re

# Browsers go no deeper than 512: what is opened below stays, without its tags.
MOST_DEEP = 256
MOST_ATTRIBUTES = 200
MOST_CHOICES = 1_000
# But for elements that stand alone, or end by themselves where the next begins.
# https://html.spec.whatwg.org/multipage/syntax.html
TAG = re.compile(
    r"<(/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|li|dt|dd|p|"
    r"rt|rp|optgroup|"
    r"option|thead|tbody|tfoot|tr|td|th|html|head|body)[\s/>])([a-zA-Z][a-zA-Z0-9]*)",
    re.IGNORECASE,
)
RAW_END = {
    name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style", "textarea")
}
ATTRIBUTE = r"[\s/]*+=?+[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
# Every repetition is possessive, so that a page that doesn't end costs no more than one that does.
CROWDED = re.compile(rf"(<[a-zA-Z][^\s/>]*+(?:{ATTRIBUTE}){{{MOST_ATTRIBUTES}}}+)(?:{ATTRIBUTE})*+")
SWALLOWING = (
    ("<title", "</title", "</title>"),
    ("<style", "</style", "</style>"),
    ("<script", "</script", "</script>"),
    ("<textarea", "</textarea", "</textarea>"),
    ("<!--", "-->", "-->"),
)
# What does not stand in titles, styles and scripts.
FOLLOWS = re.compile(
    r"</?(?:body|head|meta|link|center|table|h[1-6]|p|div|font|img|ul|main|header|section|footer|"
    r"address)\b",
    re.I,
)
UNQUOTED = re.compile(r"=\s?\"[^\"<>\s]{1,200}+>")
# A tag that ends before the value in it does.
OPEN_VALUE = re.compile(
    r"(<[a-z]\w{0,9}\b[^<>\"']{0,200}\b(?:href|src|class|id|width|height|target|align|bgcolor|face|"
    r"size)\s?=\s?\"[^\"<>\s]{1,200}+)(?=\s?>)",
    re.IGNORECASE,
)
CHOICE = re.compile(r"<option\b", re.IGNORECASE)
CHOOSING = re.compile(r"<(?:/?)(?:select|optgroup|option)\b", re.IGNORECASE)


def shallow(html: str) -> str:
    """Give the page as one that can be parsed in a time that grows with its size alone."""
    html = CROWDED.sub(r"\1", _ended(html))
    if html.count("<") > MOST_CHOICES and len(CHOICE.findall(html)) > MOST_CHOICES:
        html = CHOOSING.sub("<br ", html)
    if html.count("<") <= MOST_DEEP:
        return html
    return _flattened(html)


def _ended(html: str) -> str:
    """Give the page with an end to what would take all the rest into itself: a title, a script or
    a quoted value that does not end."""
    if UNQUOTED.search(html):
        html = OPEN_VALUE.sub(r'\1"', html)
    small = html.lower()
    if len(small) != len(html):
        # Few letters grow when they are made small; where they do, places can't be told.
        return html
    for begin, end, closing in SWALLOWING:
        last = small.rfind(begin)
        if last < 0 or small.find(end, last + len(begin)) >= 0:
            continue
        if follows := FOLLOWS.search(html, last + len(begin)):
            html = f"{html[: follows.start()]}{closing}{html[follows.start() :]}"
            small = html.lower()
    return html


def _flattened(html: str) -> str:
    kept: list[str] = []
    start = after = deep = dropped = 0
    for tag in TAG.finditer(html):
        if tag.start() < after:
            continue
        is_end, name = tag[1] != "", tag[2].lower()
        if name in RAW_END:
            if is_end:
                continue
            end = RAW_END[name].search(html, tag.end())
            if end is None:
                break
            after = end.end()
            continue
        was_deep = dropped > 0 if is_end else deep >= MOST_DEEP
        deep, dropped = _counted(deep, dropped, is_end=is_end)
        if was_deep:
            kept.append(html[start : tag.start()])
            end_of_tag = html.find(">", tag.end())
            start = len(html) if end_of_tag < 0 else end_of_tag + 1
    return "".join([*kept, html[start:]]) if kept else html


def _counted(deep: int, dropped: int, *, is_end: bool) -> tuple[int, int]:
    if is_end:
        return (deep, dropped - 1) if dropped else (max(0, deep - 1), 0)
    return (deep, dropped + 1) if deep >= MOST_DEEP else (deep + 1, 0)
