"""The further pages of organisations' websites."""

import json
import re
from collections.abc import Callable
from html import escape, unescape

import pytest

from tests.simulating.asking import visit
from tests.simulating.calling import ask
from tests.simulating.firms import near
from tests.simulating.site import like, read, sites, started
from tests.simulators.pages import making, robots, shown, ways
from tests.simulators.sites import Sites
from tests.simulators.truth import growth, hearsay, lines, presence

__all__ = ["sites", "started"]


# What stands on the pages.


def test_every_page_that_is_listed_is_there(sites: Sites) -> None:
    one = like(lambda one, has: len(ways.paths(one)) == 12 and has.sitemap)

    listed = re.findall(r"<loc>http://[^/]+(/[^<]*)</loc>", read(sites, one, "/sitemap.xml"))

    assert listed == ways.paths(one)
    for path in listed:
        read(sites, one, path)


def test_menus_lead_to_pages_that_are_there(sites: Sites) -> None:
    for one in near()[:15]:
        made = making.of(one)
        if made.opens and not made.gone and not made.script_only:
            for path in re.findall(r'<li><a href="(/[^"]*)">', read(sites, one, "/")):
                read(sites, one, path)


def test_the_team_is_shown_as_the_site_has_it(sites: Sites) -> None:
    one = like(lambda one, has: has.team and len(hearsay.told(one, "site")) > 2)

    text = read(sites, one, "/team")

    for who in hearsay.told(one, "site"):
        assert f"<h3>{escape(who.name)}</h3><p>{escape(who.title)}</p>" in text


def test_posts_and_news_are_shown_with_their_days(sites: Sites) -> None:
    hiring = like(lambda one, has: has.careers and bool(growth.vacancies(one)))
    busy = like(lambda one, has: has.news and has.dates == "machine")
    idle = like(lambda one, has: has.careers and not growth.vacancies(one))

    assert all(job.title in read(sites, hiring, "/careers") for job in growth.vacancies(hiring))
    assert f'<time datetime="{growth.stories(busy)[0].day}">' in read(sites, busy, "/news")
    assert "no vacancies" in read(sites, idle, "/careers")


def test_the_footer_names_networks_and_some_a_vat_number(sites: Sites) -> None:
    one = like(lambda one, has: has.shows_vat and has.shows_networks and has.designer)
    text = read(sites, one, "/about")
    digits = re.sub(r"\D", "", re.findall(r"VAT number GB ([\d ]+)\.", text)[0])

    assert digits == presence.vat_number(one)
    assert all(f'href="{escape(url)}"' in text for url in presence.networks(one).values())
    assert "pixelandloom" in text


def test_a_fax_is_called_one(sites: Sites) -> None:
    one = like(lambda one, has: "fax" in lines.of(one))

    assert f"Fax: {lines.of(one)['fax']}" in read(sites, one, "/contact")


READERS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: unescape(text),
    "link": lambda text: re.findall(r'href="mailto:([^?"]+)', text)[0],
    "words": lambda text: text.replace(" [at] ", "@").replace(" [dot] ", "."),
    "entities": lambda text: unescape(text),
    "cloudflare": lambda text: protected(re.findall(r'data-cfemail="(\w+)"', text)[0]),
    "reversed": lambda text: re.findall(r"rtl\">([^<]+)", text)[0][::-1],
}


def protected(coded: str) -> str:
    key, *rest = bytes.fromhex(coded)
    return "".join(chr(byte ^ key) for byte in rest)


@pytest.mark.parametrize("form", READERS)
def test_an_address_can_be_read_in_each_form(sites: Sites, form: str) -> None:
    one = like(lambda one, has: has.email == form)
    text = read(sites, one, "/contact")

    assert one.email in READERS[form](text)
    assert one.email in shown.expected(one)["emails"]
    assert (one.email in text) == (form in ("plain", "link"))


@pytest.mark.parametrize("form", sorted(ways.HIDDEN))
def test_some_addresses_cannot_be_read(sites: Sites, form: str) -> None:
    one = like(lambda one, has: has.email == form)

    assert one.email not in unescape(read(sites, one, "/contact"))
    assert shown.expected(one)["emails"] == []


@pytest.mark.parametrize("damage", ["", *ways.DAMAGE])
def test_structured_data_is_good_or_broken(sites: Sites, damage: str) -> None:
    one = like(lambda one, has: making.of(one).json_ld and has.json_ld_damage == damage)
    text = read(sites, one, "/")
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)

    if damage:
        with pytest.raises(ValueError):
            json.loads(found[0])
    else:
        assert json.loads(found[0])["address"]["postalCode"] == one.postcode


def test_newspapers_have_what_they_are_said_to_have(sites: Sites) -> None:
    story = next(story for one in near() for story in growth.press(one))

    status, text, _ = visit(sites, story.url)

    assert status == 200
    assert story.text in unescape(text)
    assert visit(sites, f"{story.url}0")[0] == 404


# Robots.


def test_rules_for_robots_are_told_and_counted(sites: Sites) -> None:
    one = like(lambda one, has: bool(has.robots and has.crawl_delay and has.closed_to_robots))
    closed = ways.of(one).closed_to_robots

    rules = read(sites, one, "/robots.txt")
    visit(sites, f"http://{making.of(one).host}/")
    visit(sites, f"http://{making.of(one).host}{closed}")
    manners = ask(f"{sites.url}/_control/stats").json["manners"]

    assert f"Disallow: {closed}\n" in rules
    assert f"Crawl-delay: {robots.delay(one)}\n" in rules
    assert manners["forbidden_pages"] == 1
    assert manners["hosts_without_robots_asked"] == 0
    assert manners["most_at_once_per_host"] == 1
    assert not any(path.startswith(closed) for path in shown.readable(one))


def test_a_visit_to_a_network_that_forbids_it_is_noticed(sites: Sites) -> None:
    url = next(url for one in near() if (url := presence.networks(one).get("linkedin")))

    status, _, _ = visit(sites, url)

    assert status == 999
    assert sites.stats()["manners"]["forbidden_networks"] == 1
    assert sites.stats()["limit_breaches"] == 1


# Sites that misbehave.


def test_what_is_expected_of_an_extraction_stands_on_the_pages(sites: Sites) -> None:
    for one in near()[:40]:
        expected = shown.expected(one)
        pages = {path: unescape(read(sites, one, path)) for path in expected["pages"]}
        text = "\n".join(pages.values())
        for who in expected["people"]:
            assert who["name"] in text
        for number in (expected["company_number"], *expected["networks"].values()):
            assert number in text
        for title in (*expected["vacancies"], *(each["title"] for each in expected["news"])):
            assert title in text
