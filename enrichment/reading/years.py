"""When whoever made a page began, and when the page was last changed."""

import re
from collections.abc import Iterator

from enrichment.reading.document import Region
from enrichment.reading.reading import Reading
from enrichment.told import Told

FOUNDED = re.compile(
    r"\b(?:est(?:ablished|d|ab\.?|\.)?|founded|formed|started|incorporated|trading|"
    r"serving [\w ,&'’]{2,40}|"
    r"(?:family|independently)[ -](?:run|owned)(?: business)?|in business|sefydlwyd|advice|service|"
    r"quality|business|bakers|brewers|butchers|makers|builders|craftsmen)\s+"
    r"(?:\w+\s+){0,2}?(?:(?:back\s+)?in|since|ym|:)?\s*(1[5-9]\d\d|20[0-3]\d)\b(?!\s*[-–]\s*\d|"
    r"\.\d|,\d{3})",
    re.IGNORECASE,
)
SINCE = re.compile(r"(?:^|[-–—|•·,(“\"]\s*)since\s+(1[5-9]\d\d|20[0-3]\d)\b", re.IGNORECASE)
COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[^\n]{0,60}?\b((?:19|20)\d\d)\b(?:\s*[-–—/]\s*((?:19|20)\d\d|"
    r"present))?",
    re.IGNORECASE,
)
CHANGED = re.compile(
    r"\b(?:last |page |site )?(?:updated|modified|changed|reviewed|revised|edited)\b[^\n\d]{0,24}"
    r"((?:\d{1,2}[\s/.-]\w{1,9}[\s/.,-]+|\w{3,9}\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?)?((?:19|"
    r"20)\d\d))",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
MODIFIED = (
    "article:modified_tim"
    "e", "og:updated_time", "last-modified", "dcterms.modified", "date.modified",
            "dc.date.modified")  # fmt: skip
ANY_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
BEFORE, BEHIND, MOST_YEARS, MOST_MATCHES = 90, 12, 400, 40
FIRST_SITE, LAST = 1993, 2100


def founded(reading: Reading) -> Iterator[Told]:
    """Give the year in which it began: the earliest that is told."""
    found = [
        (int(said.value[:4]), said.at, said.at + 4)
        for thing in reading.own
        for said in thing.all("foundingdate")
        if re.match(r"1[5-9]\d\d|20[0-3]\d", said.value)
    ]
    if not found:
        for pattern in (FOUNDED, SINCE):
            for match, _ in zip(
                _around_years(reading.text, pattern), range(MOST_MATCHES), strict=False
            ):
                region = reading.document.line_at(match.start()).region
                if region in (Region.MACHINE, Region.STATE):
                    continue
                if reading.owner.is_own(match.start(), match.end(), is_register=True):
                    found.append((int(match[1]), match.start(), match.end()))
                if len(found) > 20:
                    break
    if found:
        year, at, end = min(found)
        yield reading.told("founded", year, at, end)


def _around_years(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Find what ends with a year: it is sought where one is."""
    end = 0
    for count, year in enumerate(ANY_YEAR.finditer(text)):
        if count > MOST_YEARS:
            return
        start, end = max(end, year.start() - BEFORE), max(end, min(len(text), year.end() + BEHIND))
        yield from pattern.finditer(text, start, end)


def changed(reading: Reading) -> Iterator[Told]:
    """Give the latest year that the page says of itself."""
    found: list[tuple[int, int, int]] = []
    for match, _ in zip(_around_years(reading.text, COPYRIGHT), range(MOST_MATCHES), strict=False):
        line = reading.document.line_at(match.start())
        end = min(line.end, match.start() + 100)
        found += [
            (int(each[1]), match.start(), each.end())
            for each in YEAR.finditer(reading.text, match.start(), max(end, match.end()))
        ]
        if len(found) > 20:
            break
    for match, _ in zip(_around_years(reading.text, CHANGED), range(MOST_MATCHES), strict=False):
        found.append((int(match[2]), match.start(), match.end()))
        if len(found) > 40:
            break
    for line in reading.document.lines:
        if line.region in (Region.HEAD, Region.MACHINE):
            said = reading.document.words(line)
            name, _, value = said.partition(": ")
            if (name in MODIFIED or name == "datemodified") and (told := YEAR.match(value)):
                at = line.start + len(name) + 2
                found.append((int(told[1]), at, at + 4))
    found = [each for each in found if FIRST_SITE <= each[0] <= LAST]
    if found:
        year, at, end = max(found)
        yield reading.told("site_changed", year, at, end)
