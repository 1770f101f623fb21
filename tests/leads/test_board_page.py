"""The board shows columns in an order, says what they are worth, and stays light."""

import gzip
import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.pipeline.models import Kind, Pipeline, Stage
from crm.tenants.models import Reach, Tenant
from leads.board import heads
from leads.models import Lead, Proposal
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def add(cast: Cast, name: str = "Harbour Dental", **fields: Any) -> Lead:
    site = {each: fields.pop(each) for each in ("address", "has_generic_name") if each in fields}
    organisation = OrganisationFactory(tenant=cast.tenant, name=name, **site)
    return LeadFactory(organisation=organisation, **fields)


def names(answer: Any, column: int = 0) -> list[str]:
    return [card.title for card in answer.context["columns"][column].cards]


@pytest.mark.parametrize(
    ("order", "first"), [("own", "A"), ("score", "C"), ("value", "B"), ("age", "D"), ("odd", "A")]
)
def test_columns_stand_in_the_order_that_is_asked_for(cast: Cast, order: str, first: str) -> None:
    add(cast, "A", score=20, value_pence=100)
    add(cast, "B", score=30, value_pence=9_000_00)
    add(cast, "C", score=90)
    add(cast, "D", stage_since=timezone.now() - timedelta(days=40))
    assert names(as_person(cast.ben).get("/board/", {"sort": order}))[0] == first


def test_a_card_says_the_grade_beside_the_points_where_there_is_one(cast: Cast) -> None:
    add(cast, "A", score=72, tier="hot", grade="A+")
    add(cast, "B", score=31)
    text = as_person(cast.ben).get("/board/").content.decode()
    assert 'aria-label="Score 72 of 100, hot, grade A+">72 <i>A+</i></b>' in text
    assert 'aria-label="Score 31 of 100, cold">31</b>' in text


def test_a_board_of_words_that_are_only_alike_says_so(cast: Cast) -> None:
    add(cast, "Harbour Pharmacy")
    said = "No lead has all these words"
    for words, is_told in (("pharmcy", True), ("pharmacy", False), ("", False)):
        answer = as_person(cast.ben).get("/board/", {"q": words})
        assert names(answer) == ["Harbour Pharmacy"]
        assert (said in answer.content.decode()) == is_told


@pytest.mark.parametrize("order", ["own", "score", "value", "age"])
def test_every_card_is_met_once_by_going_on(cast: Cast, order: str) -> None:
    for number in range(35):
        add(cast, f"S{number}", score=number % 3, value_pence=number % 4 or None)
    ben = as_person(cast.ben)
    answer = ben.get("/board/", {"sort": order, "q": "s"})
    column = answer.context["columns"][0]
    assert "q=s" in column.next_url
    more = ben.get(column.next_url)
    assert more.context["column"].next_url == ""
    met = [*column.cards, *more.context["column"].cards]
    assert len({card.pk for card in met}) == len(met) == 35
    assert [card.place for card in met] == sorted(card.place for card in met)


@pytest.mark.parametrize("after", ["x", "bnVsbA==", "WzEsMl0=", "W3siYSI6MX0sIjEiXQ=="])
def test_a_cursor_that_was_tampered_with_means_the_beginning(cast: Cast, after: str) -> None:
    lead = add(cast)
    for order in ("own", "score", "age"):
        url = f"/board/columns/{lead.stage_id}/"
        answer = as_person(cast.ben).get(url, {"after": after, "sort": order})
        assert [card.pk for card in answer.context["column"].cards] == [lead.pk]


def test_a_card_answers_what_one_wants_to_know(cast: Cast) -> None:
    now = timezone.now()
    lead = add(
        cast,
        "Dental Surgery",
        has_generic_name=True,
        owner=cast.ben,
        value_pence=1_240_00,
        score=72,
        tier="hot",
        next_due=now - timedelta(days=1),
        stage_since=now - timedelta(days=20),
    )
    other = OrganisationFactory(tenant=cast.tenant)
    Proposal.of(cast.tenant).create(tenant=cast.tenant, one=other, other=lead.organisation)
    page = as_person(cast.ben).get("/board/")
    card = page.context["columns"][0].cards[0]
    assert (card.title, card.value, card.score) == ("Dental Surgery, 12 Quay Street", "£1,240", 72)
    assert (card.due, card.is_overdue, card.age, card.rots) == ("yesterday", True, "20 d", True)
    assert card.age_title == "20 days in this stage: longer than 14 is too long"
    assert card.is_twice
    markup = page.content.decode()
    assert "Overdue yesterday" in markup
    assert "Twice?" in markup
    assert 'aria-label="Ben"' in markup


