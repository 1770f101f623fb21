"""Tags: put on, taken off, shown in a few places, merged."""

from typing import Any

import pytest

from crm.ledger.models import AuditEntry
from leads.models import Lead, TimelineEntry
from leads.own import tags
from leads.records.custom import Tag, Tagging
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.factories.own import TagFactory, TaggingFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast: Cast) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), owner=cast.ben)


def on(lead: Lead) -> list[str]:
    names = Tagging.of(lead.tenant).filter(lead=lead).order_by("tag__name")
    return list(names.values_list("tag__name", flat=True))


def put(cast: Cast, lead: Lead, name: str, *, by: str = "ben", **headers: str) -> Any:
    person = as_person(getattr(cast, by))
    return person.post(f"/leads/{lead.pk}/tags/", {"name": name}, headers=headers)


def test_a_rep_puts_on_what_exists_whatever_its_case(cast: Cast, lead: Lead) -> None:
    TagFactory(tenant=cast.tenant, name="Moves house")
    assert put(cast, lead, "  moves   HOUSE ").status_code == 302
    assert on(lead) == ["Moves house"]
    assert "Moves house" in as_person(cast.ben).get(f"/leads/{lead.pk}/").content.decode()
    told = TimelineEntry.of(cast.tenant).get(lead=lead, kind="field")
    assert (told.text, told.by) == ("Tagged “Moves house”.", cast.ben)
    assert AuditEntry.objects.filter(verb="tagged", target_id=str(lead.pk)).count() == 1


def test_a_manager_makes_a_new_one_there_and_a_rep_is_told_whom_to_ask(
    cast: Cast, lead: Lead
) -> None:
    TagFactory(tenant=cast.tenant)
    answer = put(cast, lead, "Decides slowly", **{"HX-Request": "true"})
    assert answer.status_code == 422
    assert "ask an owner or manager to add it" in answer.content.decode()
    assert 'value="Decides slowly"' in answer.content.decode()
    put(cast, lead, "Decides slowly", by="ada")
    assert on(lead) == ["Decides slowly"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 300, "a\x00b", "a\u202eb"])
def test_a_name_that_is_none_is_refused(cast: Cast, lead: Lead, name: str) -> None:
    answer = put(cast, lead, name, by="ada", **{"HX-Request": "true"})
    assert answer.status_code == 422
    assert not Tag.of(cast.tenant).exists()


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "🦊", "שלום", '"quoted"'])
def test_any_other_name_is_one(cast: Cast, lead: Lead, name: str) -> None:
    put(cast, lead, name, by="ada")
    assert on(lead) == [name]
    for path in (f"/leads/{lead.pk}/", "/leads/", "/board/"):
        assert "<script>alert" not in as_person(cast.ben).get(path).content.decode()


def test_two_people_who_add_the_same_both_find_it_there_once(cast: Cast, lead: Lead) -> None:
    TagFactory(tenant=cast.tenant, name="Priority")
    for by in ("ben", "ada"):
        assert put(cast, lead, "Priority", by=by).status_code == 302
    assert on(lead) == ["Priority"]
    assert TimelineEntry.of(cast.tenant).filter(lead=lead).count() == 1


def test_taking_it_off_twice_is_no_mistake(cast: Cast, lead: Lead) -> None:
    tagging = TaggingFactory(lead=lead)
    for _ in range(2):
        answer = as_person(cast.ben).post(f"/leads/{lead.pk}/tags/{tagging.tag.pk}/off/")
        assert answer.status_code == 302
    assert on(lead) == []
    assert TimelineEntry.of(cast.tenant).filter(lead=lead).count() == 1


def test_tags_of_another_company_do_not_exist(cast: Cast, lead: Lead) -> None:
    theirs = TagFactory(tenant=cast.other, name="Rivals' tag")
    assert put(cast, lead, theirs.name).status_code == 302
    assert on(lead) == []
    off = as_person(cast.ben).post(f"/leads/{lead.pk}/tags/{theirs.pk}/off/")
    assert off.status_code == 404
    for path in ("/leads/", "/board/"):
        answer = as_person(cast.ben).get(path, {"tag": theirs.pk})
        assert "Rivals" not in answer.content.decode()
        assert "Left out" in answer.content.decode()


