"""Addresses in words: what stands before a postcode and makes an address with it."""

import re
from collections.abc import Iterator

from enrichment.reading import codes, towns
from enrichment.reading.document import Document, Line, Region

STREET = re.compile(
    r"\b(?:street|st|road|rd|lane|ln|avenue|ave|way|drive|close|court|place|square|terrace|"
    r"crescent|"
    r"house|centre|estate|park|building|buildings|unit|floor|suite|mill|yard|row|walk|gate|hill|"
    r"green|quay|wharf|works|farm|arcade|parade|mews|gardens|chambers|hall|church|school|hotel|"
    r"box|grove|rise|view|industrial|business|cottage|lodge|barn|studio|workshop|vale|bank|wynd|"
    r"brae|loan|gait|vennel|heol|ffordd|stryd|lon|mount|bridge|cross|market|point|office|station|"
    r"common|alley|"
    r"circus|broadway|promenade|esplanade|embankment|high)\b",
    re.IGNORECASE,
)
# Where an address may begin in a sentence.
START = re.compile(
    r"(?:^[^\w(]+|^|[|•·:;(\[✉☎📍®]\s*|\]\s+|\d{3}[\d\s]{3,12}\)?,?\s+(?=[A-Z]|\d+[a-z]?\s)|"
    r"(?<!\bSt)(?<!\bRd)(?<!\bCo)(?<!\b[A-Z])[.!?]\s+|\s[–—-]\s|"
    r"\b(?:at|to|address is|located (?:at|in|on)|based (?:at|in|on)|find us (?:at|in|on)|"
    r"visit us (?:at|in)|we are (?:at|in)|hold|from|office|write to|post to|of|is|outside|inside|"
    r"behind)\s+(?=[A-Z0-9]))"
)
LABEL = re.compile(
    r"^\s*(?:(?:our|the|main|head|registered|postal|trading|business|company|correspondence|office|"
    r"visiting|shop|store|yard|post|mail|sat ?nav|new)\s+)*(?:address(?:es)?|offices?|location|"
    r"find us|where|visit us|post|mail|yard|returns|adres|cyfeiriad|adresse|based at|head office|"
    r"address line \d|lines|street|office hours|hq|depot|shop|store|premises)\s*[:–-]\s*|"
    r"^(?:address|find us|location|visit)\s+(?=[A-Z0-9])|^[\s,|:;.•·–®-]+",
    re.IGNORECASE,
)
POSTCODE_LABEL = re.compile(
    r"(?:post ?code|postal ?code|cod post|sat ?nav|zip|kod pocztowy)\b[\s:=(]*(?:is|"
    r"for sat ?nav)?[\s:=(]*$",
    re.IGNORECASE,
)
CODE_LABEL = re.compile(
    r"\b(?:sku|code|ref(?:erence)?|model|grade|part|item|product|type|size|profile|plate|reg|lot|"
    r"batch|"
    r"size|class|bus|route|flight|room|vehicle|registration|voucher|id|no|number|version|series)"
    r"\b[\s.:#=]*$",
    re.IGNORECASE,
)
# One's own places by their postcodes alone: "Depots: B7 4PX (Long Wharf), ST4 2LN".
PREMISES = re.compile(
    r"\b(?:depots?|offices?|branches|showrooms?|yards?|shops?|stores?|premises|workshops?|"
    r"warehouses?|studios?|clinics?|find us)\s*:\s*"
    rf"(?:{codes.WRITTEN}(?: \([^()]{{2,40}}\))?(?:,? (?:and|&) |, )){{0,8}}$",
    re.IGNORECASE,
)
# What an organisation calls its places, before their names.
SITE = re.compile(
    r"\b(?:[\w-]*(?:field|ground|yard|site|hall|house|office|works|depot|venue|base)|address|where|"
    r"location|premises)\s*:\s*$",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"(?:unit |flat |suite |no\.? ?)?\d+[a-z]?\b", re.IGNORECASE)
# A house by its number: "7 Calgary Brae", "1 & 2 Skerry".
HOUSE = re.compile(
    r"\d{1,3}[a-zA-Z]?(?:\s?(?:&|and|-|–|"
    r"/)\s?\d{1,3}[a-zA-Z]?)?,? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}"
)
NAME = re.compile(
    r"[A-Z\d][\w'’.-]*(?:,? (?:(?:of|the|by|on|in|and|&|le|upon|near) )?[A-Z\d][\w'’.-]*){0,5}"
)
# What boxes are called that are kept for places.
PLACES = frozenset((
    "address", "adr", "vcard", "location", "locations", "contact", "contacts", "office",
    "offices", "branch", "branches", "store",
))  # fmt: skip
LONGEST = 160
MOST_ABOVE = 7
LONGEST_PART = 60


