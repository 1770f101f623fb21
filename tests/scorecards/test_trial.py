"""A draft tried out on the company's own leads: who changes, in the background, and until when."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm.upward import named
from crm.work.drain import drain
from crm.work.models import State
from leads.models import CardPreview, Lead, Scorecard
from leads.scorecards import cards, trial
from leads.scored import overriding, scores
from scoring.card import FIRST
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture(autouse=True)
def _alone(settings: Any) -> Any:
    settings.WORK_TABLES = ["leads.scorecards.trial.TABLE"]
    named.cache_clear()
    yield
    named.cache_clear()


def lead(cast: Cast, name: str, **more: Any) -> Lead:
    organisation = OrganisationFactory(tenant=cast.tenant, name=name, **more)
    made: Lead = LeadFactory(organisation=organisation, owner=cast.ben)
    scores.refresh(made)
    return made


@pytest.fixture
def leads(cast: Cast) -> list[Lead]:
    names = [f"Quay {number}" for number in range(7)]
    made = [lead(cast, name, employees=2_000) for name in names]
    return [*made, lead(cast, "Tiny", employees=1, industry="")]


def tried(browser: Client, cast: Cast, **tiers: int) -> Scorecard:
    card = cards.draft(cast.tenant, by=cast.ada)
    card = cards.save(card, {**FIRST, "tiers": FIRST["tiers"] | tiers}, 1, by=cast.ada)
    assert browser.post(f"/scorecards/{card.pk}/preview/").status_code == 302
    return card


def page(browser: Client, card: Scorecard, query: str = "") -> str:
    answer = browser.get(f"/scorecards/{card.pk}/preview/{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_it_says_which_leads_change_and_from_what_to_what(
    leads: list[Lead], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "PIECE", 3)
    ada = as_person(cast.ada)
    assert set(Lead.of(cast.tenant).values_list("tier", flat=True)) == {"warm", "cold"}
    card = tried(ada, cast, hot=50)
    assert "Scoring leads by the draft" in page(ada, card)
    assert drain(30) is False

    text = page(ada, card)
    row = CardPreview.of(cast.tenant).get()
    assert (row.done, row.total, row.found["tier"], row.found["grade"]) == (8, 8, 7, 0)
    assert row.found["tiers"] == [[0, 7, 1], [7, 0, 1]]
    assert [sum(side) for side in row.found["points"]] == [8, 8]
    assert "+7 from 0" in text
    assert "Quay 3" in text
    assert f'href="/leads/{leads[3].pk}/"' in text
    assert "Tiny" not in text
    # Nothing of it is written to any lead.
    assert not Lead.of(cast.tenant).filter(tier="hot").exists()


def test_only_open_leads_of_the_last_90_days_and_what_a_person_set_stays(
    leads: list[Lead], cast: Cast
) -> None:
    ada, now = as_person(cast.ada), timezone.now()
    Lead.of(cast.tenant).filter(pk=leads[0].pk).update(created_at=now - timedelta(days=91))
    Lead.of(cast.tenant).filter(pk=leads[1].pk).update(closed_at=now)
    overriding.put(leads[2], points=60, reason="Met them", by=cast.ben)
    card = tried(ada, cast, hot=50)
    drain(30)

    row = CardPreview.of(cast.tenant).get()
    assert (row.done, row.found["tier"], row.found["is_set"]) == (6, 5, 1)
    # The points stay; the tier is that of so many points by either card.
    [mine] = [each for each in row.found["changed"] if each[0] == str(leads[2].pk)]
    assert (mine[1:3], mine[4:6]) == ([60, "warm"], [60, "hot"])
    assert "1 keeps the points that a person has set." in page(ada, card)


def test_of_too_many_the_newest_are_taken_and_that_is_told(
    leads: list[Lead], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "MOST", 5)
    monkeypatch.setattr(trial, "PIECE", 2)
    monkeypatch.setattr("leads.scorecards.previewed.SHOWN", 2)
    ada = as_person(cast.ada)
    card = tried(ada, cast, hot=50)
    drain(30)

    text = page(ada, card)
    assert "You have more than 5 such leads: these are the 5 newest." in text
    assert CardPreview.of(cast.tenant).get().done == 5
    shown = [page(ada, card, f"?page={number}") for number in (1, 2, "x", 99)]
    named_there = [{f"Quay {each}" for each in range(7) if f"Quay {each}<" in one} for one in shown]
    assert len(named_there[0] | named_there[1]) == 4
    assert named_there[2:] == named_there[:2]


def test_an_outdated_one_says_so(leads: list[Lead], cast: Cast) -> None:
    ada = as_person(cast.ada)
    card = tried(ada, cast, hot=50)
    drain(30)
    cards.save(card, FIRST, card.edition, by=cast.ada)

    assert "of save 2 of the draft, which is at save 3 now" in page(ada, card)
    ada.post(f"/scorecards/{card.pk}/preview/")
    drain(30)
    assert CardPreview.of(cast.tenant).get().found["either"] == 0
    assert "No lead changes tier or grade" in page(ada, card)


def test_a_draft_saved_while_it_is_tried_out_mixes_nothing(leads: list[Lead], cast: Cast) -> None:
    ada = as_person(cast.ada)
    card = tried(ada, cast, hot=50)
    cards.save(card, FIRST, card.edition, by=cast.ada)
    drain(30)

    row = CardPreview.of(cast.tenant).get()
    assert (row.state, row.found) == (State.DONE, {"is_overtaken": True})
    assert "was changed while this was reckoned" in page(ada, card)


def test_what_makes_no_sense_is_not_tried_out(leads: list[Lead], cast: Cast) -> None:
    ada = as_person(cast.ada)
    card = cards.draft(cast.tenant, by=cast.ada)
    cards.save(card, {**FIRST, "tiers": {"hot": 10, "warm": 20}}, 1, by=cast.ada)
    answer = ada.post(f"/scorecards/{card.pk}/preview/", follow=True)

    assert "Warm begins at 20, which is not below hot" in unescape(answer.content.decode())
    assert not CardPreview.of(cast.tenant).exists()


def test_without_such_leads_it_says_so(cast: Cast) -> None:
    ada = as_person(cast.ada)
    card = tried(ada, cast, hot=50)
    drain(30)
    assert "No open lead came in during the last 90 days" in page(ada, card)
