"""The operations page: what an owner or manager sees of the background work."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.ids import uuid7
from crm.mail.models import Mail
from crm.tenants.models import Role
from crm.work.drain import tables
from crm.work.models import State
from tests.factories.campaigns import CampaignFactory, RunFactory, SourceRunFactory
from tests.operations.conftest import Steps, beat, worked
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
PAGE, LIVE = "/operations/", "/operations/live/"


def seen(cast: Cast, path: str = PAGE) -> str:
    answer = as_person(cast.ada).get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_all_is_well_and_nothing_is_there(cast: Cast) -> None:
    beat()
    page = seen(cast)
    for said in ("Everything runs.", "Nothing waits for a worker.", "Nothing at this moment."):
        assert said in page
    assert "Nothing was to be done in the last hour." in page
    assert "Queue again" not in page
    assert '<svg class="columns"' not in page


def test_managers_may_and_reps_are_told_that_they_may_not(cast: Cast) -> None:
    mia = as_person(cast.join("Mia", Role.MANAGER))
    assert mia.get(PAGE).status_code == 200
    assert 'href="/operations/"' in mia.get("/").content.decode()
    for person in (cast.ben, cast.vera):
        browser = as_person(person)
        for path in (PAGE, LIVE, "/operations/failed/leads.flowstep/"):
            answer = browser.get(path)
            assert answer.status_code == 403
            assert "you may not open the administration" in answer.content.decode()
        assert 'href="/operations/"' not in browser.get("/").content.decode()


def test_what_has_failed_is_named_with_its_reason_and_a_way_there(cast: Cast, steps: Steps) -> None:
    beat()
    (step,) = steps(1, crashes=1, last_error="RuntimeError: <b>no</b>")
    run = RunFactory(campaign=CampaignFactory(tenant=cast.tenant, name="Dentists"))
    SourceRunFactory(run=run, state=State.DEAD, last_error="It timed out.", attempts=1)
    page = seen(cast)
    assert "2 pieces of work have failed." in page
    assert f'<a href="/leads/{step.lead_id}/">Scoring of {step.lead.title}</a>' in page
    assert "It failed again and again and was given up. Queue it again;" in page
    for inside in ("RuntimeError", "attempt", "crash"):
        assert inside not in page
    assert f'<a href="/campaigns/{run.campaign_id}/">Dentists, first run: ' in page
    assert "It timed out." in page


def test_a_letter_that_failed_says_to_whom_and_what_the_server_said(cast: Cast) -> None:
    said = "The mail server knows nobody of this address."
    letter = {"subject": "A hot lead", "to": cast.ben.email, "user": cast.ben, "last_error": said}
    Mail.of(cast.tenant).create(tenant=cast.tenant, state=State.DEAD, **letter)
    page = seen(cast)
    assert f"“A hot lead” to {cast.ben.email}</a>" in page
    assert said in page


def test_who_works_on_what_since_when_without_the_names_of_machines(
    cast: Cast, steps: Steps
) -> None:
    beat()
    soon = timezone.now() + timedelta(seconds=10)
    held = {"state": State.LEASED, "lease_token": uuid7(), "lease_holder": "db-7.internal:99"}
    (step,) = steps(1, lease_until=soon, **held)
    page = seen(cast)
    since = timezone.localtime().strftime("%H:%M")
    assert f"Scoring of {step.lead.title}" in page
    assert f"since {since}" in page
    assert "Process" not in page
    assert "db-7" not in page
    assert "4711" not in page


def test_a_row_whose_worker_has_ended_is_said_to_be_taken_over(cast: Cast, steps: Steps) -> None:
    beat()
    ago = timezone.now() - timedelta(seconds=1)
    steps(1, state=State.LEASED, lease_token=uuid7(), lease_holder="x:1", lease_until=ago)
    assert "its worker has ended, and another takes over within seconds" in seen(cast)


def test_workers_are_alive_or_silent(cast: Cast) -> None:
    beat()
    beat(200, "worker:two")
    page = seen(cast)
    assert "Everything runs." in page
    assert "Alive" in page
    assert "Silent for 3 min" in page
    assert "sweep" not in page


def test_rows_of_other_companies_are_not_counted(cast: Cast, steps: Steps) -> None:
    beat()
    long_ago = timezone.now() - timedelta(hours=2)
    steps(3, tenant=cast.other)
    steps(2, tenant=cast.other, state=State.READY, due_at=long_ago)
    page = seen(cast)
    assert "Everything runs." in page
    assert "Rival" not in page
    assert "2 h" not in page


def test_the_pace_of_the_last_minute_quarter_and_day(cast: Cast) -> None:
    beat()
    worked(0, 6)
    worked(10, 90, failed=3)
    worked(300, 1000)
    worked(0, 500, name="service:google")
    answer = as_person(cast.ada).get(PAGE)
    windows = answer.context["figures"].pace.windows
    assert [(each.done, each.failed) for each in windows] == [(6, 0), (96, 0), (1096, 0)]
    assert 0.05 <= windows[0].per_second <= 0.1
    page = answer.content.decode()
    assert page.count('class="column-done" x=') == 2
    assert 'class="column-failed"' not in page
    # The table behind the chart has a row for each minute in which there was work.
    assert page.count('<td class="end">90</td>') == 1


def test_it_asks_the_database_no_more_when_there_is_more(
    cast: Cast, steps: Steps, django_assert_max_num_queries: Any
) -> None:
    ada = as_person(cast.ada)
    beat()
    for path in (PAGE, LIVE):
        steps(1)
        steps(1, state=State.LEASED, lease_token=uuid7(), lease_until=timezone.now())
        # Two for each table of work, and one more for each that has failed or held rows.
        with django_assert_max_num_queries(14 + 2 * len(tables())) as few:
            ada.get(path)
        steps(12)
        steps(12, state=State.LEASED, lease_token=uuid7(), lease_until=timezone.now())
        with django_assert_max_num_queries(len(few)):
            ada.get(path)


def test_the_live_part_renews_what_has_failed_only_when_that_has_changed(
    cast: Cast, steps: Steps
) -> None:
    beat()
    steps(2)
    ada = as_person(cast.ada)
    mark = ada.get(PAGE).context["figures"].mark
    live = ada.get(LIVE, {"seen": mark}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in live
    assert f"{LIVE}?seen={mark}" in live
    assert 'id="rest" hx-swap-oob="true"' in live
    assert "Queue again" not in live
    steps(1)
    live = ada.get(LIVE, {"seen": mark}, headers={"HX-Request": "true"}).content.decode()
    assert 'id="failures" hx-swap-oob="true"' in live
    assert live.count("Queue again:") == 3


def test_the_administration_begins_with_how_the_work_goes(cast: Cast, steps: Steps) -> None:
    beat()
    page = seen(cast, "/admin/")
    assert "Everything runs." in page
    assert '<b>0</b> <a href="/operations/">failed</a>' in page
    steps(2)
    page = seen(cast, "/admin/")
    assert "2 pieces of work have failed." in page
    assert 'href="/operations/failed/leads.flowstep/"' in page
