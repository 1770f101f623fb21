"""What the tests of the crawler share: a web, a way to crawl it, and the simulated websites."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from enrichment.crawling import links
from enrichment.crawling.contract import Crawl, Fetched, Kind
from enrichment.crawling.crawl import crawl
from tests.crawling.web import Web, serving

# A second of theirs is a twentieth of ours.
SPEED = 20.0


@pytest.fixture
def web(tmp_path: Path, settings: Any) -> Iterator[Web]:
    """A web in which only what the test puts there exists."""
    names = tmp_path / "names"
    with serving(names) as made:
        settings.HTTP_NAMES = str(names)
        settings.VENDOR_CLOCK = SPEED
        yield made


Crawling = Callable[..., Crawl[links.Seen]]


@pytest.fixture
def kept() -> list[Fetched]:
    """What the crawler handed out to be kept."""
    return []


@pytest.fixture
def read(kept: list[Fetched]) -> Crawling:
    """Crawl a website, reading its links alone."""

    def reading(site: str, **more: Any) -> Crawl[links.Seen]:
        more.setdefault("read", links.read)
        return crawl(site, kept.append, **more)

    return reading


def urls(found: Crawl[Any]) -> list[str]:
    return [visit.page.url for visit in found.pages]


def pages(kept: list[Fetched]) -> list[str]:
    return [each.asked for each in kept if each.kind is Kind.PAGE]
