"""What the wizard says of each source before a launch, and where credits are confirmed."""

import re
from typing import Any

import pytest

from campaigns import kinds, offers
from campaigns.forms import MOST_CREDITS
from campaigns.models import Campaign
from crm.credits import credits
from crm.ids import uuid7
from tests.discovery.asked import wanted
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")
NEAR_LE1 = {"postcode": "LE1 1AA", "miles": "15", "max_results": "20"}


@pytest.fixture(autouse=True)
def _keys(settings: Any) -> None:
    """The installation has a key of the web search, and of nothing else."""
    for name in ("COMPANIES_HOUSE_KEY", "GOOGLE_PLACES_KEY", "APOLLO_KEY", "HUNTER_KEY"):
        setattr(settings, name, "")
    settings.OPENAI_API_KEY = "sk-of-the-installation"


def page(person: Any, step: str, **more: Any) -> str:
    asked = NEAR_LE1 | more
    shown = as_person(person).get(f"/campaigns/new/healthcare/{step}/", asked).content.decode()
    return " ".join(shown.split())


def row(shown: str, label: str) -> str:
    table = shown.partition('quote-table">')[2]
    [found] = [each for each in table.split("<tr") if f"<b>{label}</b>" in each]
    return found


def test_each_source_says_how_many_questions_it_asks_at_most(cast: Cast) -> None:
    chosen = ["register", "openai_web"]
    shown = page(cast.ben, "preview", sources=chosen)
    quote = offers.read(cast.tenant, wanted("healthcare", max_results=20, sources=chosen))
    [web] = [each for each in quote.each if each.source.slug == "openai_web"]
    assert web.questions > 1
    assert f"{web.questions} questions" in row(shown, "AI web search")
    assert f"{web.credits} credits" in row(shown, "AI web search")
    assert web.expected in row(shown, "AI web search")
    assert "questions" not in row(shown, "Official registers")


def test_what_is_not_chosen_is_told_in_words_and_what_is_in_the_way_once(cast: Cast) -> None:
    chosen = ["register", "google_places"]
    shown = page(cast.ada, "preview", sources=chosen)
    assert "Not chosen" in row(shown, "AI web search")
    assert "Not chosen" not in row(shown, "Official registers")
    in_the_way = row(shown, "Google Places")
    assert "No key." in in_the_way
    assert 'href="/settings/keys/#key-google_places"' in in_the_way
    assert shown.count("No key. ") == sum(
        "No key. " in row(shown, label)
        for label in ("Companies House", "Google Places", "Apollo", "Hunter")
    )
    # Keys are not Ben's to put in.
    assert "/settings/keys/#key" not in page(cast.ben, "preview", sources=chosen)


def test_what_a_list_is_missing_for_leads_to_where_one_is_uploaded(cast: Cast) -> None:
    kind = kinds.get("planning_applications")
    [lists] = [
        each
        for each in offers.read(cast.tenant, wanted(kind.slug)).each
        if each.source.slug == "planning"
    ]
    assert lists.way == offers.Way("Councils’ lists", "/campaigns/planning/")


def test_credits_are_confirmed_in_a_field_whose_hint_belongs_to_it(cast: Cast) -> None:
    credits.grant(cast.tenant, 10_000, cast.ada)
    shown = page(cast.ben, "preview", sources=["openai_web"])
    [field] = re.findall(r'<input [^>]*name="credits_most"[^>]*>', shown)
    for attribute in ('type="number"', 'min="0"', f'max="{MOST_CREDITS}"', " required"):
        assert attribute in field
    assert 'aria-describedby="id_credits_most-hint"' in field
    assert '<label for="id_credits_most">Credits that I confirm</label>' in shown
    most = offers.read(
        cast.tenant, wanted("healthcare", max_results=20, sources=["openai_web"])
    ).credits
    assert f'value="{most}"' in field
    assert f'id="id_credits_most-hint">{most:,} at the most; the run stops' in shown
    sent = NEAR_LE1 | {"kind": "healthcare", "launch_token": str(uuid7())}
    sent |= {"sources": "openai_web", "credits_most": "45"}
    as_person(cast.ben).post("/campaigns/launch/", sent)
    assert Campaign.of(cast.tenant).get().credits_most == 45


def test_in_a_small_circle_whose_middle_is_vague_it_offers_to_take_the_edge(cast: Cast) -> None:
    vague = {"postcode": "M1 1AE", "sources": "openai_web"}
    shown = page(cast.ben, "preview", **vague, miles="5")
    assert "in a small circle much of that may lie outside" in shown
    assert "takes_edge=on" in shown
    for other in ({"miles": "25"}, {"miles": "5", "takes_edge": "on"}):
        assert "in a small circle" not in page(cast.ben, "preview", **vague, **other)
