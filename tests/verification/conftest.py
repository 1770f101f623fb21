"""What the tests of verification share: a web, companies, and a question about Leicester."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import override_settings

from campaigns import kinds
from campaigns.discovery.contract import Target
from campaigns.discovery.live import Seen
from campaigns.verification import site
from campaigns.verification.contract import Profile, Verdict
from campaigns.verification.verify import verify
from crm.places.locate import place
from leads.identity.candidate import Candidate
from tests.verification.web import Web, serving


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    """A web in which only what the test puts there exists."""
    cache.clear()
    names = tmp_path / "names"
    with serving(names) as made, override_settings(HTTP_NAMES=str(names)):
        yield made


class House:
    """What Companies House knows; `asked` are the numbers and names it was asked for."""

    def __init__(self) -> None:
        self.companies: dict[str, Profile] = {}
        self.asked: list[str] = []

    def add(self, number: str, name: str, status: str = "active", **more: Any) -> None:
        """Put a company into it."""
        self.companies[number] = Profile(number=number, name=name, status=status, **more)

    def profile(self, number: str) -> Profile | None:
        self.asked.append(number)
        return self.companies.get(number)

    def called(self, name: str) -> Sequence[Profile]:
        self.asked.append(name)
        first = name.lower().split()[0]
        return [
            each
            for each in self.companies.values()
            if any(first in known.lower() for known in (each.name, *each.former))
        ]


@pytest.fixture
def house() -> House:
    return House()


Check = Callable[..., Verdict]


@pytest.fixture
def check(bundled: None, db: None, web: Web, house: House) -> Check:
    """Check a candidate near LE1 1AA; of it only what matters is said."""

    def checking(name: str, *, seen: dict[str, Any] | None = None, **fields: Any) -> Verdict:
        more = dict(seen or {})
        target = more.pop("target", None) or within(15)
        candidate = Candidate(name=name, source="openai_web", **fields)
        return verify(
            Seen(candidate, key="1", **more),
            target=target,
            profile=house.profile,
            called=house.called,
            site=site.read,
        )

    return checking


def within(miles: int, postcode: str = "LE1 1AA", **more: Any) -> Target:
    """So many miles around a place."""
    return Target(kinds.get("it_msp_expansion"), place(postcode), miles, **more)
