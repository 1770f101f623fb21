"""The domain by which vendors know an organisation, and whether an answer is about it."""

from collections.abc import Iterator

from enrichment.contract import Subject
from enrichment.crawling import addresses
from enrichment.emails import lists
from enrichment.providers import values

# Where many have a page: that says nothing of whose page it is.
SHARED = frozenset({
    "facebook.com", "fb.com", "instagram.com", "linkedin.com", "twitter.com", "x.com",
    "youtube.com", "tiktok.com", "pinterest.com", "pinterest.co.uk", "threads.net", "threads.com",
    "bsky.app", "google.com", "google.co.uk", "goo.gl", "g.page", "business.site", "linktr.ee",
    "yell.com", "thomsonlocal.com", "yelp.co.uk", "yelp.com", "192.com", "checkatrade.com",
    "trustpilot.com", "tripadvisor.co.uk", "tripadvisor.com", "www.nhs.uk", "www.gov.uk",
    "wixsite.com", "wordpress.com", "blogspot.com", "weebly.com", "squarespace.com",
    "godaddysites.com", "sites.google.com", "etsy.com", "amazon.co.uk", "ebay.co.uk", "booking.com",
})  # fmt: skip
LONGEST = 120
MOST = 10


def of(subject: Subject) -> str:
    """Give the domain of an organisation's website, else of its mail; "" where many share it."""
    return next(_own(subject), "")


def all_of(subject: Subject) -> frozenset[str]:
    """Give every domain of its own that is known, its websites' and its mail's."""
    return frozenset(_own(subject))


def registered(written: str) -> str:
    """Give the domain that somebody registered, of a web address, a host or a part behind an @."""
    text = written.strip()
    url = addresses.clean(text if "://" in text else f"https://{text}")
    host = addresses.host(url)
    if not addresses.is_name(host) or len(host) > LONGEST:
        return ""
    return addresses.registrable(url)


def _own(subject: Subject) -> Iterator[str]:
    for website in list(subject.known.get("website", ()))[:MOST]:
        found = registered(website) if isinstance(website, str) else ""
        if found and not _is_shared(found):
            yield found
    for email in list(subject.known.get("email", ()))[:MOST]:
        address = values.address(email) if isinstance(email, str) else None
        found = registered(address.asked) if address else ""
        if found and not _is_shared(found):
            yield found


def _is_shared(domain: str) -> bool:
    labels = domain.split(".")
    above = {".".join(labels[at:]) for at in range(len(labels))}
    return bool(above & SHARED) or lists.is_shared(domain)