def test_a_viewer_sees_tags_and_changes_none(cast: Cast, lead: Lead) -> None:
    tagging = TaggingFactory(lead=lead)
    vera = as_person(cast.vera)
    page = vera.get(f"/leads/{lead.pk}/").content.decode()
    assert tagging.tag.name in page
    assert "/tags/" not in page
    assert vera.post(f"/leads/{lead.pk}/tags/", {"name": "x"}).status_code == 403


def test_a_card_and_a_row_show_three_and_say_how_many_more(cast: Cast, lead: Lead) -> None:
    for name in "ABCDEF":
        TaggingFactory(lead=lead, tag=TagFactory(tenant=cast.tenant, name=f"Tag {name}"))
    for path in ("/leads/", "/board/"):
        page = as_person(cast.ben).get(path).content.decode()
        shown = page[page.index('<span class="tags">') :][:900]
        assert "Tag C</span>" in shown
        assert "+3" in shown
        assert 'title="Tag D, Tag E, Tag F"' in shown


@pytest.mark.parametrize("path", ["/leads/", "/board/"])
def test_tags_cost_one_question_however_many_there_are(
    cast: Cast, path: str, django_assert_max_num_queries: Any
) -> None:
    ben = as_person(cast.ben)
    tag = TagFactory(tenant=cast.tenant)

    def add(many: int) -> None:
        for _ in range(many):
            organisation = OrganisationFactory(tenant=cast.tenant)
            TaggingFactory(lead=LeadFactory(organisation=organisation), tag=tag)

    add(2)
    with django_assert_max_num_queries(40) as few:
        ben.get(path)
    add(20)
    with django_assert_max_num_queries(len(few)):
        ben.get(path)


def test_any_of_several_tags_is_what_the_filter_means(cast: Cast) -> None:
    first, second, third = (TagFactory(tenant=cast.tenant) for _ in range(3))
    marked = [
        TaggingFactory(lead__organisation__tenant=cast.tenant, tag=tag).lead
        for tag in (first, second, third)
    ]
    both = as_person(cast.ben).get("/leads/", {"tag": [first.pk, second.pk]})
    assert set(both.context["leads"]) == set(marked[:2])


def test_merging_leaves_every_lead_the_other_tag_once(cast: Cast, lead: Lead) -> None:
    old, new = TagFactory(tenant=cast.tenant), TagFactory(tenant=cast.tenant, name="New")
    TaggingFactory(lead=lead, tag=old)
    TaggingFactory(lead=lead, tag=new)
    other = TaggingFactory(lead__organisation__tenant=cast.tenant, tag=old).lead
    assert tags.merge(old, into=new, by=cast.ada) == 2
    assert on(lead) == on(other) == ["New"]
    assert not Tag.of(cast.tenant).filter(pk=old.pk).exists()


def test_more_than_is_merged_at_once_is_refused_with_what_to_do(
    cast: Cast, lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tags, "MOST_AT_ONCE", 1)
    old, new = TagFactory(tenant=cast.tenant), TagFactory(tenant=cast.tenant, name="New")
    for each in (lead, LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))):
        TaggingFactory(lead=each, tag=old)
    given = {"name": old.name, "tone": old.tone, "merge_into": str(new.pk)}
    answer = as_person(cast.ada).post(f"/admin/leads/tag/{old.pk}/change/", given)
    assert "is on more than 1 leads, which is too many to merge" in answer.content.decode()
    with pytest.raises(tags.TagRefused, match="too many"):
        tags.merge(old, into=new, by=cast.ada)
    assert on(lead) == [old.name]
    assert tags.merge(new, into=old, by=cast.ada) == 0
