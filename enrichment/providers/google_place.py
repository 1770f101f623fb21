"""One place as Google shows it now: whose it is, and what may be shown of it and not be kept."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from crm.places.postcode import IN_TEXT, NotAPostcode, parse
from crm.registers import names
from enrichment import given
from enrichment.companies_house import fitting
from enrichment.contract import Subject
from enrichment.providers import domain, values

# Telephone, website and rating have one price; what is cheaper comes along.
MASK = ",".join(
    (
        "id", "displayName", "formattedAddress", "internationalPhoneNumber", "websiteUri",
        "rating", "userRatingCount", "businessStatus", "googleMapsUri", "attributions",
    )
)  # fmt: skip
IDENT = re.compile(r"[\w-]{10,300}", re.ASCII)
STATES = {
    "OPERATIONAL": ("open", "In business"),
    "CLOSED_TEMPORARILY": ("resting", "Closed for a while"),
    "CLOSED_PERMANENTLY": ("closed", "Closed for good"),
}
# Their terms want whatever is shown to bear this name, and a link to where they show it.
ATTRIBUTION = "Google Maps"
HOSTS = ("google.com", "google.co.uk", "goo.gl")
MOST_NAMES, MOST_POSTCODES, MOST_ATTRIBUTIONS = 4, 5, 5
MOST_RATINGS = 1_000_000_000


@dataclass(frozen=True)
class Place:
    """`shown` are the words and figures that are for the eye alone; the rest tells whose it is."""

    place_id: str
    name: str
    postcode: str
    website: str
    phone: str
    shown: dict[str, Any]


def read(said: Any) -> Place | None:
    """Read the answer for one place; None where it names none."""
    place_id, name = values.text(said, "id"), values.text(given.part(said, "displayName"), "text")
    if not IDENT.fullmatch(place_id) or not name:
        return None
    return Place(
        place_id,
        name,
        _postcode(values.text(said, "formattedAddress", 500)),
        domain.registered(values.text(said, "websiteUri", 2_000)),
        values.phone(values.text(said, "internationalPhoneNumber", 60)),
        _shown(said, name),
    )


def is_of(place: Place, subject: Subject) -> bool:
    """Say whether it is this organisation's: its name, at one of its addresses.

    Two surgeries in one house are called much alike: unless the name is the very same, neither
    website nor number may be another's. Who only visits customers shows no address, and is known by
    website or number; beside another address these are not enough, since branches share them.
    """
    called = [*_known(subject, "name", MOST_NAMES), *_known(subject, "legal_name", MOST_NAMES)]
    if not any(fitting.are_alike(each, place.name) for each in called):
        return False
    agree, differ = _compared(place, subject)
    if not place.postcode:
        return agree
    if place.postcode not in set(_postcodes(_known(subject, "postcode", MOST_POSTCODES))):
        return False
    is_same = names.name_key(place.name) in map(names.name_key, called)
    return is_same or agree or not differ


def _compared(place: Place, subject: Subject) -> tuple[bool, bool]:
    """Say whether website or number agree, and whether one of them is another's."""
    pairs = (
        (place.website, domain.all_of(subject)),
        (place.phone, {values.phone(each) for each in _known(subject, "phone", MOST_NAMES)} - {""}),
    )
    known = [(theirs, ours) for theirs, ours in pairs if theirs and ours]
    return any(each in ours for each, ours in known), any(each not in ours for each, ours in known)


def where(subject: Subject) -> str:
    """Give the surest postcode in its usual form; "" where there is none."""
    return next(_postcodes(_known(subject, "postcode", MOST_POSTCODES)), "")


def _known(subject: Subject, name: str, most: int) -> list[str]:
    return [each for each in list(subject.known.get(name, ()))[:most] if isinstance(each, str)]


def _postcodes(written: Iterable[str]) -> Iterator[str]:
    for each in written:
        try:
            yield parse(each[:20]).text
        except NotAPostcode:
            continue


def _postcode(address: str) -> str:
    """Give the last one in an address."""
    found = [each.group() for each in IN_TEXT.finditer(address)]
    return next(_postcodes(reversed(found)), "")


def _shown(said: Any, name: str) -> dict[str, Any]:
    rating, ratings = _number(said, "rating"), given.whole(said, "userRatingCount") or 0
    state, label = STATES.get(values.text(said, "businessStatus"), ("", ""))
    return {
        "name": name,
        "rating": rating if rating and 1 <= rating <= 5 else None,
        "ratings": ratings if ratings < MOST_RATINGS else 0,
        "state": state,
        "state_label": label,
        "maps_url": _link(said, "googleMapsUri", HOSTS),
        "attribution": ATTRIBUTION,
        "attributions": [
            {"provider": values.text(each, "provider"), "url": _link(each, "providerUri")}
            for each in given.items(said, "attributions")[:MOST_ATTRIBUTIONS]
            if values.text(each, "provider")
        ],
    }


def _number(said: Any, name: str) -> float | None:
    value = said.get(name) if isinstance(said, dict) else None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if abs(value) < MOST_RATINGS else None


def _link(said: Any, name: str, hosts: tuple[str, ...] = ()) -> str:
    """Give an address that a page may link to, at one of these hosts if they are named."""
    address = values.text(said, name, 2_000)
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    is_there = not hosts or any(host == each or host.endswith(f".{each}") for each in hosts)
    is_web = parts.scheme in ("http", "https") and "@" not in parts.netloc and " " not in address
    return address if is_web and host and is_there else ""
