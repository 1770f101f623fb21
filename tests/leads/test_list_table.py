"""The table of leads: chosen columns, orders by any of them, and a count that comes after it."""

import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from leads.listing import counting, found, listing, other_sorts
from leads.models import Lead
from leads.work import tasks
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.factories.own import CustomFieldFactory, FieldValueFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def leads(cast: Cast) -> list[Lead]:
    towns = ("Truro", "", "Bath", "Ely")
    return [
        LeadFactory(
            organisation=OrganisationFactory(tenant=cast.tenant, town=town, postcode=""),
            tier=tier,
            score=score,
            owner=cast.ben,
        )
        for town, (tier, score) in zip(
            towns, [("warm", 50), ("hot", 90), ("cold", 1), ("hot", 80)], strict=True
        )
    ]


def heads(answer: Any) -> list[str]:
    return [head.label for head in answer.context["heads"]]


def test_a_task_for_a_day_is_due_on_that_day_and_not_at_its_last_minute(
    cast: Cast, leads: list[Lead]
) -> None:
    day = timezone.localdate() + timedelta(days=1)
    for lead, at in zip(leads, (None, time(9, 30)), strict=False):
        tasks.add(lead, "Call", due_at=tasks.moment(day, at), owner=cast.ben, by=cast.ben)
    table = as_person(cast.ben).get("/leads/", {"cols": "due"}).content.decode()
    assert "23:59" not in table
    assert re.findall(r"<td[^>]*>(tomorrow[^<]*)<", table) == ["tomorrow, 09:30", "tomorrow"]


def test_a_person_chooses_columns_and_finds_them_again(cast: Cast, leads: list[Lead]) -> None:
    field = CustomFieldFactory(tenant=cast.tenant, label="Seats", kind="text")
    FieldValueFactory(lead=leads[0], field=field, text="Twelve & more")
    ben = as_person(cast.ben)
    ticked = {"cols": ["tags", field.short, "nonsense"], "query": "sort=name&cols=due&after=x"}
    answer = ben.post("/leads/columns/", ticked, follow=True)
    assert answer.redirect_chain[0][0] == f"/leads/?sort=name&cols=tags%2C{field.short}"
    assert heads(answer) == ["Organisation", "Tags", "Seats"]
    assert "Twelve &amp; more" in answer.content.decode()
    assert heads(ben.get("/leads/")) == ["Organisation", "Tags", "Seats"]
    # An address, be it a view's or a wrong one, has a say in itself alone.
    assert heads(ben.get("/leads/", {"cols": "owner,score"})) == ["Organisation", "Owner", "Score"]
    for wrong in ("f_gone12345", ""):
        assert heads(ben.get("/leads/", {"cols": wrong})) == ["Organisation", "Tags", "Seats"]
    assert heads(ben.get("/leads/")) == ["Organisation", "Tags", "Seats"]
    assert len(heads(as_person(cast.ada).get("/leads/"))) > 3


def test_a_head_says_the_order_and_asks_for_the_other_way_round(
    cast: Cast, leads: list[Lead]
) -> None:
    answer = as_person(cast.ben).get("/leads/", {"sort": "name", "tier": "hot"})
    name, *others = answer.context["heads"]
    assert name.sorted == "ascending"
    assert "sort=-name" in name.url
    assert "tier=hot" in name.url
    assert not any(head.sorted for head in others)
    assert 'aria-sort="ascending"' in answer.content.decode()


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("town", ["Bath", "Ely", "Truro", ""]),
        ("-town", ["Truro", "Ely", "Bath", ""]),
        ("stage", None),
        ("-contacted", None),
    ],
)
def test_other_orders_put_what_is_empty_last(
    cast: Cast, leads: list[Lead], sort: str, expected: list[str] | None
) -> None:
    answer = as_person(cast.ben).get("/leads/", {"sort": sort})
    towns = [lead.organisation.town for lead in answer.context["leads"]]
    assert len(towns) == 4
    assert expected is None or towns == expected


@pytest.mark.parametrize(
    ("kind", "column", "values"),
    [
        ("text", "text", ["b", "A", "c"]),
        ("number", "number", [2, 1, 3]),
        ("date", "day", ["2027-02-01", "2027-01-01", "2027-03-01"]),
        ("yes_no", "yes", [True, False, True]),
    ],
)
def test_a_field_of_one_s_own_is_an_order_page_by_page(
    cast: Cast,
    leads: list[Lead],
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    column: str,
    values: list[Any],
) -> None:
    monkeypatch.setattr("leads.listing.sorting.PAGE", 2)
    field = CustomFieldFactory(tenant=cast.tenant, kind=kind)
    for lead, value in zip(leads, values, strict=False):
        FieldValueFactory(lead=lead, field=field, **{"text": ""} | {column: value})
    ben = as_person(cast.ben)
    first = ben.get("/leads/", {"sort": field.short})
    second = ben.get("/leads/" + first.context["next_url"])
    shown = [lead.pk for page in (first, second) for lead in page.context["leads"]]
    assert shown[0] == leads[1].pk
    assert shown[-1] == leads[3].pk
    assert len(set(shown)) == 4


def test_too_many_to_sort_say_so_and_stand_in_the_usual_order(
    cast: Cast, leads: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "FEW", 2)
    monkeypatch.setattr(other_sorts, "MOST", 3)
    answer = as_person(cast.ben).get("/leads/", {"sort": "town"})
    assert "too many to sort by town" in answer.content.decode()
    assert [lead.score for lead in answer.context["leads"]] == [90, 80, 50, 1]
    narrow = as_person(cast.ben).get("/leads/", {"sort": "town", "tier": "hot"})
    assert "too many" not in narrow.content.decode()


def test_what_was_not_counted_is_counted_after_the_page(
    cast: Cast, leads: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "FEW", 2)
    ada = as_person(cast.ada)
    page = ada.get("/leads/")
    assert page.context["total_label"] == "2+"
    assert 'hx-get="/leads/count/?' in page.content.decode()
    asked = {"HX-Request": "true"}
    assert "4 leads" in ada.get("/leads/count/", headers=asked).content.decode()
    monkeypatch.setattr(counting, "MOST", 1)
    answer = ada.get("/leads/count/", {"tier": "hot"}, headers=asked)
    assert "1+ leads" in answer.content.decode()
    assert ada.get("/leads/count/").status_code == 302


def test_what_takes_too_long_to_count_is_told_as_many(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), tier="hot")

    quickly = listing.matching

    def slowly(*given: Any, **more: Any) -> Any:
        return quickly(*given, **more).extra(where=["pg_sleep(0.1)::text = ''"])

    monkeypatch.setattr(listing, "matching", slowly)
    monkeypatch.setattr(found, "SECONDS_TO_COUNT", 0.02)
    for sort in ("", "town"):
        page = as_person(cast.ben).get("/leads/", {"where": "source:is:register", "sort": sort})
        assert page.context["total_label"] == "3,000+"
        assert page.context["leads"] == [lead]
