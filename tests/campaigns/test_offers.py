"""What each source would cost and find: on whose key, and counted once."""

from dataclasses import replace
from typing import Any

import pytest

from campaigns import criteria, kinds, offers
from campaigns.discovery.contract import MOST_COUNTED, Preview
from campaigns.discovery.live import Quote
from campaigns.discovery.sources import BY_SLUG, LIVE_BY_SLUG
from crm.keys import changing
from crm.keys.models import Credential
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")
NEAR_LE1 = {"postcode": "LE1 1AA", "miles": 15, "max_results": 100}
MINE = "sk-proj-0000000000000000mine"


def wanted(kind: str = "healthcare", **more: Any) -> criteria.Criteria:
    return criteria.check(kinds.get(kind), **NEAR_LE1 | more)


def web(cast: Cast) -> offers.Offer:
    """What asking the web would be."""
    asked = wanted("it_msp_expansion", sources=["openai_web"])
    found = offers.read(cast.tenant, asked).each
    return next(each for each in found if each.source.slug == "openai_web")


@pytest.fixture
def _no_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = Quote(0, 0, (0, 0), (0, 0))
    monkeypatch.setattr(LIVE_BY_SLUG["openai_web"], "quote", lambda *_: nothing, raising=False)


def test_who_has_a_key_of_their_own_pays_the_vendor(cast: Cast, settings: Any) -> None:
    settings.OPENAI_API_KEY = "sk-system-00000000ours"
    assert (web(cast).is_own_key, web(cast).credits > 0) == (False, True)
    changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    offer = web(cast)
    assert (offer.is_own_key, offer.credits) == (True, 0)
    assert offer.pence > 0


@pytest.mark.usefixtures("_no_questions")
def test_who_has_none_is_never_told_of_one_where_nothing_is_to_be_asked(
    cast: Cast, settings: Any
) -> None:
    settings.OPENAI_API_KEY = "sk-system-00000000ours"
    offer = web(cast)
    assert (offer.questions, offer.credits, offer.is_own_key) == (0, 0, False)
    sent = NEAR_LE1 | {"sources": "openai_web"}
    said = as_person(cast.ben).get("/campaigns/new/it_msp_expansion/quote/", sent)
    assert "on your own key" not in said.content.decode()


def test_without_a_key_that_works_nobody_pays_by_it(cast: Cast, settings: Any) -> None:
    settings.OPENAI_API_KEY = ""
    assert not web(cast).is_own_key
    changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    Credential.of(cast.tenant).update(state="refused")
    assert not web(cast).is_own_key


def test_what_was_seen_is_not_counted_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    register, asked = BY_SLUG["register"], wanted(max_results=300)
    counted = offers.read(cast.tenant, asked).each[0]
    seen = register.preview(cast.tenant, asked.target())

    def again(*args: Any, **kwargs: Any) -> int:
        raise AssertionError("It was counted once more.")

    monkeypatch.setattr(type(register), "new", again)
    once = offers.read(cast.tenant, asked, {"register": seen}).each[0]
    assert once.source.slug == "register"
    assert once.expects == counted.expects == (300, 300)
    few = replace(seen, known=seen.matching - 40)
    offer = offers.read(cast.tenant, asked, {"register": few}).each[0]
    assert offer.expects == (40, 40)


def test_where_more_match_than_were_seen_it_is_counted_after_all(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nearest ten thousand may all be known, and others lie behind them."""
    register, asked = BY_SLUG["register"], wanted(max_results=300)
    seen = Preview(MOST_COUNTED + 1, MOST_COUNTED - 20, 0, 0, [], [], looked_at=MOST_COUNTED)
    monkeypatch.setattr(type(register), "new", lambda *args, **kwargs: 9_000)
    offer = offers.read(cast.tenant, asked, {"register": seen}).each[0]
    assert offer.expects == (300, 300)
    enough = replace(seen, known=0)
    monkeypatch.setattr(type(register), "new", lambda *args, **kwargs: 1)
    offer = offers.read(cast.tenant, asked, {"register": enough}).each[0]
    assert offer.expects == (300, 300)


def test_the_page_before_a_launch_counts_a_register_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def again(*args: Any, **kwargs: Any) -> int:
        raise AssertionError("It was counted once more.")

    monkeypatch.setattr(type(BY_SLUG["register"]), "new", again)
    page = as_person(cast.ben).get("/campaigns/new/healthcare/preview/", NEAR_LE1)
    assert page.status_code == 200
    assert page.context["quote"].each[0].expects == (100, 100)
