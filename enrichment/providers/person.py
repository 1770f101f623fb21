"""Somebody in a vendor's answer, as they are told of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from enrichment.told import Told

FIELDS = frozenset({"name", "job_title", "email", "phone", "linkedin"})


@dataclass(frozen=True)
class Person:
    """`key` is the vendor's own for them, or their address; `is_checked` says that the vendor has
    asked the server about the address, on `checked_on`. `url` is the page where they were seen
    last, on `seen_on`.
    """

    key: str
    name: str = ""
    job_title: str = ""
    email: str = ""
    is_checked: bool = False
    checked_on: date | None = None
    phone: str = ""
    linkedin: str = ""
    url: str = ""
    seen_on: date | None = None

    def told(self) -> Iterator[Told]:
        """Tell what there is of them."""
        for field in ("name", "job_title", "email", "phone", "linkedin"):
            if value := getattr(self, field):
                is_checked = field == "email" and self.is_checked
                way = "provider_checked" if is_checked else "provider"
                days = (self.seen_on, self.checked_on if is_checked else None)
                as_of = max((day for day in days if day), default=None)
                yield Told(field, value, way, self.url, as_of=as_of, about=self.key)
