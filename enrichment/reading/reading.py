"""What is known while a page is read, and how a value of it is told."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from enrichment.reading.document import Document, Region
from enrichment.reading.identity import Identity
from enrichment.reading.mails import Mail
from enrichment.reading.owner import Owner
from enrichment.reading.things import Thing
from enrichment.told import ORGANISATION, Told


@dataclass(slots=True)
class Reading:
    """`own` are the things of schema.org that speak of the maker of the page, `things` are all;
    `others` are the phones, addresses and postcodes that they say are somebody else's.
    """

    document: Document
    identity: Identity
    owner: Owner
    mails: list[Mail] = field(default_factory=list)
    # All that looks like a phone number: from where to where it stands, and in E.164.
    calls: list[tuple[int, int, str]] = field(default_factory=list)
    # And like a postcode.
    codes: list[tuple[int, int, str]] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    own: list[Thing] = field(default_factory=list)
    others: set[str] = field(default_factory=set)
    # Of the postcodes those that are others' places.
    elsewhere: set[str] = field(default_factory=set)
    # And those that are its own.
    here: set[str] = field(default_factory=set)
    # What stands there and was taken for somebody else's.
    rejected: set[tuple[str, str]] = field(default_factory=set)

    # What was told for want of better.
    doubtful: set[tuple[str, str]] = field(default_factory=set)

    @property
    def text(self) -> str:
        return self.document.text

    def told(
        self,
        name: str,
        value: Any,
        at: int,
        end: int,
        *,
        way: str = "",
        as_of: date | None = None,
        about: str = ORGANISATION,
    ) -> Told:
        """Tell a value that stands in the text from `at` to `end`."""
        return Told(
            name,
            value,
            way or self.way(at),
            self.document.url,
            self.document.quote(at, end),
            as_of,
            about,
        )

    def way(self, at: int) -> str:
        """Give the way by which a place of the text is known."""
        if self.document.was_decoded(at):
            return "decoded"
        if self.document.line_at(at).region == Region.MACHINE:
            return "machine_data"
        is_link = self.text.rfind("[", max(0, at - 12), at) >= 0 and ":" in self.text[at - 8 : at]
        return "link" if is_link else "page"
