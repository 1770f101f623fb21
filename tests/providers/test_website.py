"""An organisation's website as a provider: what is told of sound ones, and what of all others."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from crm.outside.errors import Later
from enrichment.contract import Answer, Unanswerable
from enrichment.providers.website import PROVIDER, WAITED
from enrichment.quoting import occurs
from tests.crawling.test_simulated_sites import sound
from tests.crawling.web import Web, page, serving
from tests.providers.questions import answered, are_well_formed, asking, of, one, subject
from tests.simulators import Running, truth
from tests.simulators.pages import making

pytestmark = pytest.mark.django_db
SPEED = 20.0
# What is wrong, and words that say so to people.
NOTHING_THERE = {
    "loop": "leads round in circles",
    "inside": "no",
    "offsite": "leads to another website",
    "endless": "MB",
    "bomb": "MB",
    "drip": "did not answer in time",
    "hangs": "did not answer in time",
    "parked": "for sale or parked",
    "blank": "empty page",
    "picture": "no page",
    "cookies": "leads round in circles",
    "challenge": "runs no scripts",
    "robots-closed": "asks programs not to read it",
}
AWAY = {"drip", "hangs"}


@pytest.fixture
def web(tmp_path: Path, settings: Any) -> Iterator[Web]:
    """A web in which only what the test puts there exists; LinkedIn leads there, too."""
    names = tmp_path / "names"
    with serving(names) as made:
        port = names.read_text().rpartition(":")[2]
        names.write_text(f"{names.read_text()}*.linkedin.com 127.0.0.1:{port}")
        settings.HTTP_NAMES = str(names)
        settings.VENDOR_CLOCK = SPEED
        yield made


def read(website: str, **more: Any) -> Answer:
    return answered(PROVIDER, subject(website=website, **more))


def test_what_a_sound_website_says_is_told_and_its_words_are_kept(vendors: Running) -> None:
    for firm in sound(6, crawl_delay=False):
        about = truth.of(firm)

        found = read(firm.website, name=firm.name)

        assert firm.name in " ".join(of(found, "name") + of(found, "legal_name"))
        assert firm.postcode in of(found, "postcode")
        lines = {f"+44{line[1:].replace(' ', '')}" for line in about.lines.values()}
        assert set(of(found, "phone")) <= lines
        assert {each.field for each in found.told if not each.about} <= PROVIDER.gives
        assert {each.field for each in found.told if each.about} <= PROVIDER.gives_people
        assert one(found, "site_state").value == "ok"
        assert (found.quantity, found.cost_micros, found.why_nothing) == (1, 0, "")
        are_well_formed(found, timezone.localdate())
        texts = {each["url"]: each["text"] for each in found.kept["site_text"]}
        assert sum(len(text.encode()) for text in texts.values()) <= 60_000
        quoted = [each for each in found.told if each.quote]
        assert quoted
        assert all(occurs(each.quote, texts[each.url]) for each in quoted)
    manners = vendors.sites.stats()["manners"]
    assert manners["most_at_once_per_host"] == 1
    assert manners["forbidden_pages"] == manners["forbidden_networks"] == 0


def test_people_of_the_team_page_are_told_as_people(vendors: Running) -> None:
    [firm] = sound(1, team=True, closed_to_robots=False, crawl_delay=False)
    listed = {each.name for each in truth.of(firm).people}

    found = read(firm.website)

    names = {each.value for each in found.told if each.about and each.field == "name"}
    assert names
    assert names <= listed


@pytest.mark.parametrize("fault", NOTHING_THERE)
def test_a_website_that_misbehaves_is_left_with_words_for_people(
    vendors: Running, fault: str
) -> None:
    firm = sound(1, crawl_delay=False)[0]
    vendors.sites.faults.add(fault, host=making.of(firm).host, times=None)
    began = time.monotonic()

    if fault in AWAY:
        # It may be there another day: nothing is known of it, not even that there is nothing.
        with pytest.raises(Unanswerable, match=NOTHING_THERE[fault]):
            read(firm.website, name=firm.name)
    else:
        found = read(firm.website, name=firm.name)
        assert NOTHING_THERE[fault] in found.why_nothing
        assert {each.field[:5] for each in found.told} <= {"site_"}
        assert found.kept["site_text"] == []
    assert time.monotonic() - began < 12
    manners = vendors.sites.stats()["manners"]
    assert manners["most_at_once_per_host"] == 1


def test_a_directory_in_the_place_of_a_website_tells_nothing_of_it(vendors: Running) -> None:
    firm = sound(1, crawl_delay=False)[0]
    vendors.sites.faults.add("listing", host=making.of(firm).host, times=None)

    found = read(firm.website, name=firm.name)

    assert {each.field[:5] for each in found.told} == {"site_"}
    assert one(found, "site_state").value == "directory"
    assert found.why_nothing == "The website lists many organisations; it is no website of one."
    assert found.kept["site_text"] == []


def test_letters_that_are_not_what_they_are_called_are_read_all_the_same(vendors: Running) -> None:
    firm = sound(1, crawl_delay=False)[0]
    vendors.sites.faults.add("charset", host=making.of(firm).host, times=None)

    found = read(firm.website, name=firm.name)

    assert firm.postcode in of(found, "postcode")
    text = " ".join(each["text"] for each in found.kept["site_text"])
    assert "Café prices from £5" in text


def test_who_has_closed_says_so(web: Web) -> None:
    body = "<h1>Smith Joinery</h1><p>We have closed for good. Thank you for all the years.</p>"
    web.put("smith.example/", page(body))

    found = read("smith.example", name="Smith Joinery")

    assert one(found, "site_state").value == "closed"


def test_a_website_that_has_moved_is_read_where_it_is_if_it_is_the_same(web: Web) -> None:
    web.lead("smith.example/", "http://smith-joinery.example/")
    body = "<h1>Smith Joinery</h1><p>Call 0116 496 0123.</p><p>We make stairs for architects.</p>"
    web.put("smith-joinery.example/", page(body, "<title>Smith Joinery Ltd</title>"))

    found = read("smith.example", name="Smith Joinery Ltd")

    assert one(found, "website").value == "http://smith-joinery.example/"
    assert of(found, "phone") == ["+441164960123"]
    assert found.kept["moved_to"] == "http://smith-joinery.example/"
    assert "We make stairs" in found.kept["site_text"][0]["text"]

    other = read("smith.example", name="Kestrel Fabrications", phone="+441164960999")
    assert [each.field for each in other.told] == ["site_state"]
    assert other.why_nothing == "It leads to another website: http://smith-joinery.example/"


@pytest.mark.parametrize("goal", ["https://www.linkedin.com/company/smith", "http://10.0.0.1/"])
def test_where_a_website_leads_to_a_network_or_inside_nobody_follows(web: Web, goal: str) -> None:
    web.lead("smith.example/", goal)

    found = read("smith.example", name="Smith")

    assert found.why_nothing
    assert {each.host for each in web.asked} == {"smith.example"}


def test_links_to_a_network_are_told_and_never_fetched(web: Web) -> None:
    link = '<a href="https://uk.linkedin.com/company/smith-joinery/">Follow us on LinkedIn</a>'
    body = f"<h1>Smith Joinery</h1><p>Stairs and doors.</p><footer>{link}</footer>"
    web.put("smithjoinery.example/", page(body, "<title>Smith Joinery Ltd</title>"))

    found = read("smithjoinery.example", name="Smith Joinery")

    assert of(found, "linkedin") == ["https://www.linkedin.com/company/smith-joinery"]
    assert {each.host for each in web.asked} == {"smithjoinery.example"}


def test_a_website_that_asks_to_be_called_later_is_once(web: Web) -> None:
    web.put("smith.example/", "Busy", status=429, headers=(("Retry-After", "60"),))
    kept: list[str] = []
    about = subject(website="smith.example")

    with pytest.raises(Later) as later:
        PROVIDER.ask(asking(PROVIDER, about, keep=kept.append))
    assert later.value.until < timezone.now() + timedelta(seconds=60)
    assert kept == [WAITED]
    with pytest.raises(Unanswerable, match="answers with an error"):
        PROVIDER.ask(asking(PROVIDER, about, ticket=WAITED))


def test_who_wants_to_be_left_alone_for_a_day_is(web: Web) -> None:
    day = (("Retry-After", "86400"),)
    web.put("smith.example/", "Busy", status=503, headers=day)

    with pytest.raises(Unanswerable, match="answers with an error"):
        PROVIDER.ask(asking(PROVIDER, subject(website="smith.example")))


@pytest.mark.parametrize(
    ("website", "about"),
    [
        ("http://www.Smith.co.uk/", "smith.co.uk"),
        ("https://smith.co.uk", "smith.co.uk"),
        ("smith.co.uk/branches/derby/?utm_source=x", "smith.co.uk/branches/derby"),
        ("https://sites.google.com/view/smith", "sites.google.com/view/smith"),
        ("https://www.linkedin.com/company/smith", ""),
        ("facebook.com/smith", ""),
        ("http://localhost:6379", ""),
        ("not a website", ""),
        ("javascript:alert(1)", ""),
        ("x" * 5_000, ""),
        (None, ""),
        (["smith.co.uk"], ""),
        ("", ""),
    ],
)
def test_a_question_is_named_by_the_website(website: Any, about: str) -> None:
    assert PROVIDER.about(subject(website=[website])) == about


def test_the_domain_will_do_where_no_website_is_known() -> None:
    assert PROVIDER.about(subject(domain="smith.co.uk")) == "smith.co.uk"
    assert PROVIDER.about(subject(name="Smith")) == ""
