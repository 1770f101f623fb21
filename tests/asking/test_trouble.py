"""What goes wrong with a vendor in the middle of a run: it says so, keeps all, and can go on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns import runs, steering
from campaigns.models import Campaign, Inquiry, Run, SourceRun
from crm.credits import credits
from crm.keys.models import SystemKey
from crm.tenants.acting import acting_for
from crm.work.drain import drain
from crm.work.models import State
from leads.models import Lead
from tests.asking.conftest import Launch, latest, see_through, standing
from tests.people import Cast
from tests.simulators import Running

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")


def resume(campaign: Campaign, cast: Cast) -> None:
    SystemKey.objects.all().delete()
    with acting_for(cast.tenant):
        steering.resume(latest(campaign), by=cast.ben)


@pytest.mark.parametrize(
    ("fault", "said"),
    [("revoked", "API keys"), ("insufficient_quota", "credit"), ("model-off", "OPENAI_MODEL")],
)
def test_a_key_quota_or_model_that_fails_pauses_the_run_until_it_is_mended(
    cast: Cast, vendors: Running, launch: Launch, fault: str, said: str
) -> None:
    # The first wave is three questions; two bring nothing, and one never as many as are wanted.
    vendors.openai.faults.add(fault, method="POST", path="/v1/responses", skip=3, times=None)
    vendors.openai.faults.add("incomplete", method="POST", path="/v1/responses", skip=1, times=2)
    campaign = launch("openai_web", max_results=18)
    run = see_through(campaign)
    assert run.state == Run.State.PAUSED, standing(campaign)
    assert said in run.reason
    kept = Lead.of(cast.tenant).count()
    assert kept == run.created > 0

    vendors.openai.faults.clear()
    resume(campaign, cast)
    run = see_through(campaign)
    assert (run.state, run.created) == (Run.State.COMPLETED, 18), standing(campaign)
    assert credits.balance(cast.tenant).held == 0


def test_a_run_stops_at_what_was_confirmed(cast: Cast, vendors: Running, launch: Launch) -> None:
    campaign = launch("openai_web", credits_most=35, max_results=100)
    run = see_through(campaign)
    assert run.state == Run.State.COMPLETED, standing(campaign)
    assert "stopped at the 35 credits that were confirmed" in run.reason
    assert Inquiry.of(cast.tenant).count() == 2
    assert credits.balance(cast.tenant) == credits.Balance(10_000 - 30, 0)


def test_credits_nobody_has_and_nobody_confirmed_start_nothing(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    credits.grant(cast.tenant, 50, cast.ada)
    with pytest.raises(runs.NotConfirmed, match="confirmed"):
        launch("openai_web", credits_most=0)
    with pytest.raises(runs.TooFewCredits, match="50 of your company"):
        launch("openai_web")
    assert not Campaign.of(cast.tenant).exists()
    assert credits.balance(cast.tenant) == credits.Balance(50, 0)


def test_a_worker_that_died_while_it_asked_is_not_followed_by_a_second_question(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    campaign = launch("openai_web")
    [source] = SourceRun.of(cast.tenant)
    Inquiry.of(cast.tenant).create(
        tenant=cast.tenant,
        source_run=source,
        key="what a dead worker had sent",
        asked={"area": "Leicester", "words": "IT support", "most": 10},
        sent_at=timezone.now() - timedelta(minutes=1),
        credits=15,
        state=State.LEASED,
        lease_until=timezone.now() - timedelta(seconds=30),
    )
    run = see_through(campaign)
    assert run.state == Run.State.COMPLETED, standing(campaign)
    lost = Inquiry.of(cast.tenant).get(key="what a dead worker had sent")
    assert (lost.state, lost.told, lost.credits) == (State.DONE, 0, 15)
    assert "not asked again" in lost.trouble
    posted = [each for each in vendors.openai.calls("/v1/responses") if each["method"] == "POST"]
    assert str(lost.pk) not in str(posted)


def test_a_question_under_way_survives_a_pause_and_is_not_asked_twice(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    campaign = launch("openai_web", max_results=6)
    drain(60, until=lambda: Inquiry.of(cast.tenant).exclude(ticket="").exists())
    with acting_for(cast.tenant):
        steering.pause(latest(campaign), by=cast.ben)
    tickets = set(Inquiry.of(cast.tenant).exclude(ticket="").values_list("ticket", flat=True))
    drain(5)
    resume(campaign, cast)
    run = see_through(campaign)
    assert run.state == Run.State.COMPLETED, standing(campaign)
    asked = Inquiry.of(cast.tenant).exclude(ticket="")
    assert tickets <= set(asked.values_list("ticket", flat=True))
    posted = [each for each in vendors.openai.calls("/v1/responses") if each["method"] == "POST"]
    assert len(posted) == asked.count()


def test_cancelling_books_what_is_under_way_and_gives_the_rest_back(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    campaign = launch("openai_web", max_results=50)
    drain(60, until=lambda: Inquiry.of(cast.tenant).exclude(ticket="").exists())
    with acting_for(cast.tenant):
        steering.cancel(latest(campaign), by=cast.ben)
    sent = Inquiry.of(cast.tenant).filter(sent_at__isnull=False).count()
    assert credits.balance(cast.tenant) == credits.Balance(10_000 - 15 * sent, 0)
    assert latest(campaign).state == Run.State.CANCELLED


def test_running_again_asks_nothing_that_costs(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    campaign = launch("register", "openai_web", kind="healthcare", max_results=5)
    see_through(campaign)
    before = len(vendors.openai.calls("/v1/responses"))
    with acting_for(cast.tenant):
        runs.start(campaign, Run.Mode.AGAIN, by=cast.ben)
    assert see_through(campaign).state == Run.State.COMPLETED
    assert len(vendors.openai.calls("/v1/responses")) == before


@pytest.mark.parametrize("fault", ["malformed", "incomplete", "refusal", "failed", "no-citations"])
def test_answers_that_are_no_use_end_the_question_not_the_run(
    cast: Cast, vendors: Running, launch: Launch, fault: str
) -> None:
    path = "/v1/responses/" if fault == "malformed" else "/v1/responses"
    vendors.openai.faults.add(fault, path=path, times=3)
    campaign = launch("openai_web", max_results=6)
    run = see_through(campaign)
    assert (run.state, run.created) == (Run.State.COMPLETED, 6), standing(campaign)
