"""Whose a web or e-mail address is: somebody's own, or everybody's."""

from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from enrichment.crawling import addresses
from enrichment.emails import lists

# Where everybody may have a page of one's own.
NETWORKS = {
    "facebook.com": "facebook", "fb.com": "facebook", "fb.me": "facebook",
    "instagram.com": "instagram", "linkedin.com": "linkedin", "twitter.com": "x", "x.com": "x",
    "youtube.com": "youtube", "tiktok.com": "tiktok", "pinterest.com": "pinterest",
    "pinterest.co.uk": "pinterest", "threads.net": "threads", "threads.com": "threads",
    "bsky.app": "bluesky",
}  # fmt: skip
# Servers of Mastodon whose names do not say so, of which there are many; each is everybody's, too.
MASTODON = frozenset((
    "mas.to", "toot.wales", "fosstodon.org", "hachyderm.io", "c.im", "indieweb.social",
    "mathstodon.xyz", "toot.community", "social.coop", "techhub.social",
))  # fmt: skip
# Where links of all websites lead: what stands behind them is nobody's alone.
COMMON = frozenset(NETWORKS) | MASTODON | frozenset((
    "google.com", "google.co.uk", "goo.gl", "g.page", "apple.com", "bing.com", "what3words.com",
    "wa.me", "whatsapp.com", "openstreetmap.org", "vimeo.com", "tripadvisor.co.uk",
    "tripadvisor.com", "trustpilot.com", "gov.uk", "nhs.uk", "t.me", "linktr.ee", "snapchat.com",
    "flickr.com", "etsy.com", "amazon.co.uk", "ebay.co.uk", "eventbrite.co.uk", "spotify.com",
    "soundcloud.com", "bandcamp.com", "yell.com", "checkatrade.com", "zoom.us", "calendly.com",
))  # fmt: skip


def host(url: str) -> str:
    """Give the host of an address, without "www.", "" if there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return ""


def joined(base: str, href: str) -> str:
    """Give where a link leads, without the part of the page, "" if it is none."""
    try:
        goal = _goal(base, href.strip()).partition("#")[0]
        return goal if urlsplit(goal).scheme in ("http", "https") and host(goal) else ""
    except ValueError:
        return ""


def _goal(base: str, href: str) -> str:
    if href.startswith(("http://", "https://")):
        return href
    if href.startswith("/") and not href.startswith("//") and "/." not in href:
        origin = base.find("/", base.find("//") + 2)
        return (base[:origin] if origin >= 0 else base) + href
    return urljoin(base, href)


@lru_cache(maxsize=10_000)
def registrable(name: str) -> str:
    """Give the part of a host that somebody registered; builders' customers have one each."""
    try:
        return addresses.registrable(f"//{name}")
    except ValueError:
        return name


def chosen(name: str) -> str:
    """Give what somebody chose to be called in the web: "smith" of "www.smith.co.uk"."""
    return registrable(name).partition(".")[0]


def is_mastodon(name: str) -> bool:
    """Say whether a host is a server of Mastodon, as far as its name tells."""
    return "mastodon" in name or "mstdn" in name or registrable(name) in MASTODON


def is_free_mail(name: str) -> bool:
    """Say whether mailboxes there belong to many who have nothing to do with one another."""
    domain = registrable(name)
    return lists.is_shared(domain) or lists.is_shared(name)
