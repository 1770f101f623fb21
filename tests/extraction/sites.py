"""Whole websites: what is told of an organisation after all their pages were read together."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from enrichment.crawling.contract import Crawl, Fetched, State, Visit
from enrichment.reading import page, site
from enrichment.reading.page import Page
from tests.extraction.measuring import EXACT, FOLDER, Score

SITES = "sites.zip"
HTML = {"content-type": "text/html; charset=utf-8"}


@dataclass(frozen=True)
class Site:
    """A website with what is true of it; `number` is its place in the archive, from 1."""

    number: int
    label: dict[str, Any]
    crawl: Crawl[Page]


def read() -> list[Site]:
    """Read all labelled websites."""
    with ZipFile(FOLDER / SITES) as archive:
        labels = json.loads(archive.read("labels.json"))
        return [
            Site(number, label, Crawl(label["url"], State.OK, "", label["url"], "", visits))
            for number, label in enumerate(labels, 1)
            if (visits := tuple(_visits(archive, label)))
        ]


def _visits(archive: ZipFile, label: dict[str, Any]) -> Iterator[Visit[Page]]:
    for file, path in label["pages"].items():
        url = label["url"].rstrip("/") + path
        fetched = Fetched(url, url, 200, HTML, archive.read(f"{label['slug']}/{file}"), 0.1)
        yield Visit(fetched, page.read(fetched))


def scores(sites: Iterable[Site]) -> dict[str, Score]:
    """Give for each field what was right and wrong on these websites together."""
    total = dict.fromkeys(EXACT, Score())
    for each in sites:
        for field, (told, true) in compared(each).items():
            total[field] += Score(len(told & true), len(told - true), len(true - told))
    return total


def compared(each: Site) -> dict[str, tuple[set[Any], set[Any]]]:
    """Give for each field what was told, and what is so; to tell of a fax is no mistake here."""
    told: dict[str, set[Any]] = {field: set() for field in EXACT}
    for one in site.told(each.crawl):
        if one.field in told:
            told[one.field].add(one.value)
    told["phone"] -= set(each.label["faxes"])
    return {field: (told[field], set(each.label[name])) for field, name in EXACT.items()}
