"""Reads the settings of the way to the outside; what is wrong ends the start with a sentence."""

import math
from urllib.parse import urlsplit


class NotUnderstood(SystemExit):
    """A setting is none that can be used; whatever reads it ends with this sentence."""


# Where the vendors themselves are.
VENDORS = {
    "OPENAI_BASE_URL": "https://api.openai.com/v1",
    "COMPANIES_HOUSE_URL": "https://api.company-information.service.gov.uk",
    "COMPANIES_HOUSE_DOCUMENTS_URL": "https://document-api.company-information.service.gov.uk",
    "GOOGLE_PLACES_URL": "https://places.googleapis.com/v1",
    "APOLLO_URL": "https://api.apollo.io/api/v1",
    "HUNTER_URL": "https://api.hunter.io/v2",
    "ZEROBOUNCE_URL": "https://api.zerobounce.net/v2",
    "TWILIO_URL": "https://lookups.twilio.com/v2",
    "CLEARBIT_URL": "https://company.clearbit.com/v2",
}


def base_url(name: str, text: str) -> str:
    """What a vendor's addresses begin with; an empty setting means the vendor's own."""
    text = text.strip().rstrip("/")
    if not text:
        return VENDORS[name]
    try:
        parts = urlsplit(text)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one or "@" in parts.netloc or parts.query or parts.fragment or " " in text:
        raise NotUnderstood(
            f"{name} is no address that a service can have. Leave it out or write one, like "
            f"{name}={VENDORS[name]}."
        )
    return text


def speed(text: str) -> float:
    """How many times faster than ours the simulated vendors' clock runs."""
    try:
        number = float(text.strip() or 1)
    except ValueError:
        number = 0.0
    if not (math.isfinite(number) and 0.01 <= number <= 1000):
        raise NotUnderstood(
            f"VENDOR_CLOCK={text} is no speed from 0.01 to 1000. Leave it out, or write the one "
            "that the simulated vendors were started with, like VENDOR_CLOCK=20."
        )
    return number


def dns_server(text: str) -> str:
    """The name server that is asked instead of the system's, "host:port"; "" for the system's."""
    text = text.strip()
    host, _, port = text.rpartition(":")
    if text and not (host and port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise NotUnderstood(
            f"DNS_SERVER={text} is no host with a port. Leave it out, or write it like "
            "DNS_SERVER=127.0.0.1:5353."
        )
    return text


def allowed(given: list[str]) -> list[str]:
    """Hosts and ports that may be called although they are private."""
    found = [text.strip() for text in given if text.strip()]
    places(found)
    return found


def places(given: list[str]) -> frozenset[tuple[str, int]]:
    """Take hosts and ports apart."""
    found = set()
    for text in given:
        host, _, port = text.rpartition(":")
        if not host or not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
            raise NotUnderstood(
                f"HTTP_ALLOWED: {text} is no host with a port. Write it like localhost:8080."
            )
        found.add((host.strip("[]").lower(), int(port)))
    return frozenset(found)
