"""The texts of pages that are kept: within bounds, with every quote, and read with caution."""

from typing import Any

import pytest

from enrichment.crawling.contract import Crawl, Fetched, State, Visit
from enrichment.providers import pagetexts
from enrichment.quoting import occurs
from enrichment.reading.page import Page
from enrichment.told import Told


def crawled(*texts: str) -> Crawl[Page]:
    pages = [Page(f"https://smith.example/{at}", text, "normal") for at, text in enumerate(texts)]
    fetched = Fetched("", "", 200, {}, b"", 0.0)
    return Crawl("", State.OK, "", pages=tuple(Visit(fetched, each) for each in pages))


def size(kept: list[dict[str, str]]) -> int:
    return sum(len(each["text"].encode()) for each in kept)


def test_what_is_short_is_kept_whole() -> None:
    kept = pagetexts.of(crawled("One", "Two"), [])

    assert kept == [
        {"url": "https://smith.example/0", "text": "One"},
        {"url": "https://smith.example/1", "text": "Two"},
    ]


def test_long_pages_are_cut_and_short_ones_are_not() -> None:
    kept = pagetexts.of(crawled(*["word " * 30_000] * 6, "We make stairs."), [])

    assert kept[-1]["text"] == "We make stairs."
    assert 55_000 < size(kept) <= 60_000
    assert all(len(each["text"]) <= 20_000 for each in kept)


def test_no_more_than_ten_pages_are_kept() -> None:
    assert len(pagetexts.of(crawled(*["text"] * 30), [])) == 10


@pytest.mark.parametrize("letters", ["word ", "£€ü漢 ", "\U0001f600"])
def test_every_quote_stands_in_what_is_kept(letters: str) -> None:
    behind = [f"Call us on 0116 496 {number:04}." for number in range(100)]
    text = letters * 40_000 + "\n".join(behind)
    told = [Told("phone", "", "page", "https://smith.example/0", quote) for quote in behind]

    kept = pagetexts.of(crawled(text, *[letters * 40_000] * 9), told)

    assert size(kept) <= 60_000
    found = [quote for quote in behind if occurs(quote, kept[0]["text"])]
    assert len(found) > 60


@pytest.mark.parametrize(
    "values",
    [[None, 3, "text", [], {}], [{"url": 3, "text": "x"}], [{"url": "https://x.example"}],
     [{"url": "https://x.example", "text": "  "}], [{"url": "", "text": "x"}]],
)  # fmt: skip
def test_what_is_of_another_form_is_left_out(values: list[Any]) -> None:
    assert pagetexts.read(values) == []
    good = {"url": "https://x.example", "text": "Words"}
    assert pagetexts.read([*values, good]) == [("https://x.example", "Words")]


def test_words_are_found_however_their_blanks_are_set() -> None:
    assert occurs("We  make\nstairs", "Smith. We make stairs for all.")
    assert not occurs("We make doors", "We make stairs.")
    assert not occurs("  ", "We make stairs.")
