"""The further pages of organisations' websites, and how sites misbehave."""

import gzip
import http.client
import json
import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from time import monotonic

import pytest

from tests.simulating.asking import BROWSER, visit
from tests.simulating.calling import Answer, ask
from tests.simulating.firms import near
from tests.simulators import running
from tests.simulators.pages import making, quirks, robots, shown, ways
from tests.simulators.sites import Sites
from tests.simulators.truth import growth, hearsay, lines, presence
from tests.simulators.world import Organisation


@pytest.fixture(scope="module")
def started() -> Iterator[Sites]:
    with running("sites", speed=500) as vendors:
        assert isinstance(vendors.sites, Sites)
        yield vendors.sites


@pytest.fixture
def sites(started: Sites) -> Iterator[Sites]:
    started.forget()
    yield started
    started.faults.clear()
    started.steer({"wild": 0, "seconds": None})


def like(fits: Callable[[Organisation, ways.Ways], bool]) -> Organisation:
    """The first with a site that can be read and is like this."""
    for one in near():
        made = making.of(one)
        if made.opens and not made.gone and not made.script_only and fits(one, ways.of(one)):
            return one
    raise AssertionError("No site is like this.")


def read(sites: Sites, one: Organisation, path: str) -> str:
    status, text, _ = visit(sites, f"http://{making.of(one).host}{path}")
    assert status == 200, path
    return text


def raw(sites: Sites, one: Organisation, path: str = "/") -> Answer:
    """A page as it comes, whatever its bytes are."""
    headers = {"Host": making.of(one).host, "User-Agent": BROWSER}
    return ask(f"{sites.url}{path}", headers=headers)


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


def quirky(sites: Sites, kind: str) -> Organisation:
    one = like(lambda one, has: bool(making.of(one).number_in_footer and one.number))
    sites.faults.add(kind, host=making.of(one).host, times=None)
    return one


@pytest.mark.parametrize(
    ("kind", "status"),
    [("loop", 302), ("chain", 301), ("inside", 302), ("offsite", 301), ("cookies", 302),
     ("challenge", 503)],
)  # fmt: skip
def test_some_send_their_readers_away(sites: Sites, kind: str, status: int) -> None:
    one = quirky(sites, kind)

    answer = raw(sites, one)

    assert answer.status == status
    assert ("location" in answer.headers) == (300 < status < 400)


def test_a_chain_of_redirects_ends_and_a_loop_does_not(sites: Sites) -> None:
    for kind, ends in (("chain", True), ("loop", False)):
        one, path, hops = quirky(sites, kind), "/about", 0
        while hops < 12:
            answer = raw(sites, one, path)
            if answer.status == 200:
                break
            path, hops = answer.headers["location"].partition(making.of(one).host)[2], hops + 1
        assert (hops == quirks.HOPS) == ends
        sites.faults.clear()


def test_some_lead_inside_the_readers_own_network(sites: Sites) -> None:
    one = quirky(sites, "inside")

    asked = (raw(sites, one, path) for path in ("/", "/a", "/b", "/c", "/d", "/e"))
    found = {answer.headers["location"] for answer in asked}

    assert found <= set(quirks.INSIDE)
    assert len(found) > 1


def test_a_small_answer_may_be_huge_when_it_is_unpacked(sites: Sites) -> None:
    answer = raw(sites, quirky(sites, "bomb"))

    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.body) < 2_000_000
    assert gzip.decompress(answer.body[: len(answer.body) // 16]) == b" " * (1 << 26)


@pytest.mark.parametrize("kind", ["endless", "drip"])
def test_some_pages_never_end(sites: Sites, kind: str) -> None:
    one = quirky(sites, kind)
    connection = http.client.HTTPConnection("127.0.0.1", sites.port, timeout=10)
    connection.request("GET", "/", headers={"Host": making.of(one).host, "User-Agent": BROWSER})
    response = connection.getresponse()
    began = monotonic()

    got = len(response.read(2_000_000 if kind == "endless" else 40))

    assert got == (2_000_000 if kind == "endless" else 40)
    assert (monotonic() - began > 0.3) == (kind == "drip")
    connection.close()


def test_a_charset_may_be_a_lie(sites: Sites) -> None:
    answer = raw(sites, quirky(sites, "charset"))

    assert answer.content_type == "text/html; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode()
    assert "£5" in answer.body.decode("windows-1252")


@pytest.mark.parametrize(
    ("kind", "words"),
    [("parked", "for sale"), ("listing", "Fernbrook Traders"), ("trap", "calendar"),
     ("blank", ""), ("soft-404", "")],
)  # fmt: skip
def test_some_show_something_else(sites: Sites, kind: str, words: str) -> None:
    one = quirky(sites, kind)

    status, text, _ = visit(sites, f"http://{making.of(one).host}/")
    other, _, _ = visit(sites, f"http://{making.of(one).host}/nothing/here")

    assert status == 200
    assert words in text
    assert other == 200
    assert kind == "soft-404" or one.phone not in text or not one.phone


def test_a_footer_may_bear_somebody_elses_number(sites: Sites) -> None:
    one = quirky(sites, quirks.OTHER_NUMBER)

    number = re.findall(r"company number (\w+)\.", read(sites, one, "/about"))[0]

    assert len(number) == 8
    assert number != one.number


def test_a_site_may_hang_or_be_closed_to_robots(sites: Sites) -> None:
    closed = quirky(sites, quirks.CLOSED)
    assert read(sites, closed, "/robots.txt") == "User-agent: *\nDisallow: /\n"
    sites.faults.clear()

    hanging = quirky(sites, quirks.HANGS)
    connection = http.client.HTTPConnection("127.0.0.1", sites.port, timeout=0.3)
    given = {"Host": making.of(hanging).host, "User-Agent": BROWSER}
    connection.request("GET", "/", headers=given)
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()


def test_a_share_of_all_sites_misbehaves_when_told_to(sites: Sites) -> None:
    steered = ask(f"{sites.url}/_control/steer", {"wild": 0.3, "seconds": 0.3}).json
    wild = [one for one in near() if quirks.of(one, 0.3)]

    assert steered == {"wild": 0.3, "seconds": 0.3}
    assert 0.25 < len(wild) / len(near()) < 0.35
    assert {quirks.of(one, 0.3) for one in wild} == set(quirks.KINDS)
    assert not any(quirks.of(one, 0.0) for one in near())


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
