"""Lists stay quick however long they are, and say where they end."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.adminlist import paging
from crm.bounds import patience
from leads.models import Lead
from tests.factories.leads import FlowStepFactory, LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
LEADS = "/admin/leads/lead/"


@pytest.fixture
def leads(cast: Cast) -> list[Lead]:
    return [
        LeadFactory(organisation__tenant=cast.tenant, score=number, source=f"s{number}")
        for number in range(7)
    ]


def page(cast: Cast, path: str) -> str:
    answer = as_person(cast.ada).get(path, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_counts_no_further_than_anybody_reads(
    cast: Cast, leads: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "7 leads" in page(cast, LEADS)
    monkeypatch.setattr(paging, "MOST", 5)
    assert "5+ leads" in page(cast, LEADS)


def test_a_page_that_is_too_deep_says_what_to_do(
    cast: Cast, leads: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "MOST", 4)
    monkeypatch.setattr(admin.site._registry[Lead], "list_per_page", 2)
    assert leads[3].title in page(cast, f"{LEADS}?p=2")
    deep = page(cast, f"{LEADS}?p=3")
    assert "Only the first 4 can be turned through page by page." in deep
    assert "can be turned" not in page(cast, f"{LEADS}?p=-1")


def test_only_what_has_an_index_is_sorted(cast: Cast, leads: list[Lead]) -> None:
    """By the score (the third column), not by the date, whatever the address says."""
    by_score = page(cast, f"{LEADS}?o=3")
    assert by_score.index(str(leads[0].pk)) < by_score.index(str(leads[6].pk))
    with CaptureQueriesContext(connection) as caught:
        page(cast, f"{LEADS}?o=6")
    assert not any('ORDER BY "leads_lead"."created_at"' in each["sql"] for each in caught)


def test_a_search_that_takes_too_long_is_stopped_and_says_so(
    cast: Cast, leads: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    OrganisationFactory(tenant=cast.tenant, name="Quay Dental")
    monkeypatch.setattr(patience, "SECONDS", 0.05)
    slow = {"sql": "(SELECT true FROM pg_sleep(1))"}
    lists = admin.site._registry[OrganisationFactory._meta.model]
    found = type(lists).get_search_results

    def crawl(self: Any, request: Any, rows: Any, words: str) -> Any:
        rows, twice = found(self, request, rows, words)
        return rows.extra(where=[slow["sql"]]), twice

    monkeypatch.setattr(type(lists), "get_search_results", crawl)
    said = page(cast, "/admin/leads/organisation/?q=quay")
    assert "only what begins with “quay” is shown" in said
    assert "Quay Dental" in said


def test_no_filter_looks_through_the_table_for_its_choices(cast: Cast, leads: list[Lead]) -> None:
    ada = as_person(cast.ada)
    for model, of_model in admin.site._registry.items():
        if getattr(of_model, "is_of_the_installation", False) or getattr(of_model, "is_small", 1):
            continue
        with CaptureQueriesContext(connection) as caught:
            ada.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/")
        table = f'FROM "{model._meta.db_table}"'
        for each in caught:
            is_whole = "DISTINCT" in each["sql"] or "GROUP BY" in each["sql"]
            is_count = "COUNT(*)" in each["sql"] and "LIMIT" not in each["sql"]
            assert not (table in each["sql"] and (is_whole or is_count)), each["sql"]


def test_the_rows_of_all_pages_are_taken_up_to_a_bound_that_is_said(
    cast: Cast, leads: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    for lead in leads:
        FlowStepFactory(lead=lead, state="dead")
    steps = FlowStepFactory._meta.model
    monkeypatch.setattr(admin.site._registry[steps], "most_at_once", 3)
    answer = as_person(cast.ada).post(
        "/admin/leads/flowstep/",
        {
            "action": "queue_again",
            "select_across": "1",
            "index": "0",
            "_selected_action": str(steps.of(cast.tenant)[0].pk),
        },
        follow=True,
    )
    assert "No more than 3 can be taken at once" in answer.content.decode()
    assert steps.of(cast.tenant).filter(state="ready").count() == 3
    assert steps.of(cast.tenant).filter(state="dead").count() == 4


def test_an_empty_list_says_what_it_is_for(cast: Cast) -> None:
    assert "There are no leads yet." in page(cast, LEADS)
    assert "No leads match." in page(cast, f"{LEADS}?q=nothing")
