"""When whoever made a page is open, as "Mo-Fr 09:00-17:00"."""

import re
from collections.abc import Iterator
from itertools import islice

from enrichment.reading import days
from enrichment.reading.days import DAYS
from enrichment.reading.document import Line, Region
from enrichment.reading.reading import Reading
from enrichment.reading.things import Thing, name_of
from enrichment.told import Told

Open = dict[tuple[str, str], set[int]]
# Hours of something else: of a telephone line of others, of a delivery, of an event.
NOT_OPENING = re.compile(
    r"\b(?:deliver(?:y|ies|ed)|kick-?off|train(?:ing)? session|happy hour|check-?(?:in|out)|"
    r"last orders|"
    r"services? (?:are|at)|worship|mass|lines? (?:are )?open|rehearsal|course|class(?:es)?|lesson|"
    r"posted|"
    r"published|interview|shift|salary|per hour|an hour|hours? per week|hours a week|event|concert|"
    r"parking|permit|meets?|collection(?:s)? (?:are|on)|bin|bookings? taken)\b",
    re.IGNORECASE,
)
# A day of one year: of a show, a sale, a funeral.
DATED = re.compile(
    r"day,? (?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|june?|july?|aug|sep|"
    r"oct|"
    r"nov|dec)|day,? (?:january|february|march|april|may|june|july|august|september|october|"
    r"november|"
    r"december) \d",
    re.IGNORECASE,
)
SENTENCES = re.compile(r"(?<=[a-z\d])[.!]\s+(?=[A-Z][a-z])")
TIMED = re.compile(
    r"\d\s?(?:[:.h]\s?\d\d|[ap]\.?m\b|y[bhp]\b|[-–—‑]|to\b|till?\b|until\b|noon|o.?clock|hrs|hours|"
    r"/7)|\b\d{4}\b|\bdays?\b",
    re.IGNORECASE,
)
IN_WORDS = re.compile(
    r"noon|midnight|o.?clock|\b(?:half|six|seven|eight|nine|ten|eleven)\b", re.IGNORECASE
)
CLOCK = re.compile(days.CLOCK, re.IGNORECASE)
ALWAYS = re.compile(r"\b24\s?/\s?7\b|\b24[ -]hours? a day\b|\bround the clock\b", re.IGNORECASE)
NOT_ALWAYS = re.compile(
    r"\b(?:cctv|monitor\w*|secur\w+|online|web ?site|e-?mail|care|staffed|nurs\w+|alarms?|access|"
    r"atm|cash|pumps?|orders?|bookings? online|chat|they|their|charger|charging)\b",
    re.IGNORECASE,
)
DISTANCE, NEAR, LONGEST_TIME = 60, 30, 60
MOST_LETTERS, MOST_TIMES = 1_600, 500


def found(reading: Reading) -> Iterator[Told]:
    """Give the opening hours of all places, those for machines and those in words together."""
    open_at, at, end = _for_machines(reading)
    in_words, first, last = _in_words(reading)
    for time, named in in_words.items():
        open_at.setdefault(time, set()).update(named)
    if last:
        at, end = first, last
    if open_at:
        yield reading.told("opening_hours", written(open_at), at, end)


def written(open_at: Open) -> list[str]:
    """Give hours by day as ranges of days: "Mo-Th 09:00-17:00"."""
    spans = []
    for (opens, closes), named in open_at.items():
        for first, last in _runs(sorted(named)):
            shown = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
            spans.append((first, opens, f"{shown} {opens}-{closes}"))
    return [shown for _, _, shown in sorted(spans)]


def _runs(named: list[int]) -> Iterator[tuple[int, int]]:
    start = previous = named[0]
    for day in [*named[1:], 99]:
        if day != previous + 1:
            yield start, previous
            start = day
        previous = day


def _for_machines(reading: Reading) -> tuple[Open, int, int]:
    open_at: Open = {}
    at = end = 0
    for thing in reading.own:
        for said in thing.all("openinghours"):
            for part in re.split(r"(?<=\d),\s*(?=[A-Z])|;", said.value):
                if _add(open_at, part):
                    at, end = at or said.at, said.at + len(said.value)
        for part in thing.parts.get("openinghoursspecification", ()):
            placed = _specified(open_at, part)
            at, end = at or placed, max(end, placed + 1)
    return open_at, at, end


def _specified(open_at: Open, part: Thing) -> int:
    """Add what a specification of opening hours says; give where it stands."""
    named = [name_of(said.value) for said in part.all("dayofweek")]
    named += [name_of(each.one("name") or each.ident) for each in part.parts.get("dayofweek", ())]
    opens, closes = part.one("opens")[:5], part.one("closes")[:5]
    time = re.compile(r"\d\d?:\d\d")
    if not named or not time.fullmatch(opens) or not time.fullmatch(closes) or opens == closes:
        return 0
    if part.all("validfrom", "validthrough"):
        return 0
    for each in named:
        for day in days.days(days.SHORT.get(each.title(), each)):
            open_at.setdefault((opens.zfill(5), closes.zfill(5)), set()).add(day)
    return part.all("opens")[0].at


