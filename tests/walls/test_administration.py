"""The administration's own doors, each tried on every model that it shows, by a stranger."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import ForeignKey, Model
from django.test import RequestFactory

from crm.tenants.models import Membership, TenantModel
from tests.people import Cast, as_person
from tests.walls.conftest import SECRET

MODELS = [model for model in admin.site._registry if issubclass(model, TenantModel)]
LOOKUPS = ("", "__id__exact", "__exact", "__in")
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def label(model: type[Model]) -> str:
    return f"{model._meta.app_label}/{model._meta.model_name}"


def theirs(rows: dict[str, Any], model: type[Model]) -> Any:
    """A row of Ada's company; a KeyError means that `rows` must learn the model."""
    return rows[label(model)]


def values(row: Any) -> dict[str, Any]:
    return type(row)._base_manager.filter(pk=row.pk).values().get()


def relations(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.fields if isinstance(field, ForeignKey)]


def said(answer: Any) -> str:
    """The page without the words of the search, which come back in its box and its links."""
    page = answer.content.decode().replace(f'value="{SECRET}"', "")
    return page.replace(f"q={SECRET}", "").replace(f"q%3D{SECRET}", "")


@every_model
def test_no_lookup_of_a_list_reaches_their_rows(
    rows: dict[str, Any], cast: Cast, model: Any
) -> None:
    charlie, row, path = as_person(cast.charlie), theirs(rows, model), f"/admin/{label(model)}/"
    asked = [{"id": row.pk}, {"id__in": row.pk}, {"tenant": row.tenant_id}, {"q": SECRET}]
    asked += [{"tenant__name__startswith": SECRET}, {"all": ""}, {"p": "2"}, {"_facets": "True"}]
    for name in relations(model):
        held = getattr(row, f"{name}_id")
        asked += [{f"{name}{lookup}": held} for lookup in LOOKUPS if held]
    for query in asked:
        for popup in ({}, {"_popup": "1", "_to_field": "id"}):
            answer = charlie.get(path, query | popup, follow=True)
            assert answer.status_code in (200, 400), query
            assert SECRET not in said(answer), query


@every_model
def test_no_page_of_their_row_opens_in_a_popup(
    rows: dict[str, Any], cast: Cast, model: Any
) -> None:
    charlie, row = as_person(cast.charlie), theirs(rows, model)
    before = values(row)
    for page in ("change", "delete", "history"):
        path = f"/admin/{label(model)}/{row.pk}/{page}/?_popup=1&_to_field=id"
        for answer in (charlie.get(path, follow=True), charlie.post(path, {"post": "yes"})):
            assert SECRET not in said(answer), page
            assert answer.status_code != 500
    assert values(row) == before


@every_model
def test_their_row_is_not_saved_as_a_new_one(rows: dict[str, Any], cast: Cast, model: Any) -> None:
    row = theirs(rows, model)
    ours = model.of(cast.other).count()
    sent = {name: str(value) for name, value in values(row).items()} | {"_saveasnew": "1"}
    sent |= {name.removesuffix("_id"): value for name, value in sent.items()}
    before = values(row)
    answer = as_person(cast.charlie).post(f"/admin/{label(model)}/{row.pk}/change/", sent)
    assert answer.status_code in (302, 403)
    assert values(row) == before
    assert model.of(cast.other).count() == ours


@every_model
def test_no_action_touches_their_row(rows: dict[str, Any], cast: Cast, model: Any) -> None:
    charlie, row = as_person(cast.charlie), theirs(rows, model)
    request = RequestFactory().get("/")
    request.user, request.tenant = cast.charlie, cast.other  # type: ignore[attr-defined]
    request.membership = Membership.of(cast.other).get()  # type: ignore[attr-defined]
    before = values(row)
    for name in admin.site._registry[model].get_actions(request):
        for more in ({}, {"post": "yes"}, {"step": "do", "picked": f"{row.pk.hex}00000000"}):
            sent = {"action": name, ACTION_CHECKBOX_NAME: str(row.pk)} | more
            answer = charlie.post(f"/admin/{label(model)}/", sent, follow=True)
            assert SECRET not in said(answer), name
    assert values(row) == before


@every_model
def test_no_form_takes_ids_of_their_rows(rows: dict[str, Any], cast: Cast, model: Any) -> None:
    """Every field of the row above is sent along, forged, to each form that saves something."""
    row, own = theirs(rows, model), model.of(cast.other).first()
    sent = {name: str(value) for name, value in values(row).items() if value is not None}
    sent |= {name: str(getattr(row, f"{name}_id")) for name in relations(model)}
    paths = [f"/admin/{label(model)}/add/"]
    paths += [f"/admin/{label(model)}/{own.pk}/change/"] if own else []
    for path in paths:
        answer = as_person(cast.charlie).post(path, sent)
        assert answer.status_code < 500, path
    for each in model.of(cast.other):
        assert_of_one_company(each)


def assert_of_one_company(row: Any) -> None:
    """What the row refers to is of its own company, too."""
    for name in relations(type(row)):
        other = getattr(row, name)
        if isinstance(other, TenantModel):
            assert other.tenant_id == row.tenant_id, name
        elif other is not None and hasattr(other, "memberships"):
            # Whoever made a row may have left since; nobody is from another company alone.
            companies = set(other.memberships.values_list("tenant", flat=True))
            assert not companies or row.tenant_id in companies, name


@every_model
def test_no_filter_of_a_list_offers_their_rows(
    rows: dict[str, Any], cast: Cast, model: Any
) -> None:
    charlie = as_person(cast.charlie)
    assert SECRET not in said(charlie.get(f"/admin/{label(model)}/"))
    if own := model.of(cast.other).first():
        for page in ("change", "delete", "history"):
            answer = charlie.get(f"/admin/{label(model)}/{own.pk}/{page}/", follow=True)
            assert SECRET not in said(answer), page


def test_the_confirmation_counts_the_company_s_own_rows_alone(
    rows: dict[str, Any], cast: Cast
) -> None:
    """Each of our rows is looked at by what the product itself would delete with it."""
    ada = as_person(cast.ada)
    for model in MODELS:
        answer = ada.get(f"/admin/{label(model)}/{theirs(rows, model).pk}/delete/", follow=True)
        assert "Rival" not in said(answer), model.__name__
