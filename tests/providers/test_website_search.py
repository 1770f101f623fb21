"""The website of an organisation by AI web search: told if it proves itself, and never else."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from enrichment.contract import Answer, NotYet, Unanswerable
from enrichment.providers.website_search import PROVIDER
from tests.crawling.test_simulated_sites import sound
from tests.crawling.web import Web, page, serving
from tests.providers.model import Saying, let_say, model
from tests.providers.questions import answered, asking, of, one, subject
from tests.providers.strangers import WILDEST
from tests.simulators import Running
from tests.simulators.pages import making

__all__ = ["let_say", "model"]
pytestmark = pytest.mark.django_db
SITE, ELSEWHERE = "https://smithjoinery.example/", "https://leicestertoday.example/smith"
# The small web speaks no TLS.
FOUND = "http://smithjoinery.example/"
FIRM = {"name": "Smith Joinery", "postcode": "LE1 1AA", "town": "Leicester"}
PLACE = "<p>Call us at Unit 4, Oak Street, Leicester LE1 1AA.</p>"


@pytest.fixture
def web(tmp_path: Path, settings: Any, model: Any) -> Iterator[Web]:
    """A web in which only what the test puts there exists."""
    with serving(tmp_path / "names") as made:
        settings.HTTP_NAMES = str(tmp_path / "names")
        yield made


def home(words: str, name: str = "Smith Joinery Ltd") -> str:
    return page(f"<h1>{name}</h1><p>We make stairs and doors of oak.</p>{words}",
                f"<title>{name}</title>")  # fmt: skip


@pytest.fixture
def say(let_say: Saying, web: Web) -> Callable[..., Answer]:
    """What comes of it when a model names this website, having read these pages."""

    def saying(
        website: Any = SITE, found_on: Any = SITE, read: tuple[str, ...] = (SITE,), **about: Any
    ) -> Answer:
        let_say({"website": website, "found_on": found_on}, *read)
        return answered(PROVIDER, subject(**(FIRM | about)))

    return saying


def test_the_websites_that_are_told_are_theirs(
    vendors: Running, bundled: None, as_documented: Any
) -> None:
    told = 0
    firms = sound(12, crawl_delay=False)
    for firm in firms:
        about = subject(name=firm.name, postcode=firm.postcode, town=firm.town)
        if not PROVIDER.about(about):
            continue

        found = answered(PROVIDER, about)

        for each in found.told:
            assert making.of(firm).host in each.value.removeprefix("http://").split("/")
            told += each.way == "checked"
        assert found.cost_micros > 0
    assert told >= 8
    manners = vendors.sites.stats()["manners"]
    assert manners["most_at_once_per_host"] == 1
    assert manners["forbidden_pages"] == manners["forbidden_networks"] == 0
    as_documented("openai", vendors.openai.calls())


def test_a_website_that_gives_name_and_place_is_told_with_the_words_that_prove_it(
    say: Callable[..., Answer], web: Web
) -> None:
    web.put("smithjoinery.example/", home(PLACE))

    found = say()

    told = one(found, "website")
    assert (told.value, told.way) == (FOUND, "checked")
    assert "LE1 1AA" in told.quote
    assert (found.quantity, found.cost_micros > 0) == (1, True)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"phone": "+441164960123"}, "<p>Ring 0116 496 0123 now.</p>"),
        ({"company_number": "07310390"}, "<footer>Company number 07310390</footer>"),
    ],
)
def test_a_phone_or_a_number_proves_it_as_well_as_the_postcode(
    say: Callable[..., Answer], web: Web, known: dict[str, str], words: str
) -> None:
    web.put("smithjoinery.example/", home(words))

    assert one(say(**known), "website").way == "checked"


def test_who_has_a_page_deep_down_in_the_website_is_shown_its_first_page(
    say: Callable[..., Answer], web: Web
) -> None:
    web.put("smithjoinery.example/", home(PLACE))

    told = one(say(website=f"{SITE}about/contact?id=7"), "website")

    assert (told.value, told.way) == (FOUND, "checked")


def test_what_proves_the_name_and_the_town_alone_is_proposed_and_takes_no_credits(
    say: Callable[..., Answer], web: Web
) -> None:
    web.put("smithjoinery.example/", home("<p>Joiners in Leicester since 1970.</p>"))

    found = say(read=(SITE, ELSEWHERE), found_on=ELSEWHERE)

    told = one(found, "website")
    assert (told.value, told.way, told.url) == (FOUND, "unproven", ELSEWHERE)
    assert (found.quantity, found.cost_micros > 0) == (0, True)


def test_what_may_not_be_read_is_proposed_and_left_alone(
    say: Callable[..., Answer], web: Web
) -> None:
    web.put("smithjoinery.example/", home(PLACE))
    web.put("smithjoinery.example/robots.txt", "User-agent: *\nDisallow: /", kind="text/plain")

    told = one(say(), "website")

    assert (told.value, told.way) == (SITE, "unproven")
    assert web.paths("smithjoinery.example") == []


def test_the_same_phone_under_another_name_is_for_a_person_to_decide(
    say: Callable[..., Answer], web: Web
) -> None:
    web.put("smithjoinery.example/", home("<p>Call 0116 496 0123.</p>", "Oakstairs of Aylestone"))

    assert one(say(phone="+441164960123"), "website").way == "unproven"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Smith Joinery", "<p>The joiners of Truro, TR1 2AB.</p>"),
        ("Kestrel Fabrications", "<p>Steel of Leicester, LE1 1AA.</p>"),
        ("Kestrel Fabrications", "<p>Smith Joinery is a client of ours in Leicester.</p>"),
    ],
)
def test_of_a_namesake_a_neighbour_or_a_friend_nothing_is_told(
    say: Callable[..., Answer], web: Web, name: str, words: str
) -> None:
    goal = "https://another.example/"
    web.put("another.example/", home(words, name))

    found = say(website=goal, found_on=goal, read=(goal,))

    assert of(found, "website") == []
    assert name in found.why_nothing
    assert found.cost_micros > 0


@pytest.mark.parametrize(
    "website",
    [
        "https://www.yell.com/biz/smith-joinery-leicester-123", "https://facebook.com/smithjoinery",
        "https://uk.linkedin.com/company/smith-joinery", "https://www.ebay.co.uk/usr/smith",
        "https://find-and-update.company-information.service.gov.uk/company/07310390",
        "https://www.nhs.uk/services/smith", "http://10.0.0.1/", "javascript:alert(1)", "", "smith",
        "https://user:pw@smithjoinery.example/",
    ],
)  # fmt: skip
def test_directories_networks_and_what_is_no_website_are_never_looked_at(
    say: Callable[..., Answer], web: Web, website: str
) -> None:
    for host in ("www.yell.com", "facebook.com", "www.ebay.co.uk", "www.nhs.uk"):
        web.put(f"{host}/", home(PLACE))

    found = say(website=website, found_on=ELSEWHERE, read=(ELSEWHERE,))

    assert of(found, "website") == []
    assert found.why_nothing
    assert web.asked == []


@pytest.mark.parametrize("goal", ["https://www.facebook.com/smith", "http://10.0.0.1/"])
def test_nobody_follows_a_website_to_a_network_or_inside(
    say: Callable[..., Answer], web: Web, goal: str
) -> None:
    web.lead("smithjoinery.example/", goal)

    assert of(say(), "website") == []
    assert {each.host for each in web.asked} == {"smithjoinery.example"}


def test_a_website_that_leads_to_another_of_theirs_is_told_as_that(
    say: Callable[..., Answer], web: Web
) -> None:
    web.lead("smithjoinery.example/", "https://smith-joinery.example/")
    web.put("smith-joinery.example/", home(PLACE))

    assert one(say(), "website").value == "http://smith-joinery.example/"


@pytest.mark.parametrize("found_on", ["", ELSEWHERE, "https://smithjoinery.example/contact"])
def test_what_is_not_on_a_page_that_was_read_is_not_even_looked_at(
    say: Callable[..., Answer], web: Web, found_on: str
) -> None:
    web.put("smithjoinery.example/", home(PLACE))

    found = say(found_on=found_on)

    assert of(found, "website") == []
    assert "no page that it had read" in found.why_nothing
    assert web.asked == []


def test_an_answer_out_of_its_form_tells_nothing(say: Callable[..., Answer]) -> None:
    for wild in WILDEST:
        for row in ({"website": wild}, {"found_on": wild}):
            try:
                found = say(**row)
            except Unanswerable:
                continue
            assert of(found, "website") == []


def test_the_model_is_told_all_by_which_it_can_be_found(vendors: Running) -> None:
    about = subject(**FIRM, phone="+441164960123", trade="Joiners", legal_name="OAKSTAIRS LTD")
    tickets: list[str] = []
    assert isinstance(PROVIDER.ask(asking(PROVIDER, about, keep=tickets.append)), NotYet)

    sent = json.dumps(vendors.openai.calls()[0])

    for words in ("Smith Joinery", "OAKSTAIRS LTD", "LE1 1AA", "+441164960123", "Joiners"):
        assert words in sent


def test_without_citations_no_website_is_told(vendors: Running, bundled: None) -> None:
    firm = sound(1, crawl_delay=False)[0]
    vendors.openai.faults.add("no-citations", times=None)

    found = answered(PROVIDER, subject(name=firm.name, postcode=firm.postcode))

    assert list(found.told) == []
    assert vendors.sites.calls() == []


def test_who_has_a_website_or_is_too_little_known_is_not_asked_about(
    vendors: Running, bundled: None
) -> None:
    assert PROVIDER.about(subject(**FIRM)) == "smith joinery LE1 1AA"
    assert PROVIDER.about(subject(**FIRM, website=SITE)) == ""
    assert PROVIDER.about(subject(**FIRM, domain="smithjoinery.example")) == ""
    assert PROVIDER.about(subject(name="Smith Joinery", town="Leicester")) == ""
    assert PROVIDER.about(subject(name="Dental Surgery", postcode="LE1 1AA")) == ""
    assert PROVIDER.about(subject(name=7, postcode=[None])) == ""
    found = answered(PROVIDER, subject(**FIRM, website=SITE))
    assert (list(found.told), vendors.openai.calls()) == ([], [])
    with pytest.raises(Unanswerable):
        PROVIDER.ask(asking(PROVIDER, subject(**FIRM), key=None))
