"""What a person is told when the database takes nothing in, or does not answer."""

from typing import Any

import psycopg
import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person
from tests.work.test_trouble import no_room_for

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def ben(cast: Cast) -> Client:
    browser = as_person(cast.ben)
    browser.raise_request_exception = False
    return browser


@pytest.fixture
def note(cast: Cast) -> str:
    """Where a note about a lead goes to."""
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    return reverse("leads:notes", args=[lead.pk])


def test_a_full_disk_is_said_on_a_page_of_ours(ben: Client, note: str) -> None:
    with no_room_for("leads_timelineentry"):
        answer = ben.post(note, {"text": "Called."})
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    page = answer.content.decode()
    assert "<h1>There is no room left to save anything</h1>" in page
    assert "What you did last was not saved" in page
    assert ben.post(note, {"text": "Called."}).status_code in (200, 302)


def test_a_full_disk_is_said_in_a_sentence_to_a_page_that_is_open(ben: Client, note: str) -> None:
    with no_room_for("leads_timelineentry"):
        answer = ben.post(note, {"text": "Called."}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/plain")
    assert answer.content.decode() == (
        "There is no room left to save anything. The disk of the database is full. What you did "
        "last was not saved; all that was saved before is there."
    )


def test_a_session_that_cannot_be_kept_is_no_other_matter(cast: Cast) -> None:
    browser = Client(raise_request_exception=False)
    cast.ben.set_password("a long word for Ben")
    cast.ben.save()
    with no_room_for("django_session"):
        answer = browser.post(
            reverse("tenants:sign_in"),
            {"username": cast.ben.email, "password": "a long word for Ben"},
        )
    assert answer.status_code == 503


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (psycopg.OperationalError("connection refused"), 503),
        (psycopg.errors.AdminShutdown("terminating connection"), 503),
        (psycopg.InterfaceError("the connection is closed"), 503),
        (
            psycopg.OperationalError("could not write init file: No space left on device"),
            503,
        ),
        (psycopg.errors.QueryCanceled("statement timeout"), 500),
        (psycopg.errors.UndefinedTable("no such relation"), 500),
        (ZeroDivisionError(), 500),
    ],
)
def test_a_database_that_is_away_is_told_from_other_faults(
    ben: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise OperationalError(str(error)) from error

    monkeypatch.setattr("crm.tenants.middleware.TenantMiddleware.membership", fails)
    answer = ben.get("/")
    assert answer.status_code == status
    title = "There is no room left" if "No space" in str(error) else "The database does not answer"
    assert (title in answer.content.decode()) is (status == 503)
