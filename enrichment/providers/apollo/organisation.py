"""An organisation in an answer of Apollo's: whose it is, and what is told of it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from enrichment import given, linkedin
from enrichment.providers import company, domain, networks, values
from enrichment.told import Told

GIVES = frozenset({
    "name", "phone", "address", "postcode", "description", "industry", "employees", "founded",
    "linkedin", "facebook", "x", "technologies",
})  # fmt: skip
# Where none is named, the postcode says enough.
HERE = frozenset({"", "united kingdom", "uk", "gb", "great britain", "england", "scotland", "wales",
                  "northern ireland"})  # fmt: skip
LONGEST_DESCRIPTION = 1_000


def is_of(said: Mapping[str, Any], domains: Collection[str]) -> bool:
    """Say whether it has one of these domains; one that names none may be anybody."""
    called = (values.text(said, name) for name in ("primary_domain", "website_url"))
    own = [domain.registered(each) for each in called if each]
    return bool(own) and own[0] in domains


def told(said: dict[str, Any], today: date) -> list[Told]:
    """Tell what it says; its figures of sales are guesses in dollars, which prove nothing here."""
    return [Told(field, value, "provider") for field, value in _values(said, today) if value]


def _values(said: dict[str, Any], today: date) -> Iterator[tuple[str, Any]]:
    yield "name", values.text(said, "name", 200)
    yield "phone", _phone(said)
    yield from _place(said)
    texts = (
        values.text(said, name, LONGEST_DESCRIPTION)
        for name in ("short_description", "seo_description")
    )
    yield "description", next(filter(None, texts), "")
    industry = values.text(said, "industry", 100)
    yield "industry", company.industry(industry)
    yield "employees", company.employees(said, "estimated_num_employees")
    yield "founded", company.founded(said, "founded_year", today)
    yield "linkedin", linkedin.company(values.text(said, "linkedin_url", linkedin.LONGEST))
    for network, name in (("facebook", "facebook_url"), ("x", "twitter_url")):
        yield network, networks.profile(network, values.text(said, name, networks.LONGEST))
    yield "technologies", company.technologies(said, "technology_names")


def _phone(said: dict[str, Any]) -> str:
    first = given.part(said, "primary_phone")
    written = (
        values.text(first, "sanitized_number", 60), values.text(first, "number", 60),
        values.text(said, "sanitized_phone", 60), values.text(said, "phone", 60),
    )  # fmt: skip
    return next(filter(None, map(values.phone, written)), "")


def _place(said: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give where it is; of an office abroad, or without a postcode of ours, nothing."""
    if values.text(said, "country", 60).lower() in HERE:
        yield from company.place(
            values.text(said, "postal_code", 20),
            values.text(said, "street_address", 200),
            values.text(said, "city", 60),
        )
