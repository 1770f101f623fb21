"""Saying a value with the page of the register that proves it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm.registers.numbers import COMPANY_PAGE
from enrichment.told import ORGANISATION, Told


@dataclass(frozen=True)
class Page:
    """A page about a company, as of a day: `path` is behind its number, with its slash."""

    number: str
    as_of: date | None
    path: str = ""
    way: str = "register"

    def tell(
        self, field: str, value: Any, quote: str = "", *, about: str = ORGANISATION
    ) -> Iterator[Told]:
        """Tell a value; an empty one is none, False and 0 are."""
        if value is None or value == "" or value == []:
            return
        if isinstance(value, date):
            value = value.isoformat()
        url = f"{COMPANY_PAGE}{self.number}{self.path}"
        yield Told(field, value, self.way, url, quote, self.as_of, about)
