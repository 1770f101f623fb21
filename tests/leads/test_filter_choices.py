"""Choosing a filter's values where there are more than can be read."""

import re
from typing import Any

import pytest

from campaigns.models import Campaign
from crm.ids import uuid7
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import LeadFactory, OrganisationFactory, OriginFactory
from tests.factories.own import TagFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def offered(cast: Cast, **query: Any) -> tuple[str, list[str]]:
    """What the form says, and the names of its choices in their order."""
    answer = as_person(cast.ben).get("/leads/filter/", query)
    assert answer.status_code == 200
    page = answer.content.decode()
    return page, re.findall(r'name="edit_choice"[^>]*> <span>([^<]*)<', page)


def test_few_choices_are_not_searched_in(cast: Cast) -> None:
    TagFactory(tenant=cast.tenant, name="Hot summer")
    page, names = offered(cast, edit_field="tag")
    assert names == ["Hot summer"]
    assert 'name="edit_find"' not in page


def test_a_word_finds_what_stands_beyond_the_first(cast: Cast) -> None:
    tags = [TagFactory(tenant=cast.tenant, name=f"Tag {number:03}") for number in range(310)]
    page, names = offered(cast, edit_field="tag")
    assert len(names) == 300
    assert "10 more: type a part of the name" in page
    asked = {"edit_field": "tag", "edit_op": "is", "edit_found": ""}
    # Whoever types a word and sends the form looks; what is ticked stays, and stays ticked.
    sent = asked | {"edit_find": "tAG 309", "edit_choice": str(tags[0].pk)}
    page, names = offered(cast, **sent)
    assert names == ["Tag 000", "Tag 309"]
    assert f'value="{tags[0].pk}" checked' in page
    assert "Nothing is called that." in offered(cast, **asked, edit_find="nobody")[0]
    # Sent again with the same word it is meant.
    answer = as_person(cast.ben).get("/leads/filter/", sent | {"edit_found": "tAG 309"})
    assert answer.status_code == 302
    assert str(tags[0].pk) in answer.headers["Location"]
    assert "edit_" not in answer.headers["Location"]


def test_codes_of_companies_house_are_found_by_their_words_and_filter(cast: Cast) -> None:
    it, shop = (
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name=name, trade=trade))
        for name, trade in (("Quay Works", "62020"), ("Harbour Dental", "dentist"))
    )
    _, names = offered(cast, edit_field="trade")
    assert "Dentist" in names
    assert not any("62020" in name for name in names)
    asked = {"edit_field": "trade", "edit_op": "is", "edit_found": ""}
    named = "Information technology consultancy activities (62020)"
    for find in ("tech consult", "6202"):
        assert named in offered(cast, **asked, edit_find=find)[1]
    # What is chosen stays there, whatever is looked for next.
    assert named in offered(cast, **asked, edit_find="dentist", edit_choice="62020")[1]
    query = {"where": "trade:is:62020,99998"}
    listed = as_person(cast.ben).get("/leads/", query).content.decode()
    assert f"/leads/{it.pk}/" in listed
    assert f"/leads/{shop.pk}/" not in listed
    assert "Information technology consultancy" in listed
    for words in ("consultancy", "technology consult"):
        found = as_person(cast.ben).get("/leads/", {"q": words}).content.decode()
        assert f"/leads/{it.pk}/" in found, words
        assert f"/leads/{shop.pk}/" not in found


def test_very_many_origins_that_nobody_knows_are_asked_for_at_once(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    origin = OriginFactory(lead__organisation__tenant=cast.tenant, label="A fair", url="")
    groups = [[str(uuid7()) for _ in range(50)] for _ in range(20)]
    groups[-1].append(str(origin.ref))
    where = [f"origin:is:{','.join(group)}" for group in groups]
    ada = as_person(cast.ada)
    with django_assert_max_num_queries(16):
        page = ada.get("/leads/", {"or1": where})
    assert list(page.context["leads"]) == [origin.lead]
    assert "A fair" in page.content.decode()


def test_a_campaign_of_long_ago_is_found_by_its_name(cast: Cast) -> None:
    for number in range(201):
        CampaignFactory(tenant=cast.tenant, name=f"Dentists {number:03}", created_by=cast.ben)
    assert "Dentists 000" not in offered(cast, edit_field="origin")[1]
    asked = {"edit_field": "origin", "edit_op": "is", "edit_find": "dent 000"}
    assert offered(cast, **asked)[1] == ["Dentists 000"]
    old, *_ = Campaign.of(cast.tenant).order_by("pk")
    assert str(old.pk) in offered(cast, **asked, edit_choice=str(old.pk))[0]
    theirs = CampaignFactory(tenant=cast.other, name="Dentists 000 of others")
    assert str(theirs.pk) not in offered(cast, **asked)[0]
