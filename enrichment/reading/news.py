"""What whoever made a page has to report, with its day: "2026-01-19 New kiln fired"."""

import re
from collections.abc import Iterator
from datetime import date

from enrichment.reading import dates
from enrichment.reading.document import Box, Line, Region
from enrichment.reading.reading import Reading
from enrichment.told import Told

ARTICLES = frozenset(
    ("newsarticle", "blogposting", "article", "techarticle", "reportagenewsarticle")
)
ABOUT = re.compile(
    r"\b(?:news|blog|press|latest|updates?|articles?|insights|stories|what[’']?s new|diary|"
                   r"announcements?|newyddion)\b", re.IGNORECASE)  # fmt: skip
NO_NEWS = re.compile(
    r"\b(?:reviews?|testimonials?|comments?|cookies?|privacy|terms|version|jobs?|vacanc\w+|opening|"
    r"closing|delivery|results? for|posted|updated|reviewed|copyright|valid|expires?)\b",
    re.IGNORECASE,
)
BOX = frozenset((
    "post", "posts", "article", "news", "blog", "entry", "story", "press", "item", "teaser",
    "card",
))  # fmt: skip
NO_BOX = frozenset((
    "review", "reviews", "rv", "comment", "comments", "testimonial", "job", "jobs", "vacancy",
    "cookie", "cookies",
))  # fmt: skip
MOST, LONGEST_DAY = 20, 30
LONGEST = 140
Item = tuple[date, str, int, int]


def found(reading: Reading) -> Iterator[Told]:
    """Give the reports, the latest first; they speak of the day of the latest."""
    every = {(title, when): (when, title, at, end) for when, title, at, end in _everywhere(reading)}
    items = sorted(every.values(), key=lambda item: item[0], reverse=True)[:MOST]
    if items:
        when, _, at, end = items[0]
        shown = [f"{each.isoformat()} {title}" for each, title, _, _ in items]
        yield reading.told("news", shown, at, end, as_of=when)


def _everywhere(reading: Reading) -> Iterator[Item]:
    yield from _said(reading)
    yield from _page(reading)
    yield from _listed(reading)


def _said(reading: Reading) -> Iterator[Item]:
    for top in reading.things:
        for thing in top.within():
            titles, days = thing.all("headline", "name"), thing.all("datepublished", "datecreated")
            if thing.kinds & ARTICLES and titles and days and (when := dates.first(days[0].value)):
                title = titles[0]
                yield when, title.value[:LONGEST], title.at, title.at + len(title.value)


def _page(reading: Reading) -> Iterator[Item]:
    """A page that is one report itself."""
    document = reading.document
    written = document.metas.get("article:published_time", "")
    heading = next((line for line in document.lines if line.box.tag == "h1"), None)
    when = dates.first(written)
    if when and heading is not None:
        yield when, document.words(heading)[:LONGEST], heading.start, heading.end


def _listed(reading: Reading) -> Iterator[Item]:
    """Lines with a day in a list of reports, and the title beside them."""
    document = reading.document
    is_news = ABOUT.search(document.title) or re.search(r"news|blog|press|latest", document.url)
    count = 0
    for match in _days(reading):
        count += 1
        line = document.line_at(match.start())
        if count > 200 or line.region in (Region.MACHINE, Region.STATE, Region.HEAD, Region.FOOTER):
            continue
        when = dates.day(match)
        if when is None or not _may_be_news(line, is_news=bool(is_news)):
            continue
        before = reading.text[max(line.start, match.start() - 30) : match.start()]
        if NO_NEWS.search(before):
            continue
        if title := _title(reading, line, match):
            yield when, *title


def _days(reading: Reading) -> Iterator[re.Match[str]]:
    """Give the days in the text; they are sought where a year is."""
    end = 0
    for year in dates.YEAR.finditer(reading.text):
        start = max(end, year.start() - LONGEST_DAY)
        end = max(start, year.end() + len("-00-00"))
        yield from dates.DAY.finditer(reading.text, start, end)


def _may_be_news(line: Line, *, is_news: bool) -> bool:
    names = {name for _, box in zip(range(4), line.box.above(), strict=False) for name in box.names}
    if names & NO_BOX:
        return False
    if any(ABOUT.search(heading.text) for heading in line.headings):
        return True
    in_article = any(box.tag == "article" for box in line.box.above())
    return (
        is_news and bool(names & BOX or line.box.tag in ("li", "p", "time", "td", "div"))
    ) or in_article


def _title(reading: Reading, line: Line, match: re.Match[str]) -> tuple[str, int, int] | None:
    """Give the words beside a day: those of its line, the heading over it or the line under it."""
    text = reading.text
    rest = (text[line.start : match.start()] + text[match.end() : line.end]).strip(" -–—:|,.()")
    if len(rest) >= 12:
        at = line.start if text[line.start : match.start()].strip(" -–—:|,.()") else match.end()
        said = text[at : line.end if at != line.start else match.start()].strip(" -–—:|,.()")
        if len(said) < 12:
            said = rest
        start = text.find(said, line.start, line.end)
        return said[:LONGEST], max(start, line.start), line.end
    for box in line.box.above():
        if box.end - box.start > 1_500 or box.tag == "page":
            break
        if found := _heading_in(reading, box, line):
            return found
    return None


def _heading_in(reading: Reading, box: Box, line: Line) -> tuple[str, int, int] | None:
    for kid in _inner(box):
        if kid.tag in ("h1", "h2", "h3", "h4", "h5") and kid.end > kid.start:
            said = reading.text[kid.start : kid.end].strip()
            if said and not (kid.start <= line.start < kid.end):
                return said[:LONGEST], kid.start, kid.end
    return None


def _inner(box: Box) -> Iterator[Box]:
    for kid in box.kids[:20]:
        yield kid
        yield from kid.kids[:10]
