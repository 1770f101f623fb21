"""The list of leads: filters, pages without gaps, and no more queries however long it is."""

import base64
import json
from typing import Any

import pytest

from crm.pipeline.models import Kind
from leads.listing import listing
from leads.models import Lead
from tests.factories.leads import LeadFactory, OrganisationFactory, OriginFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def add(cast: Cast, many: int = 1, **fields: Any) -> list[Lead]:
    organisation = {
        name.removeprefix("organisation__"): fields.pop(name)
        for name in list(fields)
        if name.startswith("organisation__")
    }
    return [
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, **organisation), **fields)
        for _ in range(many)
    ]


def listed(cast: Cast, path: str = "/leads/", **query: Any) -> list[Lead]:
    answer = as_person(cast.ben).get(path, query)
    assert answer.status_code == 200
    return list(answer.context["leads"])


def test_paging_forth_and_back_over_120_leads_shows_each_once(cast: Cast) -> None:
    for score in (80, 50, 50, 20):
        add(cast, 30, score=score)
    ben = as_person(cast.ben)
    url, forth = "/leads/", []
    while url:
        context = ben.get(url).context
        forth.append([lead.pk for lead in context["leads"]])
        here, url = url, context["next_url"] and "/leads/" + context["next_url"]
    assert [len(page) for page in forth] == [50, 50, 20]
    in_order = list(Lead.of(cast.tenant).order_by("-score", "-id").values_list("pk", flat=True))
    assert [pk for page in forth for pk in page] == in_order
    back, url = [], here
    while url:
        context = ben.get(url).context
        back.insert(0, [lead.pk for lead in context["leads"]])
        url = context["previous_url"] and "/leads/" + context["previous_url"]
    assert back == forth


def test_paging_keeps_the_filters(cast: Cast) -> None:
    add(cast, 60, tier="hot", score=80)
    add(cast, 5)
    context = as_person(cast.ben).get("/leads/", {"tier": "hot"}).context
    assert "tier=hot" in context["next_url"]
    assert context["total_label"] == "60"
    assert len(listed(cast, "/leads/" + context["next_url"])) == 10


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "é",
        base64.urlsafe_b64encode(b"[1]").decode(),
        base64.urlsafe_b64encode(b'{"a": 1}').decode(),
        base64.urlsafe_b64encode(json.dumps([50, "no id"]).encode()).decode(),
        base64.urlsafe_b64encode(b'[1e999, "0195f3a0-0000-7000-8000-000000000000"]').decode(),
        base64.urlsafe_b64encode(
            json.dumps([10**30, "0195f3a0-0000-7000-8000-000000000000"]).encode()
        ).decode(),
    ],
)
def test_a_place_that_was_tampered_with_harms_nobody(cast: Cast, cursor: str) -> None:
    add(cast, 2)
    ben = as_person(cast.ben)
    for name in ("after", "before"):
        assert ben.get("/leads/", {name: cursor}).status_code == 200


@pytest.mark.parametrize("cursor", ["nonsense", "é", base64.urlsafe_b64encode(b"a\x00|b").decode()])
def test_a_column_with_a_place_that_was_tampered_with_harms_nobody(cast: Cast, cursor: str) -> None:
    (lead,) = add(cast)
    for text in (cursor, base64.urlsafe_b64encode(f"a\x00|{lead.pk}".encode()).decode()):
        answer = as_person(cast.ben).get(f"/board/columns/{lead.stage_id}/", {"after": text})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "quay"}, True),
        ({"q": "FALMOUTH"}, True),
        ({"q": "TR11"}, True),
        ({"q": "Bodmin"}, False),
        ({"q": "%"}, False),
        ({"q": "tr113ab"}, True),
        ({"q": "tr11 3ab"}, True),
        ({"q": "tr11 3"}, True),
        ({"q": "tr1"}, True),
        ({"q": "falmouth quay"}, True),
        ({"q": "smiles  tr11 3AB Falm"}, True),
        ({"q": "quay bodmin"}, False),
        ({"q": "quay tr12"}, False),
        ({"q": "gp falmouth"}, True),
        ({"q": "pharmacy"}, False),
        ({"q": "x" * 500}, False),
        ({"q": "quay" + " " * 500 + "bodmin"}, True),
        ({"tier": "hot"}, True),
        ({"tier": "cold"}, False),
        ({"tier": "boiling"}, False),
        ({"stage": "nonsense"}, False),
        ({"owner": "nonsense"}, False),
        ({"campaign": "nonsense"}, False),
    ],
)
def test_a_filter_means_what_it_says_and_nonsense_means_no_lead(
    cast: Cast, query: dict[str, str], found: bool
) -> None:
    add(
        cast,
        tier="hot",
        organisation__name="Quay Smiles",
        organisation__town="Falmouth",
        organisation__postcode="TR11 3AB",
        organisation__trade="gp_practice",
    )
    assert bool(listed(cast, **query)) == found


