"""The website of an organisation, guessed: few hosts are tried, and only proof counts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from enrichment.contract import Answer
from enrichment.providers import likely_hosts
from enrichment.providers.website_guess import MOST_LOOKED_AT, PROVIDER
from tests.crawling.web import Web, serving
from tests.providers.questions import answered, asking, of, one, subject
from tests.providers.test_website_search import FIRM, PLACE, home

pytestmark = pytest.mark.django_db


@pytest.fixture
def web(tmp_path: Path, settings: Any) -> Iterator[Web]:
    """A web in which only the hosts that a test names are there."""
    names = tmp_path / "names"
    with serving(names) as made:
        settings.HTTP_NAMES = str(names)
        settings.VENDOR_CLOCK = 20.0
        yield made


def exist(web: Web, *hosts: str) -> None:
    """Have these hosts be there, and no others."""
    port = web.names.read_text().strip().rpartition(":")[2]
    web.names.write_text("".join(f"{host} 127.0.0.1:{port}\n" for host in hosts))


def guessed(**more: Any) -> Answer:
    return answered(PROVIDER, subject(**(FIRM | more)))


def test_a_likely_domain_with_name_and_postcode_is_told(web: Web) -> None:
    exist(web, "smithjoinery.co.uk")
    web.put("smithjoinery.co.uk/", home(PLACE))

    found = guessed()

    told = one(found, "website")
    assert (told.value, told.way) == ("http://smithjoinery.co.uk/", "checked")
    assert "LE1 1AA" in told.quote
    assert found.cost_micros == 0


def test_the_next_guess_is_tried_when_the_first_is_a_namesakes(web: Web) -> None:
    exist(web, "smithjoinery.co.uk", "smith-joinery.co.uk")
    web.put("smithjoinery.co.uk/", home("<p>Joiners of Truro, TR1 2AB.</p>"))
    web.put("smith-joinery.co.uk/", home(PLACE))

    assert of(guessed(), "website") == ["http://smith-joinery.co.uk/"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("<p>Joiners of Leicester.</p>", "Smith Joinery"),
        ("<p>Stairs and doors.</p>", "Smith Joinery"),
        (PLACE, "Kestrel Fabrications"),
        ("<p>Call 0116 496 0123.</p>", "Kestrel Fabrications"),
        ("<p>This domain is for sale.</p>", "smithjoinery.co.uk"),
    ],
)
def test_a_name_alone_or_a_place_alone_proves_no_guess(web: Web, words: str, name: str) -> None:
    exist(web, "smithjoinery.co.uk")
    web.put("smithjoinery.co.uk/", home(words, name))

    found = guessed(phone="+441164960123")

    assert list(found.told) == []
    assert found.why_nothing
    assert len(web.asked) > 0


def test_where_its_mail_comes_from_its_name_will_do(web: Web) -> None:
    exist(web, "oakstairs.example")
    web.put("oakstairs.example/", home("<p>Stairs and doors.</p>"))

    found = answered(PROVIDER, subject(name="Smith Joinery", email="info@oakstairs.example"))

    assert of(found, "website") == ["http://oakstairs.example/"]


def test_mail_of_somebody_else_or_of_everybody_proves_nothing(web: Web) -> None:
    exist(web, "accountants.example", "gmail.com", "www.gmail.com")
    web.put("accountants.example/", home("<p>Accounts.</p>", "Crook & Partners"))
    web.put("gmail.com/", home(PLACE))

    assert guessed(email="smith@accountants.example").told == []
    assert guessed(email="smith.joinery@gmail.com").told == []
    assert {each.host for each in web.asked} == {"accountants.example"}


def test_only_few_hosts_that_are_there_are_looked_at_and_politely(web: Web) -> None:
    hosts = likely_hosts.of(["Smith Joinery"])
    exist(web, *hosts)
    for host in hosts:
        web.site(host, *(f"page-{at}" for at in range(20)))

    assert guessed().told == []
    looked = {each.host for each in web.asked}
    assert len(looked) == MOST_LOOKED_AT
    assert all(len(web.paths(host)) <= 4 for host in looked)
    assert max(web.at_once.values()) == 1


def test_nobody_is_asked_where_no_such_host_is(web: Web) -> None:
    exist(web)

    assert guessed().why_nothing
    assert web.asked == []


def test_who_was_interrupted_goes_on_behind_what_was_looked_at(web: Web) -> None:
    exist(web, "smithjoinery.co.uk", "smith-joinery.co.uk")
    web.put("smithjoinery.co.uk/", home("<p>Joiners of Truro.</p>"))
    web.put("smith-joinery.co.uk/", home(PLACE))
    kept: list[Any] = []
    about = subject(**FIRM)

    found = PROVIDER.ask(asking(PROVIDER, about, save=kept.append))
    again = PROVIDER.ask(asking(PROVIDER, about, kept=kept[-1]))

    assert isinstance(found, Answer)
    assert isinstance(again, Answer)
    assert of(again, "website") == of(found, "website") == ["http://smith-joinery.co.uk/"]
    assert web.paths("smithjoinery.co.uk").count("/") == 1


def test_names_make_few_domains_the_likeliest_first() -> None:
    assert likely_hosts.of(["Smith & Sons Joinery Ltd"])[:3] == [
        "smithandsonsjoinery.co.uk", "smith-and-sons-joinery.co.uk", "smithsonsjoinery.co.uk",
    ]  # fmt: skip
    assert "stmarysprimary.co.uk" in likely_hosts.of(["St Mary's Primary"])
    assert len(likely_hosts.of(["Smith & Sons Joinery of Leicester Services Ltd"])) <= 10
    assert likely_hosts.of(["", "!!", "x", "日本", "a" * 9_000]) == []


def test_who_has_a_website_or_is_too_little_known_is_not_asked_about(bundled: None) -> None:
    assert PROVIDER.about(subject(**FIRM, website="https://smith.example")) == ""
    assert PROVIDER.about(subject(name="Smith Joinery", town="Leicester")) == ""
    assert PROVIDER.about(subject(name="Dental Surgery", postcode="LE1 1AA")) == ""
    assert PROVIDER.about(subject(name="Smith Joinery", email="smith@gmail.com")) == ""
    assert PROVIDER.about(subject(**FIRM)) != PROVIDER.about(subject(**FIRM, phone="+441164960123"))
