"""The administration's own doors, each tried on every model that it shows, by a stranger."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import ForeignKey, Model
from django.test import Client, RequestFactory

from crm.tenants.models import Membership, TenantModel
from tests.people import Cast, as_person
from tests.walls.conftest import SECRET

MODELS = [model for model in admin.site._registry if issubclass(model, TenantModel)]
LOOKUPS = ("__id__exact", "__exact", "__in")
Found = Iterator[str]


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


def of_every_model(door: Callable[[Client, Any, Any, Cast], Found], rows: Any, cast: Cast) -> None:
    """Try a door on each model, which leaves nothing for the next; tell all that is wrong."""
    charlie, faults = as_person(cast.charlie), []
    for model in MODELS:
        sid = transaction.savepoint()
        try:
            found = list(door(charlie, theirs(rows, model), model, cast))
        except Exception as error:
            found = [repr(error)]
        transaction.savepoint_rollback(sid)
        faults += [f"{model.__name__}: {fault}" for fault in found]
    assert faults == []


def test_no_lookup_of_a_list_reaches_their_rows(rows: dict[str, Any], cast: Cast) -> None:
    of_every_model(lookups, rows, cast)


def lookups(charlie: Client, row: Any, model: Any, cast: Cast) -> Found:
    plain = [{"id": row.pk}, {"q": SECRET}]
    asked = [{"id__in": row.pk}, {"tenant": row.tenant_id}, {"tenant__name__startswith": SECRET}]
    asked += [{"all": ""}, {"p": "2"}, {"_facets": "True"}]
    for name in relations(model):
        if held := getattr(row, f"{name}_id"):
            plain.append({name: held})
            asked += [{f"{name}{lookup}": held} for lookup in LOOKUPS]
    # A popup is another page of the same rows: whatever lookup reads them, it gets the same ones.
    popups = [each | {"_popup": "1", "_to_field": "id"} for each in plain]
    for query in plain + asked + popups:
        answer = charlie.get(f"/admin/{label(model)}/", query, follow=True)
        if answer.status_code not in (200, 400) or SECRET in said(answer):
            yield f"{query}: {answer.status_code}"


def test_no_page_of_their_row_opens_in_a_popup(rows: dict[str, Any], cast: Cast) -> None:
    of_every_model(popups, rows, cast)


def popups(charlie: Client, row: Any, model: Any, cast: Cast) -> Found:
    before, sent_on = values(row), set()
    for page in ("change", "delete", "history"):
        path = f"/admin/{label(model)}/{row.pk}/{page}/?_popup=1&_to_field=id"
        for answer in (charlie.get(path), charlie.post(path, {"post": "yes"})):
            if SECRET in said(answer) or answer.status_code == 500:
                yield f"{page}: {answer.status_code}"
            sent_on.add(answer.headers.get("Location"))
    # What they had to tell stands on the page to which they send on.
    for url in sent_on - {None}:
        answer = charlie.get(url, follow=True)
        if SECRET in said(answer) or answer.status_code == 500:
            yield f"{url}: {answer.status_code}"
    if values(row) != before:
        yield "it is changed"


def test_their_row_is_not_saved_as_a_new_one(rows: dict[str, Any], cast: Cast) -> None:
    of_every_model(saving_as_new, rows, cast)


def saving_as_new(charlie: Client, row: Any, model: Any, cast: Cast) -> Found:
    ours = model.of(cast.other).count()
    sent = {name: str(value) for name, value in values(row).items()} | {"_saveasnew": "1"}
    sent |= {name.removesuffix("_id"): value for name, value in sent.items()}
    before = values(row)
    answer = charlie.post(f"/admin/{label(model)}/{row.pk}/change/", sent)
    if answer.status_code not in (302, 403):
        yield str(answer.status_code)
    if values(row) != before or model.of(cast.other).count() != ours:
        yield "it is changed, or there is a new one"


def test_no_action_touches_their_row(rows: dict[str, Any], cast: Cast) -> None:
    of_every_model(actions, rows, cast)


def actions(charlie: Client, row: Any, model: Any, cast: Cast) -> Found:
    request = RequestFactory().get("/")
    request.user, request.tenant = cast.charlie, cast.other  # type: ignore[attr-defined]
    request.membership = Membership.of(cast.other).get()  # type: ignore[attr-defined]
    before = values(row)
    for name in admin.site._registry[model].get_actions(request):
        for more in ({}, {"post": "yes"}, {"step": "do", "picked": f"{row.pk.hex}00000000"}):
            sent = {"action": name, ACTION_CHECKBOX_NAME: str(row.pk)} | more
            if SECRET in said(charlie.post(f"/admin/{label(model)}/", sent, follow=True)):
                yield name
    if values(row) != before:
        yield "it is changed"


def test_no_form_takes_ids_of_their_rows(rows: dict[str, Any], cast: Cast) -> None:
    """Every field of the row is sent along, forged, to each form that saves something."""
    of_every_model(forged, rows, cast)


def forged(charlie: Client, row: Any, model: Any, cast: Cast) -> Found:
    own = model.of(cast.other).first()
    sent = {name: str(value) for name, value in values(row).items() if value is not None}
    sent |= {name: str(getattr(row, f"{name}_id")) for name in relations(model)}
    paths = [f"/admin/{label(model)}/add/"]
    paths += [f"/admin/{label(model)}/{own.pk}/change/"] if own else []
    for path in paths:
        answer = charlie.post(path, sent)
        if answer.status_code >= 500:
            yield f"{path}: {answer.status_code}"
    for each in model.of(cast.other):
        yield from of_two_companies(each)


def of_two_companies(row: Any) -> Found:
    """What the row refers to that is not of its own company."""
    for name in relations(type(row)):
        other = getattr(row, name)
        if isinstance(other, TenantModel):
            if other.tenant_id != row.tenant_id:
                yield name
        elif other is not None and hasattr(other, "memberships"):
            # Whoever made a row may have left since; nobody is from another company alone.
            companies = set(other.memberships.values_list("tenant", flat=True))
            if companies and row.tenant_id not in companies:
                yield name


def test_no_filter_of_a_list_offers_their_rows(rows: dict[str, Any], cast: Cast) -> None:
    of_every_model(filters, rows, cast)


def filters(charlie: Client, row: Any, model: Any, cast: Cast) -> Found:
    if SECRET in said(charlie.get(f"/admin/{label(model)}/")):
        yield "the list"
    if own := model.of(cast.other).first():
        for page in ("change", "delete", "history"):
            answer = charlie.get(f"/admin/{label(model)}/{own.pk}/{page}/", follow=True)
            if SECRET in said(answer):
                yield page


def test_the_confirmation_counts_the_company_s_own_rows_alone(
    rows: dict[str, Any], cast: Cast
) -> None:
    """Each of our rows is looked at by what the product itself would delete with it."""
    ada = as_person(cast.ada)
    for model in MODELS:
        answer = ada.get(f"/admin/{label(model)}/{theirs(rows, model).pk}/delete/", follow=True)
        assert "Rival" not in said(answer), model.__name__
