"""Claims that a web search makes and that do not hold: the counterpart of the world.

Each fake says what would be claimed, what the registers know, what its website shows,
and why it must not be called verified (`truth`). `wrong` names the parts of the claim
that do not hold; "organisation" there means that nobody of this name trades at the place.
"""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FILE = Path(__file__).with_name("fakes.json")

Pages = dict[str, dict[str, Any]]  # path -> {status, title, text} or {status, redirect}


@dataclass(frozen=True)
class Fake:
    """One claim with everything that speaks against it."""

    id: str
    kind: str
    trade: str  # it, healthcare, education, manufacturing or retail
    near: dict[str, str]  # outward code and town of the place where a search meets it
    claim: dict[str, Any]
    registers: list[dict[str, Any]]  # companies as Companies House would give them
    site: Pages
    truth: str
    wrong: list[str]
    # The honest organisation whose name, site or place is used; it has a site of its own.
    original: dict[str, Any] | None = None
    # Its name and postcode where it stands in the bundled registers.
    based_on: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """The domain of the website claimed; "" when none is."""
        return urlsplit(self.claim["website"] or "").hostname or ""

    @property
    def town(self) -> str:
        return self.near["town"]


@cache
def every() -> tuple[Fake, ...]:
    return tuple(Fake(**entry) for entry in json.loads(FILE.read_text(encoding="utf-8")))


def kinds() -> list[str]:
    return sorted({fake.kind for fake in every()})


def of_kind(kind: str) -> list[Fake]:
    return [fake for fake in every() if fake.kind == kind]


@cache
def records() -> dict[str, dict[str, Any]]:
    """What Companies House holds on account of the fakes, by company number."""
    return {record["company_number"]: record for fake in every() for record in fake.registers}


@cache
def numbers() -> frozenset[str]:
    """Every company number that a fake has or claims: none of them is free for the world."""
    claimed = {fake.claim["company_number"] for fake in every()} - {None}
    return frozenset(claimed | set(records()))


@cache
def sites() -> dict[str, Pages]:
    """The websites of fakes, and of the honest organisations beside them, by domain."""
    found: dict[str, Pages] = {}
    for fake in every():
        if fake.site:
            found[fake.host] = fake.site
        if fake.original:
            found[urlsplit(fake.original["website"]).hostname or ""] = fake.original["site"]
    return found


@cache
def missing_domains() -> frozenset[str]:
    """Domains that are claimed and do not exist; their names must not resolve."""
    own = {
        fake.host for fake in every() if fake.host and urlsplit(fake.claim["website"]).path == ""
    }
    return frozenset(own - set(sites()))
