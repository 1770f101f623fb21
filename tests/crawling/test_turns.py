"""One visitor at a time on each website, whichever process or thread it is."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from crm.outside.errors import Later
from enrichment.crawling import links
from enrichment.crawling.contract import Crawl, Fetched, State
from enrichment.crawling.crawl import crawl
from enrichment.crawling.turn import turn
from tests.crawling.web import Web, page


def reading(site: str) -> Crawl[links.Seen] | Later:
    try:
        return crawl(site, lambda _: None, read=links.read)
    except Later as later:
        return later
    finally:
        connection.close()


@pytest.mark.usefixtures("committed_db")
def test_a_website_has_one_visitor_and_others_come_later(web: Web) -> None:
    web.site("smith.example", "about", "team", "contact")
    for each in ("", "about", "team", "contact"):
        web.answers["http", "smith.example", f"/{each}"].seconds = 0.1
    web.site("brown.example", "about")
    sites = ["smith.example", "http://www.smith.example/", "https://smith.example", "brown.example"]

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(reading, sites))

    assert sum(isinstance(each, Later) for each in found[:3]) == 2
    assert isinstance(found[3], Crawl)
    assert web.at_once["smith.example"] + web.at_once["www.smith.example"] == 1
    later = reading("smith.example")
    assert isinstance(later, Crawl)
    assert later.state is State.OK


@pytest.mark.usefixtures("committed_db")
def test_who_waits_is_told_until_when() -> None:
    def second() -> None:
        try:
            with turn("smith.example"):
                pass
        finally:
            connection.close()

    with turn("smith.example"), ThreadPoolExecutor(1) as threads:
        with pytest.raises(Later, match=r"smith\.example is being read already") as caught:
            threads.submit(second).result()
        assert caught.value.until is not None
    with ThreadPoolExecutor(1) as threads:
        threads.submit(second).result()


@pytest.mark.usefixtures("committed_db")
def test_whoever_dies_lets_go(web: Web) -> None:
    web.put("smith.example/", page("Here"))

    def die(page: Fetched) -> None:
        connection.close()
        raise SystemExit

    def doomed() -> None:
        try:
            crawl("smith.example", die, read=links.read)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        assert isinstance(threads.submit(doomed).exception(), SystemExit)
    assert isinstance(reading("smith.example"), Crawl)


@pytest.mark.usefixtures("committed_db")
def test_the_website_that_it_leads_to_is_had_alone_too(web: Web) -> None:
    web.lead("smith.example/", "http://leeds.smith.example/")
    web.site("leeds.smith.example", "about")

    with turn("leeds.smith.example"), ThreadPoolExecutor(1) as threads:
        found = threads.submit(reading, "smith.example").result()

    assert isinstance(found, Later)