def test_filters_by_stage_owner_and_campaign(cast: Cast) -> None:
    (mine,) = add(cast, owner=cast.ben, stage=cast.stage(Kind.PROSPECT))
    add(cast, 2)
    origin = OriginFactory(lead=mine)
    for name, value in {
        "stage": mine.stage_id,
        "owner": cast.ben.pk,
        "campaign": origin.ref,
    }.items():
        assert listed(cast, **{name: value}) == [mine], name


def test_more_leads_than_few_are_not_counted_and_stand_in_the_same_order(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        lead = add(cast)[0]
        Lead.of(cast.tenant).filter(pk=lead.pk).update(score=number % 3)
    few = as_person(cast.ben).get("/leads/").context
    monkeypatch.setattr(listing, "FEW", 3)
    many = as_person(cast.ben).get("/leads/").context
    assert (few["total_label"], many["total_label"]) == ("4", "3+")
    assert [each.pk for each in few["leads"]] == [each.pk for each in many["leads"]]


@pytest.mark.parametrize("path", ["/leads/", "/board/", "/", "/campaigns/"])
def test_a_page_asks_the_database_no_more_when_there_are_more_rows(
    cast: Cast, path: str, django_assert_max_num_queries: Any
) -> None:
    ben = as_person(cast.ben)
    add(cast, 2, owner=cast.ben, tier="hot")
    with django_assert_max_num_queries(40) as few:
        ben.get(path)
    add(cast, 50, owner=cast.ada, tier="hot")
    with django_assert_max_num_queries(len(few)) as many:
        ben.get(path)
    most = 12 if path == "/board/" else 28
    assert len(many) <= most, f"{path} asked {len(many)} times"


def test_a_lead_s_page_asks_no_more_when_its_story_is_longer(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    (lead,) = add(cast)
    ben = as_person(cast.ben)
    ben.post(f"/leads/{lead.pk}/notes/", {"text": "First"})
    with django_assert_max_num_queries(20) as few:
        ben.get(f"/leads/{lead.pk}/")
    asked = len(few)
    for number in range(10):
        ben.post(f"/leads/{lead.pk}/notes/", {"text": f"Note {number}"})
    with django_assert_max_num_queries(asked):
        ben.get(f"/leads/{lead.pk}/")


def test_a_column_shows_a_window_and_the_rest_behind_a_link(cast: Cast) -> None:
    add(cast, 70)
    ben = as_person(cast.ben)
    first = ben.get("/board/").context["columns"][0]
    assert (first.count, len(first.cards)) == (70, 15)
    shown, url = [lead.pk for lead in first.cards], first.next_url
    while url:
        answer = ben.get(url, headers={"HX-Request": "true"})
        assert "<html" not in answer.content.decode()
        shown += [lead.pk for lead in answer.context["column"].cards]
        url = answer.context["column"].next_url
    ranked = Lead.of(cast.tenant).order_by("rank", "id").values_list("pk", flat=True)
    assert shown == list(ranked)
    assert "<html" in ben.get(first.next_url).content.decode()


def test_folded_filters_say_how_many_are_set(cast: Cast) -> None:
    ben = as_person(cast.ben)
    for query, how_many in (({}, 0), ({"q": "Quay"}, 0), ({"tier": "hot", "owner": "x"}, 1)):
        answer = ben.get("/leads/", query)
        assert answer.context["form"].how_many == how_many
        said = f'{how_many}<span class="visually-hidden"> set</span>'
        assert (said in answer.content.decode()) == bool(how_many)
