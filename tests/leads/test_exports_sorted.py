"""The file stands in the order of the list, whichever that is, and whatever moves meanwhile."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from crm.exporting import supply
from leads.listing import listing, other_sorts, sorting
from leads.models import Lead
from leads.own.values import Kind
from tests.exporting.files import body, from_csv
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.factories.own import CustomFieldFactory, FieldValueFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
OTHERS = ("town", "trade", "source", "stage", "tier", "known", "contacted")


def world(cast: Cast) -> str:
    """Sixty leads, in no order that is also that of their ids; gives a field of one's own."""
    field = CustomFieldFactory(tenant=cast.tenant, kind=Kind.NUMBER, label="Seats")
    for number in range(60):
        place = number * 37 % 60
        lead = LeadFactory(
            organisation=OrganisationFactory(
                tenant=cast.tenant,
                name=f"Fern {place:02} Ltd",
                town=f"Town {place * 7 % 60:02}",
                trade=f"trade{place % 7}",
            ),
            owner=(cast.ada, cast.ben, None)[place % 3],
            score=place * 11 % 97,
            tier=("hot", "warm", "cold")[place % 3],
            value_pence=place * 1_300 % 7_000 if place % 5 else None,
        )
        at = timezone.now() - timedelta(days=place * 13 % 60)
        Lead.of(cast.tenant).filter(pk=lead.pk).update(
            closeness=place * 17 % 101 if place % 4 else None,
            chance=place * 171 % 1001 if place % 6 else None,
            active_at=at,
            contacted_at=at,
        )
        if place % 2:
            FieldValueFactory(lead=lead, field=field, number=place * 19 % 60)
    return str(field.short)


def shown(person: Any, query: dict[str, str]) -> list[str]:
    browser, url = as_person(person), "/leads/"
    answer = browser.get(url, query)
    found = []
    while True:
        found += [str(lead.pk) for lead in answer.context["leads"]]
        following = answer.context["next_url"]
        if not following:
            return found
        answer = browser.get("/leads/" + following)


def filed(answer: Any) -> list[str]:
    head, *rows = from_csv(body(answer))
    return [row[head.index("Page")].rstrip("/").rpartition("/")[2] for row in rows]


def exported(person: Any, query: dict[str, str]) -> list[str]:
    answer = as_person(person).get("/leads/export/", query)
    assert answer.status_code == 200
    return filed(answer)


def test_the_file_has_the_order_of_the_list(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    own = world(cast)
    # The list ends on a second page, and the file is of several pieces.
    monkeypatch.setattr(supply.by_id, "__defaults__", (7,))
    names = [*sorting.SORTS, *(f"{sign}{each}" for each in (*OTHERS, own) for sign in ("", "-"))]
    for query in ({}, *({"sort": name} for name in (*names, "nonsense"))):
        wanted = shown(cast.ada, query | {"q": ""})
        assert len(wanted) == 60
        assert exported(cast.ada, query) == wanted, query
    for query in ({"q": "fern"}, {"q": "fern 07"}, {"q": "fern", "sort": "-closeness"}):
        assert exported(cast.ada, query) == shown(cast.ada, query) != [], query


def test_an_order_that_too_many_match_for_is_the_usual_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    world(cast)
    monkeypatch.setattr(listing, "FEW", 20)
    monkeypatch.setattr(other_sorts, "MOST", 30)
    usual = shown(cast.ada, {"q": ""})
    assert exported(cast.ada, {"sort": "town"}) == usual
    assert exported(cast.ada, {"sort": "town", "tier": "hot"}) != usual


def test_leads_by_their_ids_keep_the_order_of_the_list(cast: Cast) -> None:
    world(cast)
    falling = shown(cast.ada, {"sort": "-closeness"})
    ticked = sorted(falling[5:25])
    form = {"lead": ticked, "do": "export", "query": "sort=-closeness"}
    answer = as_person(cast.ada).post("/leads/bulk/", form, follow=True)
    assert filed(answer) == falling[5:25]


def test_what_moves_in_the_order_meanwhile_comes_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    world(cast)
    monkeypatch.setattr(supply.by_id, "__defaults__", (10,))
    wanted = shown(cast.ada, {"sort": "-score"})
    parts = iter(as_person(cast.ada).get("/leads/export/", {"sort": "-score"}))
    file = [next(parts), next(parts)]
    leads = Lead.of(cast.tenant)
    # The first goes to the end, the last to the front, and one is deleted.
    leads.filter(pk=UUID(wanted[0])).update(score=0)
    leads.filter(pk=UUID(wanted[-1])).update(score=100)
    leads.filter(pk=UUID(wanted[30])).delete()
    LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), score=1)
    head, *rows = from_csv(b"".join([*file, *parts]))
    came = [row[head.index("Page")].rstrip("/").rpartition("/")[2] for row in rows]
    assert came == [each for each in wanted if each != wanted[30]]
