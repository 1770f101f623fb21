"""What is said to whoever looks after the installation where they may not go, and the way on."""

from typing import Any

import pytest

from crm.tenants.models import Membership, User
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
WAYS = ('href="/support/"', 'href="/operations/"', 'href="/admin/"')


def test_their_first_page_leads_on(db: None, root: User) -> None:
    root.set_password("a quiet harbour at dawn")
    root.save()
    browser = as_person(root)
    answer = browser.get("/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "You look after this installation and belong to none of its companies" in page
    assert all(way in page for way in WAYS)
    browser.logout()
    given = {"username": root.email, "password": "a quiet harbour at dawn"}
    answer = browser.post("/sign-in/", given)
    assert answer.headers["Location"] == "/support/"


def test_a_superuser_who_is_a_member_begins_as_members_do(cast: Cast) -> None:
    cast.ada.is_superuser = True
    cast.ada.set_password("a quiet harbour at dawn")
    cast.ada.save()
    given = {"username": cast.ada.email, "password": "a quiet harbour at dawn"}
    browser = as_person(cast.ada)
    browser.logout()
    assert browser.post("/sign-in/", given).headers["Location"] == "/"


def test_the_administration_outside_says_why_no_company_is_there(
    cast: Cast, root: User, let_in: Any
) -> None:
    browser, consent = as_person(root), let_in()
    browser.post(f"/support/{consent.pk}/enter/")
    said = "You belong to no company, so no company’s records are here"
    assert said not in browser.get("/admin/").content.decode()
    as_person(cast.ada).post(f"/support/consent/{consent.pk}/end/")
    told = " ".join(browser.get("/admin/", follow=True).content.decode().split())
    assert "Ada has ended the consent of Acme Cabling. You are outside again." in told
    assert "ask an owner to let support in again, under Support access" in told
    page = browser.get("/admin/").content.decode()
    assert said in page
    assert 'href="/support/"' in page


def test_inside_it_is_said_what_support_may_not_and_who_does(
    cast: Cast, root: User, let_in: Any
) -> None:
    browser = as_person(root)
    browser.post(f"/support/{let_in().pk}/enter/")
    page = browser.get("/campaigns/new/").content.decode()
    assert (
        "You are inside Acme Cabling as support, to look only: you may not run campaigns." in page
    )
    page = browser.get("/support/consent/").content.decode()
    assert "the owners of Acme Cabling do that themselves." in page


def test_others_are_told_whom_to_ask(cast: Cast) -> None:
    page = as_person(cast.ben).get("/support/").content.decode()
    assert "ask one of its owners to let support in" in page
    Membership.of(cast.tenant).filter(user=cast.ben).update(role="manager")
    page = as_person(cast.ben).get("/support/consent/").content.decode()
    assert "As a manager you may not look after owners" in page
    assert "Ask an owner to change that." in page
