"""A request is one transaction: what fails is undone, and the page that says so still comes."""

from uuid import uuid4

import pytest
from django.db import connection

from crm.tenants.acting import acting_for
from leads.models import TimelineEntry
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db")


def test_an_unknown_lead_gets_the_page_that_says_so(cast: Cast) -> None:
    answer = as_person(cast.ben).get(f"/leads/{uuid4()}/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_an_unknown_address_gets_the_page_that_says_so(cast: Cast) -> None:
    answer = as_person(cast.ben).get("/no-such-page/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_a_viewer_who_writes_a_note_is_told_why_not(cast: Cast) -> None:
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    answer = as_person(cast.vera).post(f"/leads/{lead.pk}/notes/", {"text": "Hello"})
    assert answer.status_code == 403
    assert "As a viewer you may not move leads or write notes." in answer.content.decode()
    assert not TimelineEntry.of(cast.tenant).exists()


def told() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.tenant', true), '')")
        return str(cursor.fetchone()[0])


def test_the_database_knows_the_company_for_one_transaction(cast: Cast) -> None:
    with acting_for(cast.tenant):
        assert told() == str(cast.tenant.pk)
    assert told() == ""
