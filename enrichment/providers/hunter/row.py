"""An address in an answer of Hunter's: where and when it was seen, and what Hunter says of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from enrichment import given
from enrichment.emails import verifiers
from enrichment.emails.syntax import Address
from enrichment.providers import domain, values, verdicts

# Statuses with which an address is worth telling: nobody knows, any is taken, it is there.
USABLE = ("", "unknown", "accept_all", "valid")
VALID = "valid"
MOST_SOURCES = 20


@dataclass(frozen=True)
class Row:
    """`status` is Hunter's word of `checked_on`, "" where it has none."""

    address: Address
    status: str
    checked_on: date | None
    url: str
    seen_on: date | None

    @property
    def is_usable(self) -> bool:
        return self.status in USABLE

    @property
    def is_checked(self) -> bool:
        return self.status == VALID

    @property
    def as_of(self) -> date | None:
        """The last day on which Hunter has seen it, or found that it works."""
        days = (self.seen_on, self.checked_on if self.is_checked else None)
        return max((day for day in days if day), default=None)

    def said(self) -> list[Any]:
        """Give Hunter's verdict for whoever weighs verdicts; none without its day."""
        if not self.status or self.checked_on is None:
            return []
        found = verifiers.hunter(self.status, on=self.checked_on)
        return verdicts.kept(self.address.text, found)["said"]


def read(holder: dict[str, Any], name: str, domains: Collection[str], today: date) -> Row | None:
    """Read an address and what stands beside it; None where it is none of these domains."""
    address = values.address(values.text(holder, name))
    if address is None or domain.registered(address.asked) not in domains:
        return None
    check = given.part(holder, "verification")
    url, seen_on = _seen(holder, today)
    return Row(
        address=address,
        status=values.text(check, "status", 30).lower(),
        checked_on=values.day(check, "date", today),
        url=url,
        seen_on=seen_on,
    )


def _seen(holder: dict[str, Any], today: date) -> tuple[str, date | None]:
    """Give the page where it was seen last, and when that was."""
    sources = given.items(holder, "sources")[:MOST_SOURCES]
    days = [
        values.day(each, "last_seen_on", today) or values.day(each, "extracted_on", today)
        for each in sources
    ]
    newest = max((day for day in days if day), default=None)
    pages = [
        values.page(values.text(each, "uri", 1_000))
        for each, day in zip(sources, days, strict=True)
        if day == newest
    ]
    return next(filter(None, pages), ""), newest
