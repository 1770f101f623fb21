"""The buttons of a run on its campaign's page, and what stands beside them."""

from typing import Any

import pytest

from campaigns import steering
from campaigns.models import Campaign, Run
from crm.ids import uuid7
from tests.campaigns.conftest import Launch, run_until_done
from tests.campaigns.steered import latest, steer
from tests.factories.campaigns import RunFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")


def test_the_buttons_steer_and_say_what_came_of_it(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    run, ben = latest(campaign), as_person(cast.ben)
    address = f"/campaigns/runs/{run.pk}"
    page = ben.post(f"{address}/pause/", follow=True).content.decode()
    assert "Paused by Ben." in page
    assert f"{address}/resume/" in page
    assert f"{address}/pause/" not in page
    again = ben.post(f"{address}/pause/", follow=True).content.decode()
    assert "It can&#x27;t be paused: it is paused already." in again
    assert f"{address}/pause/" in ben.post(f"{address}/resume/", follow=True).content.decode()
    ended = ben.post(f"{address}/cancel/", follow=True).content.decode()
    assert "Cancelled by Ben; nothing was found until then." in ended
    assert f"/campaigns/{campaign.pk}/more/" in ended
    finished = ben.post(f"{address}/pause/", follow=True).content.decode()
    assert "It can&#x27;t be paused: it is cancelled already." in finished


@pytest.mark.parametrize("word", ["pause", "resume", "cancel"])
def test_a_viewer_and_a_stranger_steer_nothing(cast: Cast, launch: Launch, word: str) -> None:
    campaign = launch(max_results=3)
    address = f"/campaigns/runs/{latest(campaign).pk}/{word}/"
    assert as_person(cast.vera).post(address).status_code == 403
    assert as_person(cast.charlie).post(address).status_code == 404
    assert as_person(cast.ben).post(f"/campaigns/runs/{uuid7()}/{word}/").status_code == 404
    assert latest(campaign).state == Run.State.QUEUED


def test_a_viewer_sees_why_it_stands_still_and_no_buttons(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    steer(steering.pause, campaign, cast.ben)
    page = as_person(cast.vera).get(campaign.get_absolute_url()).content.decode()
    assert "Paused by Ben." in page
    assert "when somebody resumes it" in page
    for button in ("/resume/", "/cancel/", "/schedule/"):
        assert button not in page


def test_cancelling_takes_two_steps_and_says_what_is_kept(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    page = as_person(cast.ben).get(campaign.get_absolute_url()).content.decode()
    closed, _, inside = page.partition('<div class="confirm-body">')
    assert "/cancel/" not in closed
    assert "The leads that it has found stay on the board." in inside
    # Without scripts the page renews itself, but not while somebody is being asked.
    assert 'http-equiv="refresh"' in page
    asked = as_person(cast.ben).get(f"{campaign.get_absolute_url()}?cancel=1").content.decode()
    assert 'http-equiv="refresh"' not in asked
    assert '<details class="confirm" open>' in asked


def poll(cast: Cast, campaign: Campaign, shown: str) -> str:
    headers: dict[str, Any] = {"HX-Request": "true"}
    address = f"{campaign.get_absolute_url()}progress/?shown={shown}"
    return as_person(cast.ben).get(address, headers=headers).content.decode()


def test_the_page_asks_often_while_it_moves_and_seldom_while_it_is_paused(
    cast: Cast, launch: Launch
) -> None:
    campaign = launch(max_results=3)
    assert 'hx-trigger="every 1s"' in poll(cast, campaign, "1-moving")
    steer(steering.pause, campaign, cast.ben)
    assert 'hx-trigger="every 5s"' in poll(cast, campaign, "1-paused")
    steer(steering.cancel, campaign, cast.ben)
    assert "hx-trigger" not in poll(cast, campaign, "1-over")


def test_the_buttons_are_renewed_only_when_they_change(cast: Cast, launch: Launch) -> None:
    """Else what is open would close every second, and a click could hit nothing."""
    campaign = launch(max_results=3)
    assert "/cancel/" not in poll(cast, campaign, "1-moving")
    steer(steering.pause, campaign, cast.ben)
    news = poll(cast, campaign, "1-moving")
    assert 'id="run-head" hx-swap-oob="true"' in news
    assert "/resume/" in news
    assert 'id="schedule-facts" hx-swap-oob="true"' in news
    assert "/resume/" not in poll(cast, campaign, "1-paused")


def test_earlier_runs_are_told_apart(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    RunFactory(campaign=campaign, number=2, mode="more", is_scheduled=True, reason="3 new leads.")
    RunFactory(campaign=campaign, number=3, mode="again", by=cast.ada, state="failed")
    RunFactory(campaign=campaign, number=4, mode="more", by=cast.ben)
    page = as_person(cast.vera).get(campaign.get_absolute_url()).content.decode()
    earlier = " ".join(page[page.index('id="runs"') :].split())
    for said in ("Run 3", "Run again, by Ada", "Failed", "Run 2", "Find more, scheduled", "Run 1"):
        assert said in earlier
        earlier = earlier[earlier.index(said) :]
    assert "First run, by Ben" in earlier


def test_a_campaign_that_never_ran_says_so_and_can_be_run(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    Run.of(cast.tenant).all().delete()
    page = as_person(cast.ben).get(campaign.get_absolute_url()).content.decode()
    assert "Not run yet" in page
    as_person(cast.ben).post(f"{campaign.get_absolute_url()}more/")
    assert run_until_done(campaign).created == 3
