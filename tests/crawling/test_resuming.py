"""A crawl that was killed goes on where it was."""

import pytest

from enrichment.crawling import links
from enrichment.crawling.contract import Fetched, State
from enrichment.crawling.crawl import crawl
from tests.crawling.conftest import Crawling, urls
from tests.crawling.web import Web

pytestmark = pytest.mark.django_db
PATHS = tuple(f"{letter}-page" for letter in "abcdefghijkl")


class Killed(BaseException):
    pass


@pytest.mark.parametrize("after", [1, 2, 3, 7, 11])
def test_what_was_kept_is_not_asked_for_again(web: Web, read: Crawling, after: int) -> None:
    web.site("smith.example", *PATHS)
    whole = read("smith.example")
    asked = [each.path for each in web.asked]
    web.asked.clear()
    kept: list[Fetched] = []

    def keep(page: Fetched) -> None:
        kept.append(page)
        if len(kept) == after:
            raise Killed

    with pytest.raises(Killed):
        crawl("smith.example", keep, read=links.read)
    found = crawl("smith.example", kept.append, read=links.read, known=tuple(kept))

    assert found.state is State.OK
    assert urls(found) == urls(whole)
    assert [each.path for each in web.asked] == asked
    assert [each.asked for each in kept] == [f"http://smith.example{path}" for path in asked]


def test_what_is_known_counts_towards_the_limits(web: Web, read: Crawling) -> None:
    web.site("smith.example", *PATHS)
    kept: list[Fetched] = []
    crawl("smith.example", kept.append, read=links.read)
    web.asked.clear()

    found = read("smith.example", known=kept)

    assert len(found.pages) == 10
    assert web.asked == []
    assert found.seconds == kept[1].seconds


def test_what_was_kept_can_be_written_down(web: Web, read: Crawling, kept: list[Fetched]) -> None:
    web.put(
        "smith.example/",
        "<title>Smith</title><p>Caf\u00e9".encode("cp1252"),
        kind="text/html",
        headers=(
            ("Set-Cookie", "PHPSESSID=secret; path=/"), ("Set-Cookie", "lang=en; path=/"),
            ("X-Powered-By", "PHP/8.3"), ("Server", "nginx" * 200), ("ETag", "1"),
        ),
    )  # fmt: skip

    read("smith.example")

    home = kept[1]
    assert home.text == "<title>Smith</title><p>Caf\u00e9"
    assert home.headers["set-cookie"] == "PHPSESSID, lang"
    assert home.headers["x-powered-by"] == "PHP/8.3"
    assert len(home.headers["server"]) == 300
    assert "etag" not in home.headers