def _in_words(reading: Reading) -> tuple[Open, int, int]:
    open_at: Open = {}
    first = last = 0
    lines = reading.document.lines
    for index, line in islice(_with_times(reading, lines), MOST_TIMES):
        said = _row(reading, lines, index)
        for sentence in SENTENCES.split(said) if said else ():
            if not days.ANY_DAY.search(sentence) or not _may_be_opening(reading, line, sentence):
                continue
            if _add(open_at, sentence):
                first, last = first or line.start, max(last, line.end)
    return open_at, first, first + 1 if last - first > 180 else last


def _every_day(said: str) -> str:
    """Say of what is always there that it is so every day."""
    if days.ANY_DAY.search(said) or not ALWAYS.search(said) or NOT_ALWAYS.search(said):
        return said
    return ALWAYS.sub("every day 24 hours", said, count=1)


def _with_times(reading: Reading, lines: list[Line]) -> Iterator[tuple[int, Line]]:
    for index, line in enumerate(lines):
        if line.region in (Region.MACHINE, Region.HEAD) or line.end - line.start > MOST_LETTERS:
            continue
        if _may_have_times(reading.document.words(line)):
            yield index, line


def _may_have_times(said: str) -> bool:
    return TIMED.search(said) is not None or (" to " in said and IN_WORDS.search(said) is not None)


def _row(reading: Reading, lines: list[Line], index: int) -> str:
    """Give a line with days and times: in tables and lists they may be two."""
    line = lines[index]
    said = _every_day(days.spelt_out(reading.document.words(line)))
    has_days, has_times = (
        days.ANY_DAY.search(said),
        days.SPAN.search(said) or days.ALL_DAY.search(said),
    )
    if has_days and has_times:
        return said
    if len(said) >= LONGEST_TIME or has_days:
        return ""
    if not has_times:
        # Opening and closing may stand in cells of their own.
        opens = CLOCK.search(line.before)
        if not (
            CLOCK.fullmatch(said.strip()) and opens and opens.end() == len(line.before.rstrip())
        ):
            return ""
        said = f"{opens.group()} - {said}"
    # Its days stand before it: in the cell on its left or over it, the term, the line above.
    term = line.headings[-1].text if line.headings and line.headings[-1].level == 7 else ""
    previous = (
        lines[index - 1] if index and lines[index - 1].start >= line.start - LONGEST_TIME else None
    )
    for above in (
        line.before,
        line.column,
        term,
        reading.document.words(previous) if previous else "",
    ):
        group = days.GROUP.search(days.spelt_out(above))
        if group and len(above) < LONGEST_TIME:
            return f"{group.group()} {said}"
    return ""


def _may_be_opening(reading: Reading, line: Line, said: str) -> bool:
    place = reading.document.words(line).find(said[:20])
    start, _ = reading.document.sentence(line.start + max(0, place))
    if NOT_OPENING.search(said) or DATED.search(said):
        return False
    labels = " ".join(heading.text for heading in line.headings[-2:])
    if NOT_OPENING.search(labels):
        return False
    return reading.owner.is_own(start, start)


def _add(open_at: Open, written_: str) -> bool:
    """Add what a text says: each group of days with the times behind it, or those before it."""
    said = days.spelt_out(written_)
    groups = [
        match
        for match in days.GROUP.finditer(said)
        if days.days(match.group()) and not days.EXCEPT.search(said[: match.start()])
    ]
    spans = [(match.start(), match.end(), days.span(match)) for match in days.SPAN.finditer(said)]
    spans = [each for each in spans if each[2]]
    if not groups:
        return False
    is_before = bool(spans) and spans[0][1] <= groups[0].start() <= spans[0][1] + NEAR
    has_added = False
    for index, group in enumerate(groups):
        first = groups[index - 1].end() if index else 0
        until = groups[index + 1].start() if index + 1 < len(groups) else len(said)
        start, end = (
            (first, group.start())
            if is_before
            else (group.end(), min(until, group.end() + DISTANCE))
        )
        times = [time for at, _, time in spans if start <= at < end]
        around = said[first if is_before or index == 0 else group.end() : until]
        if not times and days.ALL_DAY.search(around):
            times = [("00:00", "24:00")]
        for time in filter(None, times):
            has_added = True
            without = days.excepted(said, group.end())
            open_at.setdefault(time, set()).update(
                day for day in days.days(group.group()) if day not in without
            )
    return has_added
