"""How sites misbehave."""

import gzip
import http.client
import re
from time import monotonic

import pytest

from tests.simulating.asking import BROWSER, visit
from tests.simulating.calling import ask
from tests.simulating.firms import near
from tests.simulating.site import like, raw, read, sites, started
from tests.simulators.pages import making, quirks
from tests.simulators.sites import Sites
from tests.simulators.world import Organisation

__all__ = ["sites", "started"]


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