def before(document: Document, line: Line, at: int) -> tuple[str, int]:
    """Give what stands before a postcode and makes an address with it, and where it begins; ""
    where nothing does."""
    text = document.text
    said = text[max(line.start, at - LONGEST) : at]
    said, start = _cut(said, max(line.start, at - LONGEST))
    parts = [said] if said and not POSTCODE_LABEL.fullmatch(said + ":") else []
    is_whole = start > line.start and bool(said)
    if not is_whole:
        above, first = _above(document, line)
        start = first if above else start
        parts = above + parts
    joined = re.sub(r"\s*,\s*,\s*|\s{2,}", ", ", ", ".join(parts)).strip(" ,.-–|(")
    joined = re.sub(r"\s*,\s*", ", ", joined)
    is_labelled = SITE.search(text[max(line.start, start - LONGEST_PART) : start]) is not None
    is_labelled = is_labelled or (line.start == start and _is_kept_for_places(line))
    # A postcode alone in its line ends what stands above.
    is_labelled = is_labelled or (not said and len(parts) > 1 and all(map(_is_name, parts)))
    return (joined[-LONGEST:], start) if _is_place(joined, is_labelled=is_labelled) else ("", at)


def _is_name(part: str) -> bool:
    return NAME.fullmatch(part) is not None


def _is_kept_for_places(line: Line) -> bool:
    """Whether a line stands where addresses do: then a town of which nobody knows is one, too."""
    if line.region in (Region.HEADER, Region.FOOTER) or line.box.tag == "address":
        return True
    near = (box for _, box in zip(range(3), line.box.above(), strict=False))
    return any(box.names & PLACES for box in near)


def _cut(before: str, start: int) -> tuple[str, int]:
    """Cut what stands before an address in its line."""
    last = 0
    for match in START.finditer(before):
        if match.end() < len(before.rstrip(" ,.(")):
            rest = before[match.end() :]
            if "," in rest or STREET.search(rest) or not _is_part(before[last:]):
                last = match.end()
    said = before[last:]
    label = LABEL.match(said)
    while label and label.end():
        last += label.end()
        said = before[last:]
        label = LABEL.match(said)
    return said.strip(" ,.-–|("), start + last


def _is_part(said: str) -> bool:
    return len(said.strip()) <= LONGEST_PART


def _above(document: Document, line: Line) -> tuple[list[str], int]:
    """Give the lines of an address that stand over its last, and where they begin."""
    parts: list[str] = []
    start = line.start
    lines = document.lines
    index = next((i for i in _indexes(document, line)), -1)
    while index > 0 and len(parts) < MOST_ABOVE:
        index -= 1
        above = lines[index]
        if not _is_together(above, line):
            break
        said = document.words(above).strip(" ,")
        if above.region == Region.STATE:
            said = said.partition(": ")[2].strip(" ,")
        label = LABEL.match(said)
        rest = said[label.end() :].strip(" ,") if label else said
        # Behind another postcode stands another address.
        if not _is_address_line(rest) or next(codes.candidates(rest), None):
            break
        parts.insert(0, rest)
        start = above.start
        if label and label.end() and said != rest:
            break
    return parts, start


def _indexes(document: Document, line: Line) -> Iterator[int]:
    lines = document.lines
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        if lines[middle].start < line.start:
            low = middle + 1
        else:
            high = middle
    yield low


def _is_together(above: Line, line: Line) -> bool:
    """Whether two lines stand in one box, or in boxes that hold a line each."""
    if above.box is line.box:
        return True
    one, other = above.box, line.box
    same_kind = one.tag == other.tag and one.tag in ("p", "div", "li", "span", "object")
    return (one.parent is other.parent and (same_kind or other.tag == "object")) or (
        other.parent is one or one.parent is other
    )


def _is_address_line(said: str) -> bool:
    if not said or len(said) > LONGEST_PART or "@" in said or "http" in said or "£" in said:
        return False
    if re.search(
        r"\d{5,}|\d[\d\s]{8,}|\b(?:tel|phone|fax|mob|email|e-mail|dx|open|call)\b", said, re.I
    ):
        return False
    if re.search(r"(?<!\bSt)(?<!\bRd)(?<!\bCo)(?<!\bAve)[.!?]\s+[A-Z]|[!?]$|:\s", said):
        return False
    words = said.split()
    capitals = sum(1 for word in words if word[:1].isupper() or word[:1].isdigit())
    return capitals * 2 >= len(words)


def _is_place(said: str, *, is_labelled: bool) -> bool:
    """Whether words make an address with the postcode behind them: they name a street, a house by
    its number, a town, or several places one after the other."""
    if not said or "@" in said or said.isdigit():
        return False
    tail = re.split(r"[,\s]+", said.rstrip(" ,.-–("))[-1]
    is_in_town = towns.ends_with_one(said)
    if CODE_LABEL.search(tail) or not (tail[:1].isupper() or tail[:1].isdigit() or is_in_town):
        return False
    if is_in_town or STREET.search(said):
        return True
    parts = [part for part in said.split(", ") if part]
    if len(parts) == 1:
        return HOUSE.fullmatch(said) is not None or (is_labelled and said[:1].isupper())
    return len(parts) >= 3 or is_labelled or NUMBERED.match(parts[0]) is not None
