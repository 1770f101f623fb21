"""What vendors of company data write alike: figures within bounds, and where a company is."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from crm.places.postcode import NotAPostcode, parse
from enrichment import given

MOST_EMPLOYEES = 3_000_000
OLDEST = 1_000
LONGEST_TECHNOLOGY, MOST_TECHNOLOGIES = 80, 60


def employees(holder: Any, name: str) -> int:
    """Give how many work there; 0 where nobody says, or more than anywhere."""
    many = given.whole(holder, name) or 0
    return many if many <= MOST_EMPLOYEES else 0


def founded(holder: Any, name: str, today: date) -> int:
    """Give the year of its founding; 0 for none that can be."""
    year = given.whole(holder, name) or 0
    return year if OLDEST <= year <= today.year else 0


def industry(written: str) -> str:
    """Write a trade with a capital."""
    return written[:1].upper() + written[1:]


def technologies(holder: Any, name: str) -> list[str]:
    """Give the products that its website is made with."""
    used = given.texts(holder, name)[:MOST_TECHNOLOGIES]
    return [each for each in used if each.isprintable() and len(each) <= LONGEST_TECHNOLOGY]


def place(postcode: str, street: str, town: str) -> Iterator[tuple[str, str]]:
    """Tell postcode and address; nothing without a postcode of ours."""
    try:
        yield "postcode", parse(postcode).text
    except NotAPostcode:
        return
    if street := street.strip():
        is_named = town.casefold() in street.casefold()
        yield "address", street if is_named else f"{street}, {town}"
