"""Filters by fields of one's own: by kind, in the address, and quick."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leads.models import Lead
from leads.records.custom import CustomField
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.factories.own import CustomFieldFactory, FieldValueFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
Kind = CustomField.Kind


def lead(cast: Cast, field: CustomField | None = None, **value: Any) -> Lead:
    found = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    if field is not None:
        FieldValueFactory(lead=found, field=field, **value)
    return found


def listed(ben: Client, **query: Any) -> set[Lead]:
    answer = ben.get("/leads/", query)
    assert answer.status_code == 200
    board = ben.get("/board/", query)
    on_board = {card.pk for column in board.context["columns"] for card in column.cards}
    assert on_board == {lead.pk for lead in answer.context["leads"]}
    return set(answer.context["leads"])


CASES = [
    (Kind.TEXT, {"text": "Cat 6a, shielded"}, {"": "CAT 6"}, {"": "fibre"}),
    (Kind.TEXT, {"text": "100 %"}, {"": "0 %"}, {"": "1%0"}),
    (Kind.LINK, {"text": "https://fern.example"}, {"": "fern"}, {"": "moss"}),
    (Kind.NUMBER, {"number": Decimal(0)}, {"_from": "0", "_to": "0"}, {"_from": "0.1"}),
    (Kind.NUMBER, {"number": Decimal(1240)}, {"_from": "1,240"}, {"_to": "1,239"}),
    (Kind.MONEY, {"number": Decimal("12.50")}, {"_to": "£12.50"}, {"_from": "12.51"}),
    (Kind.DATE, {"day": "2027-03-01"}, {"_from": "1 March 2027"}, {"_to": "2027-02-28"}),
    (Kind.CHOICE, {"text": "Gold"}, {"": ["Silver", "Gold"]}, {"": "Silver"}),
    (Kind.YES_NO, {"yes": False}, {"": "no"}, {"": "yes"}),
]


@pytest.mark.parametrize(("kind", "value", "asked", "other"), CASES)
def test_a_filter_means_what_it_says(
    cast: Cast, kind: Kind, value: dict[str, Any], asked: Any, other: Any
) -> None:
    field = CustomFieldFactory(tenant=cast.tenant, kind=kind, choices="Gold\nSilver")
    has, has_not = lead(cast, field, **value), lead(cast)
    ben = as_person(cast.ben)
    assert listed(ben, **{f"{field.short}{end}": it for end, it in asked.items()}) == {has}
    assert listed(ben, **{f"{field.short}{end}": it for end, it in other.items()}) == set()
    assert listed(ben, **{f"{field.short}_empty": "on"}) == {has_not}
    either = {f"{field.short}{end}": it for end, it in asked.items()}
    assert listed(ben, **either, **{f"{field.short}_empty": "on"}) == {has, has_not}


@pytest.mark.parametrize("typed", ["lots", "1,2", "x" * 5_000, "é\u202e", "-" * 99])
def test_nonsense_means_nothing(cast: Cast, typed: str) -> None:
    ben = as_person(cast.ben)
    for kind in Kind:
        field = CustomFieldFactory(tenant=cast.tenant, kind=kind, choices="Gold")
        # A field reads the one or the other two.
        for ends in ([""], ["_from", "_to"]):
            answer = ben.get("/leads/", {f"{field.short}{end}": typed for end in ends})
            assert answer.status_code == 200


def test_what_was_archived_is_left_out_with_a_sentence(cast: Cast) -> None:
    field = CustomFieldFactory(tenant=cast.tenant)
    found = {lead(cast, field, text="Gold"), lead(cast)}
    CustomField.of(cast.tenant).filter(pk=field.pk).update(archived_at=timezone.now())
    theirs = CustomFieldFactory(tenant=cast.other)
    for name in (field.short, theirs.short, "f_0123456789"):
        answer = as_person(cast.ben).get("/leads/", {name: "Gold"})
        assert set(answer.context["leads"]) == set()
        answer = as_person(cast.ben).get("/leads/", {name: "Gold", "where": "score:atleast:0"})
        assert set(answer.context["leads"]) == found
        assert "Left out: A field of your own (it is no longer there)." in answer.content.decode()


def test_pages_and_columns_keep_every_value_of_a_filter(cast: Cast) -> None:
    field = CustomFieldFactory(tenant=cast.tenant, kind=Kind.CHOICE, choices="Gold\nSilver\nTin")
    for choice in ("Gold", "Silver", "Tin") * 25:
        lead(cast, field, text=choice)
    query = {field.short: ["Gold", "Silver"]}
    ben = as_person(cast.ben)
    first = ben.get("/leads/", query)
    assert first.context["total_label"] == "50"
    board = ben.get("/board/", query)
    column = board.context["columns"][0]
    assert column.count == 50
    seen = {card.pk for card in column.cards}
    while column.next_url:
        column = ben.get(column.next_url, headers={"HX-Request": "true"}).context["column"]
        seen |= {card.pk for card in column.cards}
    assert len(seen) == 50


def test_a_saved_view_keeps_them(cast: Cast) -> None:
    field = CustomFieldFactory(tenant=cast.tenant, kind=Kind.CHOICE, choices="Gold\nSilver\nTin")
    gold, silver = lead(cast, field, text="Gold"), lead(cast, field, text="Silver")
    lead(cast, field, text="Tin")
    ben = as_person(cast.ben)
    ben.post("/leads/views/", {"view_name": "Good ones", field.short: ["Gold", "Silver"]})
    page = ben.get("/leads/")
    (view,) = page.context["views"]
    shown = ben.get(f"/leads/views/{view.pk}/", follow=True)
    assert set(shown.context["leads"]) == {gold, silver}