def test_what_was_searched_for_is_marked_on_the_cards(cast: Cast) -> None:
    site = OrganisationFactory(tenant=cast.tenant, name="Quay & <b>Smiles", town="Café-Quai")
    lead = LeadFactory(organisation=site, owner=cast.ben)
    ben = as_person(cast.ben)
    page = ben.get("/board/", {"q": "SMIL cafe"}).content.decode()
    assert "Quay &amp; &lt;b&gt;<mark>Smil</mark>es" in page
    assert "<mark>Café</mark>-Quai" in page
    assert 'title="Quay &amp; &lt;b&gt;Smiles' in page
    assert "<mark>" not in ben.get("/board/").content.decode()
    more = ben.get(f"/board/columns/{lead.stage_id}/", {"q": "smil"}).content.decode()
    assert "<mark>Smil</mark>es" in more


def test_a_closed_lead_rots_no_more(cast: Cast) -> None:
    Stage.of(cast.tenant).filter(kind=Kind.LOST).update(rots_after_days=1)
    add(cast, stage=cast.stage(Kind.LOST), stage_since=timezone.now() - timedelta(days=99))
    assert not as_person(cast.ben).get("/board/").context["columns"][5].cards[0].rots


def test_a_column_says_how_many_and_what_they_are_worth(cast: Cast) -> None:
    add(cast, value_pence=12_000_00, owner=cast.ben)
    add(cast, value_pence=400_00, owner=cast.ada)
    total = as_person(cast.ada).get("/board/").context["columns"][0].sum
    assert (total.label, total.value_label) == ("2", "£12.4k")
    Tenant.objects.filter(pk=cast.tenant.pk).update(rep_reach=Reach.OWN)
    own = as_person(cast.ben).get("/board/").context["columns"][0].sum
    assert (own.label, own.value_label) == ("1", "£12.0k")


def test_with_filters_is_counted_no_further_than_a_person_reads(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        add(cast, tier="hot" if number else "cold", score=number, value_pence=100)
    ben = as_person(cast.ben)
    hot = ben.get("/board/", {"tier": "hot"}).context["columns"][0]
    assert (hot.sum.label, hot.sum.value_label) == ("3", "£3")
    monkeypatch.setattr(heads, "COUNTED", 2)
    hot = ben.get("/board/", {"tier": "hot"}).context["columns"][0]
    assert (hot.sum.label, hot.sum.value_label) == ("2+", "")
    assert len(hot.cards) == 3


def test_a_company_has_several_pipelines_to_choose_from(cast: Cast) -> None:
    renewals = Pipeline.of(cast.tenant).create(tenant=cast.tenant, name="Renewals", position=1)
    due = Stage.of(cast.tenant).create(
        tenant=cast.tenant, pipeline=renewals, kind=Kind.LEAD, name="Due", wip_limit=1
    )
    for name in ("Quay Smiles", "Tide Pharmacy"):
        add(cast, name, stage=due)
    ben = as_person(cast.ben)
    first = ben.get("/board/", {"tier": "cold", "sort": "score"})
    assert len(first.context["columns"]) == 6
    url = first.context["page"].pipelines_offered[1].url
    second = ben.get(f"/board/{url}")
    assert [column.stage.name for column in second.context["columns"]] == ["Due"]
    assert len(names(second)) == 2
    assert "tier=cold" in url
    assert "sort=score" in url
    assert second.context["columns"][0].is_over
    theirs = Pipeline.of(cast.other).get()
    foreign = ben.get("/board/", {"pipeline": theirs.pk})
    assert len(foreign.context["columns"]) == 6


def test_an_empty_board_says_what_to_do(cast: Cast) -> None:
    page = as_person(cast.ada).get("/board/").content.decode()
    assert "No lead stands here yet." in page
    assert "find leads</a>" in page
    filtered = as_person(cast.ada).get("/board/", {"q": "nothing"}).content.decode()
    assert "No lead here matches the filters." in filtered


def test_a_board_is_light(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for stage in Stage.of(cast.tenant):
        for number in range(31):
            add(cast, f"{stage} {number}", stage=stage, owner=cast.ben, value_pence=500_00)
    ben = as_person(cast.ben)
    ben.get("/board/")
    # The transaction's begin and end are among them.
    with django_assert_max_num_queries(12):
        page = ben.get("/board/").content
    assert len(re.findall(rb"<[a-z]", page)) <= 1500
    assert len(gzip.compress(page)) <= 100_000
