"""The addresses that are still to be read, best first: no page twice, and no way without an end."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import islice
from urllib.parse import urlsplit, urlunsplit

from enrichment.crawling import addresses

MOST_WAITING, MOST_LINKS = 500, 300
DEEPEST, LONGEST, MOST_FIELDS = 5, 300, 2
# Pages that differ in a number, or in what stands behind the question mark: calendars, lists of
# results. Of one kind, and of all; and how many of one folder, which are mostly alike, too.
MOST_ALIKE, MOST_NUMBERED, MOST_ASKED, MOST_IN_FOLDER = 2, 4, 6, 3
NUMBER = re.compile(r"\d+")
NUMBERED = re.compile(r"/\d+(?=/|$)")
NO_PAGES = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|csv|rtf|txt|zip|rar|gz|tgz|7z|dmg|exe|msi|apk|jpe?g|png|"
    r"gif|webp|avif|svg|ico|bmp|tiff?|heic|mp[34]|m4[av]|wav|ogg|mov|avi|wmv|webm|css|js|mjs|json|"
    r"xml|rss|atom|ics|vcf|kml|gpx|woff2?|ttf|eot|eps|psd|ai)$",
    re.IGNORECASE,
)
# What does something, or is for people who have an account.
ACTS = re.compile(
    r"(?<![a-z])(?:log|sign)-?(?:in|out|on|off|up)\b|/register\b|unsubscribe|\bcheckout\b|"
    r"\bbasket\b|\bcart\b|\bwishlist\b|\bmy-?account\b|/wp-(?:admin|login|json)|/xmlrpc|/admin\b|"
    r"/cdn-cgi/|add-to-|[/?&](?:delete|remove)\b|replytocom|[?&](?:share|print|format)=|/feed/?$|"
    r"/tag/|/author/|/search\b|[?&](?:s|q|search)=",
    re.IGNORECASE,
)


class Frontier:
    """Begins at the first page; what leads elsewhere is not taken."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._site = addresses.site(home)
        self._met = {addresses.identity(home)}
        self._waiting: list[tuple[int, int, str]] = []
        self._alike: Counter[str] = Counter()
        self._count = 0
        self._own: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, links: Iterable[str], base: str) -> None:
        """Take up links of a page, best first.

        A menu stands on all pages: what is in it too tells how much the others are worth.
        """
        rank, ranked = 0, set()
        for link in islice(links, MOST_LINKS):
            url = self._of_ours(link, base)
            if not url or (ident := addresses.identity(url)) in ranked:
                continue
            rank += 1
            ranked.add(ident)
            if ident not in self._met and len(self._met) < MOST_WAITING:
                self._met.add(ident)
                self._count += 1
                heappush(self._waiting, (rank, self._count, url))

    def know(self, url: str) -> bool:
        """Take note of a page that was found; say whether it was known before."""
        ident = addresses.identity(url)
        was_known = ident in self._met
        self._met.add(ident)
        return was_known

    def is_own(self, url: str) -> bool:
        """Say whether an address is one of this website."""
        return addresses.site(url) == self._site

    def next(self) -> str:
        """Give the best one that is left, or ""."""
        while self._waiting:
            *_, url = heappop(self._waiting)
            kinds = list(_kinds(url))
            if all(self._alike[kind] < most for kind, most in kinds):
                self._alike.update(kind for kind, _ in kinds)
                return url
        return ""

    def _of_ours(self, link: str, base: str) -> str:
        """Give the address in the form of the first page's, if it is one of this website."""
        # Menus come again and again, and mostly mean the same everywhere.
        is_whole = link.startswith("/") or "://" in link
        if is_whole and link in self._own:
            return self._own[link]
        url = addresses.clean(link, base)
        is_one = url and self.is_own(url) and _is_sound(url)
        found = addresses.at(url, self._home) if is_one else ""
        if is_whole:
            self._own[link] = found
        return found


def _is_sound(url: str) -> bool:
    parts = urlsplit(url)
    whole = urlunsplit(parts._replace(scheme="", netloc=""))
    folders = [each for each in parts.path.lower().split("/") if each]
    return not (
        len(whole) > LONGEST
        or len(folders) > DEEPEST
        or max(Counter(folders).values(), default=0) > 2
        or (parts.query and parts.query.count("&") >= MOST_FIELDS)
        or NO_PAGES.search(parts.path)
        or ACTS.search(whole)
    )


def _kinds(url: str) -> Iterator[tuple[str, int]]:
    """Give what a page may be one too many of, and how many there may be."""
    parts = urlsplit(url)
    asked = NUMBER.sub("#", parts.query)
    if asked or NUMBER.search(parts.path):
        # Old websites have all their pages behind one question mark.
        most = 2 * MOST_ALIKE if asked and "&" not in asked else MOST_ALIKE
        yield f"{NUMBER.sub('#', parts.path)}?{asked}", most
    if asked:
        yield "?", MOST_ASKED
    if NUMBERED.search(parts.path):
        yield "#", MOST_NUMBERED
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    if folder and last:
        yield f"{folder}/", MOST_IN_FOLDER
