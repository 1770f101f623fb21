"""What a crawl tells of the website itself, whatever its pages say."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from enrichment.crawling.contract import Crawl, Fetched, R, State
from enrichment.told import Told

WAY = "checked"
# A page that changed so shortly before it was sent was made by a program for who asked.
JUST_NOW = timedelta(hours=1)
OLDEST = 1995


def told(crawl: Crawl[R]) -> list[Told]:
    """Give what was found out about the website, as it answered; no words of a page prove it."""
    url = crawl.url or crawl.asked
    return [Told(field, value, WAY, url) for field, value in _values(crawl)]


def _values(crawl: Crawl[R]) -> Iterator[tuple[str, object]]:
    # What is away may be back: that says nothing of it yet.
    if crawl.state is not State.AWAY:
        yield "site_state", str(crawl.state)
    if crawl.security.is_https is not None:
        yield "site_is_https", crawl.security.is_https
    if crawl.seconds is not None:
        yield "site_seconds", round(crawl.seconds, 2)
    years = [year for visit in crawl.pages if (year := changed(visit.page))]
    if years:
        yield "site_changed", max(years)


def changed(page: Fetched) -> int | None:
    """Give the year in which a page last changed, where its server knows one."""
    at, now = _moment(page, "last-modified"), _moment(page, "date") or datetime.now(UTC)
    if at is None or at.year < OLDEST or now - at < JUST_NOW:
        return None
    return at.year


def _moment(page: Fetched, header: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(page.headers.get(header, ""))
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
