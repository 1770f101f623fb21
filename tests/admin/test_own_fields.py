"""Fields of one's own and tags in the administration: nothing is lost without a word."""

from typing import Any

import pytest

from leads.records.custom import CustomField, FieldValue, Tag, Tagging
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.factories.own import (
    CustomFieldFactory,
    FieldValueFactory,
    TagFactory,
    TaggingFactory,
)
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
FIELDS, TAGS = "/admin/leads/customfield/", "/admin/leads/tag/"


def given(**more: Any) -> dict[str, Any]:
    return {"label": "Contract", "kind": "choice", "choices": "Gold\nSilver", "position": 1} | more


def held(cast: Cast, **more: Any) -> CustomField:
    """A choice of two, of which a lead has Gold."""
    field = CustomFieldFactory(tenant=cast.tenant, **given(**more))
    FieldValueFactory(lead__organisation__tenant=cast.tenant, field=field, text="Gold")
    return field


def test_a_manager_defines_a_field_and_it_is_asked_on_leads(cast: Cast) -> None:
    ada = as_person(cast.ada)
    sent = given(choices=" Gold \n\nSilver\ngold", help_text="As signed", is_required="on")
    assert ada.post(f"{FIELDS}add/", sent).status_code == 302
    field = CustomField.of(cast.tenant).get()
    assert field.options == ["Gold", "Silver"]
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    form = ada.get(f"/leads/{lead.pk}/edit/{field.short}/").content.decode()
    assert "As signed" in form
    assert '<option value="Silver">' in form


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"choices": ""}, "Write what may be chosen, one a line."),
        ({"label": ""}, "required"),
        ({"label": "x" * 300}, "60 characters"),
        ({"label": "a\u202eb"}, "can&#x27;t be seen"),
        ({"choices": "x" * 300}, "Keep each choice to 100 characters."),
        ({"choices": "\n".join(map(str, range(101)))}, "no more than 100 choices"),
        ({"kind": "nonsense"}, "Select a valid choice"),
    ],
)
def test_a_field_that_makes_no_sense_is_sent_back(
    cast: Cast, sent: dict[str, str], said: str
) -> None:
    answer = as_person(cast.ada).post(f"{FIELDS}add/", given(**sent))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not CustomField.of(cast.tenant).exists()


def test_the_same_name_is_refused_and_belongs_to_each_company(cast: Cast) -> None:
    CustomFieldFactory(tenant=cast.other, label="Contract")
    ada = as_person(cast.ada)
    assert ada.post(f"{FIELDS}add/", given()).status_code == 302
    answer = ada.post(f"{FIELDS}add/", given(label="contract"))
    assert "There is a field of this name already." in answer.content.decode()


def test_a_choice_that_leads_have_stays_and_how_many_is_said(cast: Cast) -> None:
    field = held(cast)
    answer = as_person(cast.ada).post(f"{FIELDS}{field.pk}/change/", given(choices="Silver\nTin"))
    assert "1 lead has “Gold”" in answer.content.decode()
    kept = as_person(cast.ada).post(f"{FIELDS}{field.pk}/change/", given(choices="Gold\nTin"))
    assert kept.status_code == 302
    field.refresh_from_db()
    assert field.options == ["Gold", "Tin"]


def test_the_kind_stays_once_a_lead_has_something_in_it(cast: Cast) -> None:
    field = held(cast)
    as_person(cast.ada).post(f"{FIELDS}{field.pk}/change/", given(kind="text"))
    field.refresh_from_db()
    assert field.kind == "choice"
    FieldValue.of(cast.tenant).all().delete()
    as_person(cast.ada).post(f"{FIELDS}{field.pk}/change/", given(kind="text"))
    field.refresh_from_db()
    assert field.kind == "text"


def test_archiving_hides_a_field_and_restoring_brings_its_values_back(cast: Cast) -> None:
    field = held(cast)
    lead = FieldValue.of(cast.tenant).get().lead
    ada = as_person(cast.ada)
    for sent, is_there in ((given(archived="on"), False), (given(), True)):
        assert ada.post(f"{FIELDS}{field.pk}/change/", sent).status_code == 302
        shown = dict(ada.get(f"/leads/{lead.pk}/").context["own_fields"])
        assert (shown.get(field) == "Gold") is is_there
    for action, is_there in (("archive", False), ("restore", True)):
        ada.post(FIELDS, {"action": action, "_selected_action": str(field.pk)})
        field.refresh_from_db()
        assert (field.archived_at is None) is is_there


def test_deleting_a_field_says_first_how_many_values_go(cast: Cast) -> None:
    field = held(cast)
    ada = as_person(cast.ada)
    asked = ada.get(f"{FIELDS}{field.pk}/delete/").content.decode()
    assert "values on leads" in asked
    ada.post(f"{FIELDS}{field.pk}/delete/", {"post": "yes"})
    assert not FieldValue.of(cast.tenant).exists()


def test_tags_are_counted_and_merged(cast: Cast) -> None:
    old, new = (
        TagFactory(tenant=cast.tenant, name="Old"),
        TagFactory(tenant=cast.tenant, name="New"),
    )
    theirs = TagFactory(tenant=cast.other)
    lead = TaggingFactory(lead__organisation__tenant=cast.tenant, tag=old).lead
    ada = as_person(cast.ada)
    assert "Old" in ada.get(TAGS).content.decode()
    sent = {"name": "Old", "tone": "plain"}
    refused = ada.post(f"{TAGS}{old.pk}/change/", sent | {"merge_into": theirs.pk})
    assert refused.status_code == 200
    answer = ada.post(f"{TAGS}{old.pk}/change/", sent | {"merge_into": new.pk}, follow=True)
    assert "merged into “New”, on 1 lead." in answer.content.decode()
    assert [each.tag for each in Tagging.of(cast.tenant).filter(lead=lead)] == [new]
    assert set(Tag.of(cast.tenant)) == {new}


def test_reps_have_no_business_here(cast: Cast) -> None:
    for path in (FIELDS, TAGS, f"{FIELDS}add/"):
        assert as_person(cast.ben).get(path, follow=True).status_code == 403
