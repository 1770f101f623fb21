"""Where pages may be of a website whose first page leads nowhere: its map, or the usual places."""

import re
from html import unescape

from enrichment.crawling import links
from enrichment.crawling.contract import Fetched

MOST = 200
PLACE = re.compile(r"<loc>\s{0,99}(?:<!\[CDATA\[\s{0,99})?([^<\s\]]{1,1000})", re.IGNORECASE)
USUAL = ("/contact", "/about", "/contact-us", "/about-us")
# Of many maps the one of pages, not of posts or products.
OF_PAGES = re.compile(r"page", re.IGNORECASE)


def mapped(found: Fetched) -> list[str]:
    """Give the addresses that a sitemap names, worth most first."""
    if not 200 <= found.status < 300:
        return []
    named = [unescape(match[1]) for match in PLACE.finditer(found.text)][: 5 * MOST]
    return sorted(named, key=lambda each: -links.worth(each))[:MOST]


def is_of_maps(found: Fetched) -> bool:
    """Say whether a sitemap names others, and no pages."""
    return b"<sitemapindex" in found.content[:5_000]


def best_map(maps: list[str]) -> str:
    """Give the one of several maps that is read."""
    return next((each for each in maps if OF_PAGES.search(each)), maps[0] if maps else "/")
