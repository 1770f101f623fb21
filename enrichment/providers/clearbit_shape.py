"""A company in the shape that Clearbit gave its answers, in which Hunter's are, too."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from django.utils import timezone

from enrichment import given, linkedin
from enrichment.given import Given
from enrichment.providers import company, networks, values
from enrichment.providers import domain as domains
from enrichment.reading import lists
from enrichment.told import Told

GIVES = frozenset({
    "name", "legal_name", "phone", "email", "address", "postcode", "description", "industry",
    "employees", "founded", "facebook", "instagram", "linkedin", "x",
    "technologies",
})  # fmt: skip
LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_PLACE = 200, 1_000, 120
MOST_NUMBERS, MOST_ADDRESSES = 5, 10
# As they write a product: google_tag_manager.
SLUG = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
# Clearbit itself tells none.
INSTAGRAM = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])")
BETWEEN = re.compile(r"[^a-z0-9]+")


def read(data: Any, domain: str) -> list[Told]:
    """Give what is told of the company of this domain; nothing where it is another's.

    Left out are what is reckoned in dollars, and the codes of trades, which are American.
    """
    if not is_of(data, domain):
        return []
    today = timezone.localdate()
    as_of = values.day(data, "indexedAt", today)
    own = domains.registered(domain)
    return [
        Told(field, value, "provider", as_of=as_of)
        for field, value in _values(data, own, today)
        if value
    ]


def is_of(data: Any, domain: str) -> bool:
    """Say whether the answer is about this domain, or calls it another name of its own."""
    own = domains.registered(domain)
    if not isinstance(data, dict) or not own or given.flag(data, "emailProvider"):
        return False
    names = [values.text(data, "domain"), *given.texts(data, "domainAliases")[:MOST_ADDRESSES]]
    return any(domains.registered(each) == own for each in names if each)


def _values(data: Given, own: str, today: date) -> Iterator[tuple[str, Any]]:
    yield "name", values.text(data, "name", LONGEST_NAME)
    yield "legal_name", values.text(data, "legalName", LONGEST_NAME)
    yield from (("phone", each) for each in _phones(data))
    yield from (("email", each) for each in _emails(data, own))
    yield from _place(given.part(data, "geo"))
    yield "description", values.text(data, "description", LONGEST_DESCRIPTION)
    industry = values.text(given.part(data, "category"), "industry", LONGEST_PLACE)
    yield "industry", company.industry(industry)
    yield "employees", company.employees(given.part(data, "metrics"), "employees")
    yield "founded", company.founded(data, "foundedYear", today)
    yield "linkedin", linkedin.company(_handle(data, "linkedin", ""))
    yield "facebook", networks.profile("facebook", _handle(data, "facebook", "facebook.com/"))
    yield "x", networks.profile("x", _handle(data, "twitter", "x.com/"))
    instagram = _handle(data, "instagram", "").strip("/")
    is_name = INSTAGRAM.fullmatch(instagram)
    yield "instagram", f"https://www.instagram.com/{instagram}" if is_name else ""
    yield "technologies", _technologies(data)


def _phones(data: Given) -> list[str]:
    """Give the main number, then those of its website."""
    written = [values.text(data, "phone"), *given.texts(given.part(data, "site"), "phoneNumbers")]
    found = [values.phone(each) for each in written[: 2 * MOST_NUMBERS]]
    return list(dict.fromkeys(filter(None, found)))[:MOST_NUMBERS]


def _emails(data: Given, own: str) -> list[str]:
    """Give the addresses of its website that are at its own domain."""
    written = given.texts(given.part(data, "site"), "emailAddresses")[: 2 * MOST_ADDRESSES]
    read = [values.address(each) for each in written]
    found = [each.text for each in read if each and domains.registered(each.asked) == own]
    return list(dict.fromkeys(found))[:MOST_ADDRESSES]


def _place(geo: Given) -> Iterator[tuple[str, Any]]:
    """Give where it is; of an office abroad, or without a postcode of ours, nothing."""
    if values.text(geo, "countryCode", LONGEST_PLACE).upper() not in ("GB", ""):
        return
    door, road = values.text(geo, "streetNumber", 20), values.text(geo, "streetName", LONGEST_PLACE)
    street = values.text(geo, "streetAddress", LONGEST_PLACE) or (f"{door} {road}" if road else "")
    postcode, town = (values.text(geo, name, LONGEST_PLACE) for name in ("postalCode", "city"))
    yield from company.place(postcode, street, town)


def _handle(data: Given, network: str, home: str) -> str:
    """Give a profile's address, of which they mostly have no more than the end."""
    written = values.text(given.part(data, network), "handle", linkedin.LONGEST)
    return f"{home}{written.lstrip('@')}" if written and "/" not in written else written


def _technologies(data: Given) -> list[str]:
    return list(dict.fromkeys(map(_product, company.technologies(data, "tech"))))


def _product(slug: str) -> str:
    """Write a product as its maker does, where that is known."""
    if not SLUG.fullmatch(slug):
        return slug
    return _products().get(slug) or " ".join(word.capitalize() for word in slug.split("_"))


@cache
def _products() -> dict[str, str]:
    names = (line.partition(": ")[0] for line in lists.lines("products"))
    return {BETWEEN.sub("_", name.lower()).strip("_"): name for name in names}
