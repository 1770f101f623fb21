"""Addresses of pages, compared as a person would: is this the page that was read?"""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

# What campaigns, and the vendor itself, hang on an address.
TRACKING = re.compile(r"utm_\w+|gclid|fbclid|msclkid", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
DEFAULT_PORTS = {None, 80, 443}
LONGEST = 2_000


def normalised(url: str) -> str:
    """Give what two addresses of one page have in common; "" for what is no address of a page.

    Scheme, “www.”, a slash at the end, the fragment and tracking make no difference; host, path
    and the rest of the query do.
    """
    text = url.strip() if isinstance(url, str) else ""
    if not 0 < len(text) <= LONGEST or re.search(r"\s", text):
        return ""
    if not SCHEME.match(text):
        text = f"https://{text.removeprefix('//')}"
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host.encode("idna").decode() if not host.isascii() else host
    except ValueError:
        return ""
    # “bank.example@evil.example” is written to deceive.
    if parts.scheme.lower() not in ("http", "https") or "." not in host or "@" in parts.netloc:
        return ""
    host = host.removeprefix("www.") + ("" if port in DEFAULT_PORTS else f":{port}")
    path = quote(unquote(parts.path), safe="/~!$&'()*+,;=:@").rstrip("/")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted(pair for pair in pairs if not TRACKING.fullmatch(pair[0])))
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def told(urls: Iterable[str]) -> dict[str, str]:
    """Give the pages by their normalised address, each as it was first written."""
    pages: dict[str, str] = {}
    for url in urls:
        if name := normalised(url):
            pages.setdefault(name, url.strip())
    return pages
