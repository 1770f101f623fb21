"""What all pages of a website say together."""

from typing import Any

import pytest

from enrichment import fields
from enrichment.crawling.contract import Crawl, Fetched, Security, State, Visit
from enrichment.reading import page, site
from enrichment.reading.page import Page
from enrichment.told import Told
from enrichment.ways import WAYS
from tests.extraction.reading import BREAD, fetched

HOME = "https://www.fernbakery.example/"
WORDS = "Bread in Leeds, by hand"
FOOT = (
    "<footer>Fern Bakery Ltd, 12 Mill Lane, Leeds LS1 4AP. Company number 07654321 "
    '<a href="tel:01134960123">0113 496 0123</a> © 2024 '
    '<a href="https://facebook.com/fernbakery">Facebook</a></footer>'
)


def sent(path: str, body: str, title: str = "Fern Bakery", head: str = "") -> Fetched:
    return fetched(
        f"<html><head><title>{title}</title>{head}</head><body><header>Fern Bakery</header>"
        f"<main><h1>{title}</h1>{BREAD}{body}</main>{FOOT}</body></html>",
        HOME + path,
    )


def crawled(*every: Fetched, state: State = State.OK) -> Crawl[Page]:
    visits = tuple(Visit(each, page.read(each)) for each in every)
    return Crawl(HOME, state, "", HOME, pages=visits, seconds=0.42, security=Security(True))


def told(*every: Fetched) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in site.told(crawled(*every)):
        key = f"{each.about}.{each.field}" if each.about else each.field
        found.setdefault(key, []).append(each.value)
    return found


def test_the_pages_of_a_site_make_one_answer() -> None:
    found = told(
        sent("", "<p>Welcome.</p>", head=f'<meta name="description" content="{WORDS}">'),
        sent("contact", "<p>Write to hello@fernbakery.example</p>", "Contact us"),
        sent("about", "<h3>Ann Hart</h3><p>Head Baker</p><p>Established 1987</p>", "About us"),
        sent("services", "<h2>Our services</h2><ul><li>Wedding cakes</li><li>Rolls</li></ul>"),
    )  # fmt: skip
    assert found["name"] == ["Fern Bakery"]
    assert found["legal_name"] == ["Fern Bakery Ltd"]
    assert found["description"] == [WORDS]
    assert found["phone"] == ["+441134960123"]
    assert found["email"] == ["hello@fernbakery.example"]
    assert found["postcode"] == ["LS1 4AP"]
    assert found["company_number"] == ["07654321"]
    assert found["facebook"] == ["https://facebook.com/fernbakery"]
    assert found["founded"] == [1987]
    assert found["services"] == [["Wedding cakes", "Rolls"]]
    assert found["ann-hart.name"] == ["Ann Hart"]
    assert found["ann-hart.job_title"] == ["Head Baker"]
    assert found["site_changed"] == [2024]
    assert found["site_state"] == ["ok"]
    assert found["site_is_https"] == [True]
    assert found["site_seconds"] == [0.42]


def test_whatever_is_told_is_of_a_known_field_and_proved() -> None:
    crawl = crawled(
        sent("", "<p>Open Monday to Friday 9am - 5pm</p><h3>Ann Hart</h3><p>Head Baker</p>"),
        sent("careers", "<h2>Vacancies</h2><ul><li>Night Baker, £13 per hour</li></ul>"),
    )
    texts = {visit.page.url: visit.read.text for visit in crawl.pages}
    every = site.told(crawl)
    assert len(every) > 10
    for each in every:
        assert each.way in WAYS
        if each.about:
            assert each.field in site.GIVES_PEOPLE & fields.CONTACT.keys()
        else:
            assert each.field in site.GIVES & fields.ORGANISATION.keys()
        if not each.field.startswith("site_"):
            assert each.quote
        assert each.quote in texts[each.url]


def test_a_field_with_one_value_has_one() -> None:
    every = site.told(crawled(*(sent(f"p{at}", f"<p>Since {1980 + at}</p>") for at in range(5))))
    counts: dict[tuple[str, str], int] = {}
    for each in every:
        counts[(each.about, each.field)] = counts.get((each.about, each.field), 0) + 1
    several = {field for (about, field), count in counts.items() if count > 1 and not about}
    assert all(fields.ORGANISATION[field].has_many for field in several)


def test_what_most_pages_take_for_others_is_left_out() -> None:
    once = "<p>Ring 0113 496 0777</p>"
    others = "<p>For a taxi ring Swan Cabs: 0113 496 0777</p>"
    found = told(sent("", once), sent("a", others), sent("b", others))
    assert found["phone"] == ["+441134960123"]


def test_lists_are_put_together_from_all_pages() -> None:
    one = "<h2>Our services</h2><ul><li>Wedding cakes</li><li>Rolls</li></ul>"
    other = "<h2>Our services</h2><ul><li>Rolls</li><li>Bread by post</li></ul>"
    found = told(sent("a", one), sent("b", other))
    assert found["services"] == [["Wedding cakes", "Rolls", "Bread by post"]]


@pytest.mark.parametrize("state", [State.PARKED, State.REFUSED, State.MOVED, State.ROBOTS])
def test_of_a_site_that_was_not_read_only_the_state_is_told(state: State) -> None:
    found = site.told(Crawl(HOME, state, "", moved_to="https://other.example/"))
    assert found == [Told("site_state", str(state), "checked", HOME)]


def test_a_site_that_is_away_tells_nothing() -> None:
    assert site.told(Crawl(HOME, State.AWAY, "")) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("closed", "<p>Fern Bakery has closed for good. We have ceased trading.</p>"),
        ("construction", "<p>Our new website is coming soon</p>"),
    ],
)
def test_the_state_says_what_the_first_page_says(kind: str, body: str) -> None:
    assert told(sent("", body))["site_state"] == [kind]


def test_a_directory_is_nobodys_website() -> None:
    listed = "".join(
        f"<li><h3>Bakery {at}</h3><p>{at} High Street, Leeds LS1 4A{'BDEFG'[at]}</p>"
        f"<p>0113 496 012{at}</p><p>info@bakery{at}.example</p><a>Claim this business</a></li>"
        for at in range(5)
    )
    found = told(sent("", f"<p>5 businesses found</p><ul>{listed}</ul><p>Add your business</p>"))
    assert found == {"site_state": ["directory"], "site_is_https": [True], "site_seconds": [0.42]}


def test_a_page_in_a_network_is_nobodys_website() -> None:
    url = "https://www.facebook.com/fernbakery"
    visit = Visit(one := fetched(f"<p>0113 496 0123</p>{FOOT}", url), page.read(one))
    found = site.told(Crawl(url, State.OK, "", url, pages=(visit,)))
    assert [each.field for each in found] == ["site_state"]
