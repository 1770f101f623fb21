"""What is read next, and what never."""

import time

import pytest

from enrichment.crawling.frontier import Frontier

HOME = "https://www.shop.example/"


def taken(*links: str, home: str = HOME) -> list[str]:
    """The paths that are read of a first page with these links."""
    frontier = Frontier(home)
    frontier.add(links, home)
    return [url.removeprefix(HOME) for url in iter(frontier.next, "")]


def test_the_best_come_first_and_none_comes_twice() -> None:
    assert taken("/contact", "about/", "/contact/#form", "http://shop.example/about", "/") == [
        "contact",
        "about/",
    ]


def test_links_of_later_pages_are_ranked_by_the_menu_that_stands_on_both() -> None:
    frontier = Frontier(HOME)
    frontier.add(["/contact", "/about", "/news", "/privacy"], HOME)
    assert frontier.next().endswith("/contact")
    frontier.add(["/contact", "/branches", "/about", "/news", "/privacy", "/legal"], HOME)

    assert [url.removeprefix(HOME) for url in iter(frontier.next, "")] == [
        "about", "branches", "news", "privacy", "legal",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "link",
    [
        "https://other.example/contact", "https://blog.shop.example/", "mailto:a@shop.example",
        "/brochure.pdf", "/logo.PNG", "/login", "/sign-up", "/wp-admin/", "/shop/cart",
        "/?s=boilers", "/products?add-to-cart=7", "/feed/", "/a/b/c/d/e/f", "/x/x/x/y",
        "/p?a=1&b=2&c=3", "/" + "x" * 400, "/cdn-cgi/l/email-protection", "/account?delete=1",
    ],
)  # fmt: skip
def test_what_is_no_page_of_ours_or_does_something_is_not_read(link: str) -> None:
    assert taken(link) == []


@pytest.mark.parametrize(
    "link", ["/basketball", "/junk-removal", "/blog/inside", "/design-insight", "/cartons"]
)
def test_what_only_sounds_like_it_is_read(link: str) -> None:
    assert len(taken(link)) == 1


def test_a_calendar_comes_to_an_end() -> None:
    frontier, read = Frontier(HOME), []
    frontier.add([f"/{day}" for day in range(2, 14)], HOME)
    while url := frontier.next():
        read.append(url)
        frontier.add([f"{url}/{len(read) + day}" for day in range(12)], url)

    assert len(read) <= 4


def test_lists_of_results_come_to_an_end() -> None:
    assert len(taken(*(f"/shop?page={number}" for number in range(50)))) <= 4
    assert len(taken(*(f"/shop?sort={letter}&by={letter}" for letter in "abcdefghijkl"))) <= 6
    assert len(taken(*(f"/news/{letter * 4}" for letter in "abcdefghijkl"))) == 3


def test_an_old_website_behind_one_question_mark_is_read() -> None:
    links = [f"/index.php?page={each}" for each in ("contact", "about", "team", "services")]
    assert len(taken(*links)) == 4


def test_a_hostile_page_takes_neither_time_nor_room() -> None:
    frontier = Frontier(HOME)
    many = [f"/{'../' * 200}x{each}" for each in range(100_000)]
    began = time.process_time()
    for number in range(10):
        frontier.add([*many[number:], "/" * 900], HOME)

    assert len(frontier) <= 500
    assert time.process_time() - began < 2
