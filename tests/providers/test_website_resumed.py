"""A website whose reading was interrupted is read on from there, the same day."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.outside.errors import Later
from enrichment.contract import Answer, Unanswerable
from enrichment.providers.website import PROVIDER
from enrichment.told import Told
from tests.crawling.web import Web, page
from tests.providers.questions import asking, subject
from tests.providers.test_website import web as web

pytestmark = pytest.mark.django_db
HOME = "<p>Smith Joinery, 1 High Street, Truro TR1 2AB. Call 01872 240123.</p>"


class Killed(BaseException):
    pass


def ask(**more: Any) -> Answer:
    about = subject(name="Smith Joinery", website="https://smith.example")
    found = PROVIDER.ask(asking(PROVIDER, about, **more))
    assert isinstance(found, Answer)
    return found


def interrupted(after: int, **more: Any) -> dict[str, Any]:
    """Have it die when so many answers are written down; give what stands there then."""
    written: list[str] = []

    def save(kept: Mapping[str, Any]) -> None:
        written.append(json.dumps(kept))
        if len(written) == after:
            raise Killed

    with pytest.raises(Killed):
        ask(save=save, **more)
    return json.loads(written[-1])


def told(found: Answer) -> list[Told]:
    """All but how long it took, which differs."""
    return [each for each in found.told if each.field != "site_seconds"]


@pytest.mark.parametrize("after", [1, 3, 6])
def test_no_page_is_asked_for_twice_and_the_same_is_told(web: Web, after: int) -> None:
    web.site("smith.example", "about", "contact", "team", "news", home=HOME)
    whole = ask()
    asked = [(each.host, each.path) for each in web.asked]
    web.asked.clear()

    found = ask(kept=interrupted(after))

    assert told(found) == told(whole)
    assert "phone" in {each.field for each in found.told}
    assert [(each.host, each.path) for each in web.asked] == asked


def test_so_is_the_website_that_it_leads_to(web: Web) -> None:
    web.lead("smith.example/", "https://smithjoinery.example/")
    web.site("smithjoinery.example", "about", "contact", home=HOME)
    whole = ask()
    asked = [(each.host, each.path) for each in web.asked]
    web.asked.clear()

    assert told(ask(kept=interrupted(5))) == told(whole)
    assert [(each.host, each.path) for each in web.asked] == asked
    assert {host for host, _ in asked} == {"smith.example", "smithjoinery.example"}


def test_an_error_is_asked_for_again(web: Web) -> None:
    web.put("smith.example/", "", status=503)
    kept: list[Mapping[str, Any]] = [{}]
    with pytest.raises((Later, Unanswerable)):
        ask(save=kept.append)
    web.put("smith.example/", page(HOME))

    assert "phone" in {each.field for each in ask(kept=kept[-1]).told}


def test_yesterdays_pages_are_read_anew(web: Web) -> None:
    web.site("smith.example", "about", home=HOME)
    kept = interrupted(3, today=timezone.localdate() - timedelta(days=1))
    asked = len(web.paths())
    web.site("smith.example", "about", home="<p>Moved. Call 01872 240999.</p>")

    found = ask(kept=kept)

    assert len(web.paths()) > asked
    assert "+441872240999" in {each.value for each in found.told if each.field == "phone"}


def test_what_was_kept_before_is_lost_only_with_an_answer(web: Web) -> None:
    web.site("smith.example", "about", home=HOME)
    before = {"site_text": [{"url": "https://smith.example/", "text": "Joiners"}]}

    kept = interrupted(2, kept=before)

    assert kept["site_text"] == before["site_text"]
    assert [*ask(kept=kept).kept] == ["state", "said", "url", "moved_to", "site_text"]
