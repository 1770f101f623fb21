"""The domain by which vendors know an organisation, and whether an answer is about it."""

from collections.abc import Iterator

from enrichment import everybodys
from enrichment.contract import Subject
from enrichment.crawling import addresses
from enrichment.emails import lists
from enrichment.providers import values

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
    return everybodys.is_domain_of_many(domain) or lists.is_shared(domain)
