"""Whoever looks after the installation reaches a company's rows by its owner's consent alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import ForeignKey
from django.utils import timezone

from crm.support.models import Consent
from crm.tenants.models import TenantModel, User
from tests.people import Cast, as_person
from tests.walls import addresses
from tests.walls.conftest import SECRET
from tests.walls.test_walls import TO_PAGES, TO_ROWS, path_to, questions
from tests.walls.visitor import Visitor


@pytest.fixture
def root(rows: dict[str, Any]) -> User:
    """A superuser; the consent among the rows of Ada's company is over."""
    consent: Consent = rows["consent_id"]
    earlier = timezone.now() - timedelta(days=2)
    Consent.of(consent.tenant).filter(pk=consent.pk).update(
        given_at=earlier, until=earlier + timedelta(days=1)
    )
    return User.objects.create_superuser("root@here.example", name="Root")


def companies_only(address: addresses.Address) -> bool:
    """Operations sum up how much each company has to do, under its name: that stays."""
    return address.route.startswith("operations/") or address.route in ("admin/", "metrics")


def test_no_row_of_any_company_is_reached(rows: dict[str, Any], cast: Cast, root: User) -> None:
    visitor = Visitor(as_person(root))
    breaches = []
    for address in TO_ROWS:
        for method in ("get", "post"):
            answer = visitor.ask(method, path_to(address, rows))
            if SECRET in answer.content.decode() and not companies_only(address):
                breaches.append(f"{method} {address}: {answer.status_code}")
    assert breaches == []
    for page, said in visitor.told_at_last().items():
        assert SECRET not in said or page.startswith("/operations/"), page


def test_no_page_shows_a_row_of_any_company(rows: dict[str, Any], cast: Cast, root: User) -> None:
    browser = as_person(root)
    breaches = []
    for address in TO_PAGES:
        if address.route == "sign-out/" or companies_only(address):
            continue
        # Django's administration has no other form of an answer than its own.
        accepted = ("text/html",) if address.is_admin else ("text/html", "application/json")
        for query in questions(address):
            for accept in accepted:
                answer = browser.get(
                    path_to(address, rows), query, follow=True, headers={"Accept": accept}
                )
                said = answer.content.decode().replace(f'value="{SECRET}"', "")
                is_broken = answer.status_code >= 500 and address.name != "healthz"
                if SECRET in said or is_broken:
                    breaches.append(f"{address}: {answer.status_code}")
    assert breaches == []


def test_no_autocomplete_offers_rows(rows: dict[str, Any], cast: Cast, root: User) -> None:
    browser = as_person(root)
    for model in admin.site._registry:
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey):
                asked = {
                    "app_label": model._meta.app_label,
                    "model_name": model._meta.model_name,
                    "field_name": field.name,
                    "term": "",
                }
                answer = browser.get("/admin/autocomplete/", asked)
                assert SECRET not in answer.content.decode(), f"{model.__name__}.{field.name}"


def test_with_a_consent_support_sees_that_company_and_no_other(
    rows: dict[str, Any], cast: Cast, root: User
) -> None:
    theirs = {
        model: row
        for model in admin.site._registry
        if issubclass(model, TenantModel) and (row := model.of(cast.other).first())
    }
    consent = Consent.of(cast.tenant).create(
        tenant=cast.tenant, until=timezone.now() + timedelta(hours=1), may_change=True
    )
    browser = as_person(root)
    browser.post(f"/support/{consent.pk}/enter/")
    assert SECRET in browser.get("/leads/").content.decode()
    assert SECRET in browser.get("/admin/leads/lead/").content.decode()
    assert len(theirs) >= 3
    for model, row in theirs.items():
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/{row.pk}/change/"
        answer = browser.get(path)
        assert answer.status_code in (302, 404), path
