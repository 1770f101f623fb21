"""What people see of vendors' sources: how they stand, what was checked, and what is valid."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns import standing
from campaigns.models import Run, SourceRun
from crm.keys.models import Credential
from crm.work.models import State
from tests.factories.campaigns import (
    InquiryFactory,
    SourceRunFactory,
    VerificationFactory,
)
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
RTL = "مركز الأسنان 😁 " * 21
WEB = "AI web search"


def text(cast: Cast, run: Run, person: Any = None) -> str:
    page = as_person(person or cast.ben).get(run.campaign.get_absolute_url()).content.decode()
    return " ".join(page.split())


def under_way(web: SourceRun, many: int = 1) -> None:
    later = timezone.now() + timedelta(seconds=5)
    sent = timezone.now() - timedelta(seconds=30)
    for _ in range(many):
        InquiryFactory(
            source_run=web, state=State.WAITING, ticket="resp_1", sent_at=sent, due_at=later
        )


def test_each_source_says_how_it_stands_and_what_it_has_spent(
    cast: Cast, run: Run, web: SourceRun
) -> None:
    SourceRunFactory(run=run, source="register", state=State.DONE, found=4, verified=1)
    under_way(web, 8)
    VerificationFactory.create_batch(2, inquiry__source_run=web, state=State.READY)
    page = text(cast, run)
    assert "Asks 8 questions side by side, wave 2. Checks 2." in page
    assert "45 of 495 credits confirmed and £0.12 charged to your own keys" in page
    assert "45 credits and £0.12" in page
    assert "75%" in page
    # Of both: seven of twelve.
    assert "58%" in page
    assert "7 verified of 12 found" in page


def test_while_vendors_think_it_says_for_how_long_and_does_not_fail(
    cast: Cast, run: Run, web: SourceRun
) -> None:
    under_way(web)
    found = standing.read(run)
    assert found is not None
    assert found.reason == f"Waiting for an answer from {WEB}: usually 1 to 3 minutes."
    assert found.is_usual
    VerificationFactory(inquiry__source_run=web, state=State.READY)
    assert standing.read(run) is None


def test_what_no_vendor_takes_now_says_until_when(run: Run, web: SourceRun) -> None:
    due_at = timezone.localtime(timezone.now() + timedelta(seconds=40))
    InquiryFactory(source_run=web, state=State.WAITING, due_at=due_at)
    found = standing.read(run)
    assert found is not None
    assert found.reason.startswith(f"{WEB} is asked again at {due_at:%H:%M:%S}")


def test_a_run_that_was_stopped_says_why_and_what_to_do(
    cast: Cast, run: Run, web: SourceRun
) -> None:
    said = f"{WEB}: The key is refused. Mend it under API keys, then resume."
    SourceRun.of(cast.tenant).update(state=State.HELD, trouble=said)
    Run.of(cast.tenant).update(state=Run.State.PAUSED, reason=said)
    ada, ben = text(cast, run, cast.ada), text(cast, run)
    for page in (ada, ben):
        assert "It has stopped." in page
        assert page.count(said) == 1
        assert "Resume" in page
    assert 'href="/settings/keys/#key-openai"' in ada
    assert 'href="/settings/keys/#key-openai"' not in ben


def test_whether_a_key_is_in_the_way_is_asked_of_the_key_and_not_of_the_sentence(
    cast: Cast, run: Run, web: SourceRun, settings: Any
) -> None:
    said = f"{WEB}: OpenAI has no such model, or no longer. Choose another in the settings."
    SourceRun.of(cast.tenant).update(state=State.HELD, trouble=said)
    Run.of(cast.tenant).update(state=Run.State.PAUSED, reason=said)
    settings.OPENAI_API_KEY = "sk-of-the-installation"
    page = text(cast, run, cast.ada)
    assert "It has stopped." in page
    assert "To the API keys" not in page
    Credential.of(cast.tenant).create(tenant=cast.tenant, service="openai", budget_pence=0)
    assert page.count("To the API keys") == 0
    assert text(cast, run, cast.ada).count("To the API keys") == 1
    Credential.of(cast.tenant).all().delete()
    settings.OPENAI_API_KEY = ""
    assert text(cast, run, cast.ada).count("To the API keys") == 1
    ben = text(cast, run)
    assert "To the API keys" not in ben
    assert "Owners and managers look after the API keys." in ben


def test_a_source_that_stopped_while_others_go_on_says_why_beside_it(
    cast: Cast, run: Run, web: SourceRun
) -> None:
    said = f"{WEB} has no key. Put one in under API keys, then resume."
    SourceRun.of(cast.tenant).update(state=State.HELD, trouble=said)
    SourceRunFactory(run=run, source="register", state=State.READY, due_at=timezone.now())
    ada, ben = text(cast, run, cast.ada), text(cast, run)
    for page in (ada, ben):
        assert page.count(said) == 1
        assert "It has stopped." not in page
    assert 'href="/settings/keys/#key-openai"' in ada
    assert "Owners and managers can do that." in ben


def test_what_is_shown_as_stopped_is_announced_as_stopped(
    cast: Cast, run: Run, web: SourceRun
) -> None:
    SourceRun.of(cast.tenant).update(state=State.HELD, trouble="It failed again and again.")
    Run.of(cast.tenant).update(state=Run.State.PAUSED, reason="It failed again and again.")
    page = text(cast, run)
    assert 'data-announce="Stopped"' in page
    assert ">Paused<" not in page.partition('id="run"')[2].partition("</section>")[0]
    # Another of its sources would go on, were it not for Ben.
    SourceRunFactory(run=run, source="register", state=State.HELD)
    Run.of(cast.tenant).update(reason="Paused by Ben.")
    page = text(cast, run)
    assert 'data-announce="Paused"' in page
    assert "It has stopped." not in page
    assert "Paused by Ben." in page


def test_the_poll_stays_cheap_however_many_questions(
    cast: Cast, run: Run, web: SourceRun, django_assert_max_num_queries: Any
) -> None:
    under_way(web, 30)
    VerificationFactory.create_batch(30, inquiry__source_run=web, state=State.READY)
    ben = as_person(cast.ben)
    path = f"/campaigns/{run.campaign_id}/progress/?shown=1-moving"
    ben.get(path, headers={"HX-Request": "true"})
    with django_assert_max_num_queries(18):
        ben.get(path, headers={"HX-Request": "true"})


def test_managers_read_questions_and_checks_and_queue_what_failed(
    cast: Cast, run: Run, web: SourceRun
) -> None:
    dead = InquiryFactory(source_run=web, state=State.DEAD, cost_micros=250_000)
    ada = as_person(cast.ada)
    page = ada.get("/admin/campaigns/inquiry/", {"state": "dead"}).content.decode()
    assert "Web campaign" in page
    assert "£0.25" in page
    asked = {"action": "queue_again", "_selected_action": [str(dead.pk)]}
    ada.post("/admin/campaigns/inquiry/?state=dead", asked)
    dead.refresh_from_db()
    assert dead.state != State.DEAD
    assert ada.get("/admin/campaigns/verification/").status_code == 200


def test_every_page_says_that_vendors_are_simulated(cast: Cast, settings: Any) -> None:
    said = "Vendors are simulated on this machine: what they tell is made up."
    settings.SIMULATED_VENDORS = True
    for path in ("/", "/leads/", "/admin/campaigns/run/", "/no-such-page/"):
        assert said in as_person(cast.ada).get(path).content.decode(), path
    settings.SIMULATED_VENDORS = False
    assert said not in as_person(cast.ada).get("/").content.decode()
