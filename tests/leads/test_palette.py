"""The command palette offers what the person may open, and only leads that they see."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from leads.lead import dealing
from leads.models import Lead
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast: Cast) -> Lead:
    organisation = OrganisationFactory(tenant=cast.tenant, name="Harbour <b>Dental</b>")
    return LeadFactory(organisation=organisation)


def offered(browser: Client, q: str = "", on: object = "") -> str:
    answer = browser.get("/search/options/", {"q": q, "on": str(on)})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_lead_is_offered_with_the_words_marked_to_who_sees_it(cast: Cast, lead: Lead) -> None:
    dealing.assign(lead, owner=cast.ada, value_pence=None, by=cast.ada)
    type(cast.tenant).objects.filter(pk=cast.tenant.pk).update(rep_reach="own")
    shown = offered(as_person(cast.ada), "harb")
    assert f'href="/leads/{lead.pk}/"' in shown
    assert "<mark>Harb</mark>our &lt;b&gt;Dental" in shown
    for person in (cast.ben, cast.charlie):
        assert str(lead.pk) not in offered(as_person(person), "harb")


def test_pages_and_actions_are_those_that_the_role_may_open(cast: Cast) -> None:
    assert 'href="/admin/"' in offered(as_person(cast.ada), "adm")
    assert 'href="/admin/"' not in offered(as_person(cast.ben), "adm")
    assert 'href="/campaigns/new/"' in offered(as_person(cast.ben), "new camp")
    assert 'href="/campaigns/new/"' not in offered(as_person(cast.vera), "new camp")


def test_on_the_page_of_a_lead_it_is_moved_and_noted_on(cast: Cast, lead: Lead) -> None:
    move = f'href="/leads/{lead.pk}/move/"'
    assert move in offered(as_person(cast.ben), on=lead.pk)
    assert move not in offered(as_person(cast.vera), on=lead.pk)
    assert move not in offered(as_person(cast.charlie), on=lead.pk)
    assert move not in offered(as_person(cast.ben), on="no-id")


def test_what_was_looked_at_last_is_offered_first_while_it_is_seen(cast: Cast, lead: Lead) -> None:
    ben = as_person(cast.ben)
    ben.get(f"/leads/{lead.pk}/")
    assert "Looked at last" in offered(ben)
    assert "Looked at last" not in offered(as_person(cast.ada))
    lead.delete()
    assert "Looked at last" not in offered(ben)


@pytest.mark.parametrize("q", ["", "harbour", "zzyqx", "'; &|!:* %_ \\", "é" * 400, "<script>"])
def test_the_page_answers_whatever_is_typed(cast: Cast, lead: Lead, q: str) -> None:
    answer = as_person(cast.ben).get("/search/", {"q": q})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().replace('<script src="', "")
    if q == "zzyqx":
        assert "Nothing is called like that" in answer.content.decode()


def test_a_keystroke_costs_few_queries(
    cast: Cast, django_assert_max_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    for number in range(12):
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name=f"Quay {number}"))
    browser = as_person(cast.ben)
    with django_assert_max_num_queries(10):  # two of them are the frame of the transaction
        offered(browser, "quay")
