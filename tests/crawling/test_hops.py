"""Before a redirect is followed it is asked whether it may be."""

from itertools import pairwise

import pytest

from enrichment.crawling import links
from enrichment.crawling.contract import State
from enrichment.crawling.crawl import crawl
from tests.crawling.conftest import SPEED, Crawling, urls
from tests.crawling.test_simulated_sites import sound
from tests.crawling.web import Web, page
from tests.simulators import Running
from tests.simulators.pages import making

pytestmark = pytest.mark.django_db


def test_another_domain_is_not_even_called(web: Web, read: Crawling) -> None:
    web.lead("smith.example/", "http://brown.example/")
    web.site("brown.example")

    assert read("smith.example").state is State.MOVED
    assert {each.host for each in web.asked} == {"smith.example"}


def test_who_moves_on_and_on_is_not_followed(web: Web, read: Crawling) -> None:
    for number in range(5):
        web.lead(f"smith{number}.example/", f"http://smith{number + 1}.example/")
    web.site("smith5.example")

    found = read("smith0.example", follows_moves=True)

    assert found.state is State.MOVED
    assert {each.host for each in web.asked} == {"smith0.example", "smith1.example"}


def test_a_redirect_to_what_robots_txt_forbids_is_not_followed(web: Web, read: Crawling) -> None:
    web.site("smith.example", "about", "team")
    web.lead("smith.example/about", "/private/about")
    web.put("smith.example/private/about", page("Private"))
    web.put("smith.example/robots.txt", "User-agent: *\nDisallow: /private/")

    found = read("smith.example")

    assert len(found.pages) == 2
    assert "/private/about" not in web.paths()


def test_a_first_page_that_leads_to_what_is_forbidden(web: Web, read: Crawling) -> None:
    web.lead("smith.example/", "/private/")
    web.put("smith.example/robots.txt", "User-agent: *\nDisallow: /private/")

    assert read("smith.example").state is State.ROBOTS
    assert web.paths() == ["/"]


def test_a_link_that_leads_to_a_page_that_was_read_is_not_followed(
    web: Web, read: Crawling
) -> None:
    web.site("smith.example", "about", "us")
    web.lead("smith.example/us", "/about")

    found = read("smith.example")

    assert urls(found) == ["http://smith.example/", "http://smith.example/about"]
    assert web.paths() == ["/", "/about", "/us"]


def test_rules_may_lead_within_their_domain_and_no_further(web: Web, read: Crawling) -> None:
    web.site("smith.example", "about", "team")
    web.lead("smith.example/robots.txt", "http://www.smith.example/rules")
    web.put("www.smith.example/rules", "User-agent: *\nDisallow: /team", kind="text/plain")
    web.site("brown.example", "about")
    web.lead("brown.example/robots.txt", "http://green.example/robots.txt")
    web.put("green.example/robots.txt", "User-agent: *\nDisallow: /", kind="text/plain")

    assert "/team" not in [url.partition("example")[2] for url in urls(read("smith.example"))]
    assert len(read("brown.example").pages) == 2
    assert web.paths("green.example") == []


def test_the_delay_lies_before_hops_too(web: Web, read: Crawling) -> None:
    web.lead("smith.example/", "http://www.smith.example/")
    web.site("www.smith.example", "about", "team")
    rules = "User-agent: *\nCrawl-delay: 3"
    for host in ("smith.example", "www.smith.example"):
        web.put(f"{host}/robots.txt", rules, kind="text/plain")

    read("smith.example")

    pages = [each for each in web.asked if each.path != "/robots.txt"]
    assert [each.path for each in pages] == ["/", "/", "/team", "/about"]
    waited = [after.at - before.ended for before, after in pairwise(pages)]
    assert all(seconds >= 3 / SPEED for seconds in waited)


def test_hops_count_as_requests(vendors: Running) -> None:
    one = sound(1, crawl_delay=False)[0]
    vendors.sites.faults.add("chain", host=making.of(one).host, times=None)

    found = crawl(one.website, lambda _: None, read=links.read)

    assert found.state is State.OK
    assert vendors.sites.stats()["manners"]["most_pages_per_host"] <= 10


def test_nobody_is_hurried(vendors: Running) -> None:
    for one in sound(8, crawl_delay=True):
        assert crawl(one.website, lambda _: None, read=links.read).state is State.OK

    assert vendors.sites.stats()["manners"]["hurried_pages"] == 0
