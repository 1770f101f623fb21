"""The domain of a company's own website, as databases of companies know them by it."""

import re
from urllib.parse import urlsplit

from leads.identity.candidate import SHARED_HOSTS

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}")


def of(website: str) -> str:
    """Take it from a web address; "" where that is none, or a host that many share."""
    try:
        host = (urlsplit(website).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return host if is_own(host) else ""


def is_own(domain: str) -> bool:
    """Say whether it is a domain, and not one at which many have a page."""
    if not DOMAIN.fullmatch(domain) or len(domain) > 253:
        return False
    labels = domain.split(".")
    return not any(".".join(labels[at:]) in SHARED_HOSTS for at in range(len(labels)))
