"""A board that is open hears of every change, also of those that are committed late."""

import json
import re
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from crm.pipeline.models import Kind
from crm.tenants.models import Reach
from leads.models import Lead, Touched
from leads.moving import board
from leads.records import touched
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db")


def add(cast: Cast, name: str, **fields: Any) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name=name), **fields)


class Window:
    """An open board that asks for news, as the page's script does."""

    def __init__(self, browser: Client, **address: str) -> None:
        self.browser = browser
        page = browser.get("/board/", address)
        self.url = page.context["page"].news_url
        found = re.findall(r'data-lead="([^"]+)" data-mark="([^"]+)"', page.content.decode())
        self.marks: dict[str, str] = dict(found)

    def look(self) -> dict[str, Any] | None:
        """Give the news, None if there are none."""
        answer = self.browser.get(self.url)
        said = None if answer.status_code == 204 else json.loads(answer.content)
        since = answer["X-Since"] if said is None else said["since"]
        at = self.url.index("since=")
        self.url = f"{self.url[:at]}since={since}"
        return said


def test_a_colleague_s_move_is_told_once_with_the_card_and_the_counts(cast: Cast) -> None:
    lead = add(cast, "Harbour Dental", value_pence=500_00)
    window = Window(as_person(cast.ben))
    assert window.look() is None
    board.move(lead, to=cast.stage(Kind.PROSPECT), by=cast.ada)
    news = window.look()
    assert news is not None
    (card,) = news["cards"]
    there = str(cast.stage(Kind.PROSPECT).pk)
    assert (card["id"], card["stage"]) == (str(lead.pk), there)
    assert "Harbour Dental" in card["html"]
    assert news["sums"][there] == {"count": "1", "value": "£500"}
    assert window.look() is None


def test_what_is_gone_from_the_view_is_told_as_gone(cast: Cast) -> None:
    first, second = add(cast, "Quay Smiles", tier="hot"), add(cast, "Tide Pharmacy", tier="hot")
    window = Window(as_person(cast.ben), tier="hot")
    gone = set(window.marks.values())
    assert len(gone) == 2
    Lead.of(cast.tenant).filter(pk=first.pk).update(tier="cold", score=1)
    second.delete()
    news = window.look()
    assert news is not None
    assert news["cards"] == []
    assert set(news["gone"]) == gone


def test_a_lead_that_a_member_never_saw_is_not_named_to_them(cast: Cast) -> None:
    cast.tenant.rep_reach, cast.tenant.shows_unowned = Reach.OWN, False
    cast.tenant.save()
    given = add(cast, "Quay Smiles", owner=cast.ben)
    unseen = add(cast, "Tide Pharmacy", owner=cast.ada)
    window = Window(as_person(cast.ben))
    assert list(window.marks) == [str(given.pk)]
    Lead.of(cast.tenant).filter(pk=unseen.pk).update(score=77)
    news = window.look()
    assert news is not None
    assert str(unseen.pk) not in json.dumps(news)
    # What was theirs to see until now goes from their board.
    Lead.of(cast.tenant).filter(pk=given.pk).update(owner=cast.ada)
    news = window.look()
    assert news is not None
    assert news["gone"] == [window.marks[str(given.pk)]]


def test_a_change_that_is_committed_after_a_later_one_is_not_missed(cast: Cast) -> None:
    slow, quick = add(cast, "Quay Smiles"), add(cast, "Tide Pharmacy")
    window = Window(as_person(cast.ben))
    written, may_commit = Event(), Event()

    def late() -> None:
        with transaction.atomic():
            Lead.of(cast.tenant).filter(pk=slow.pk).update(score=77)
            written.set()
            may_commit.wait(10)
        connection.close()

    thread = Thread(target=late)
    thread.start()
    written.wait(10)
    Lead.of(cast.tenant).filter(pk=quick.pk).update(score=11)
    first = window.look()
    may_commit.set()
    thread.join()
    second = window.look()
    assert first is not None
    assert second is not None
    assert [card["id"] for card in first["cards"]] == [str(quick.pk)]
    assert [card["id"] for card in second["cards"]] == [str(slow.pk)]
    assert window.look() is None


def test_very_many_changes_are_one_piece_of_news(cast: Cast) -> None:
    for number in range(touched.MOST - 9):
        add(cast, f"S{number}")
    window = Window(as_person(cast.ben))
    Lead.of(cast.tenant).update(score=50)
    news = window.look()
    assert news is not None
    assert news["all"]
    assert window.look() is None


@pytest.mark.parametrize(
    "since", ["", "x", "9:3:@1", "5:9:7,6@1", "1:1:", "1:1:@99999999999", "0:0:@1"]
)
def test_who_has_slept_too_long_or_asks_nonsense_draws_the_board_anew(
    cast: Cast, since: str
) -> None:
    answer = as_person(cast.ben).get("/board/news/", {"since": since})
    assert answer.json()["all"]


def test_another_company_hears_nothing(cast: Cast) -> None:
    lead = add(cast, "Harbour Dental")
    window = Window(as_person(cast.ben))
    url = window.url
    board.move(lead, to=cast.stage(Kind.LOST), by=cast.ada)
    assert as_person(cast.charlie).get(url).status_code == 204


def test_what_no_page_asks_for_any_more_is_thrown_away(cast: Cast) -> None:
    add(cast, "Quay Smiles")
    assert touched.forget_old() == 0
    Touched.objects.update(at=timezone.now() - timedelta(hours=3))
    assert touched.forget_old() == 1
