"""A manager hands a member a link by which they set a password, once."""

import re
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from crm.ledger.models import AuditEntry
from crm.tenants import password_link
from crm.tenants.models import Membership, Role, User
from tests.factories.tenants import MembershipFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet harbour at dawn"
MEMBERS = "/admin/tenants/membership/"
GONE = "This link works no longer."


@pytest.fixture
def dora(cast: Cast) -> User:
    """A member who has no password yet."""
    person = cast.join("Dora", Role.REP)
    person.set_unusable_password()
    person.save()
    return person


def link_in(answer: Any) -> str:
    found = re.search(r'http://testserver(/set-password/[^"<]+)', answer.content.decode())
    return found[1] if found else ""


def new_link(by: User, to: User) -> Any:
    row = to.memberships.get(tenant=by.memberships.get().tenant)
    sent = {"action": "new_password_link", "_selected_action": str(row.pk)}
    return as_person(by).post(MEMBERS, sent, follow=True)


def test_a_member_sets_a_password_and_lands_on_the_dashboard(cast: Cast, dora: User) -> None:
    link = link_in(new_link(cast.ada, dora))
    browser = Client()
    assert "Dora, you sign in as dora@acme.example." in browser.get(link).content.decode()
    answer = browser.post(link, {"password": PASSWORD}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert answer.context["user"] == dora
    later = Client()
    later.post("/sign-in/", {"username": "DORA@acme.example", "password": PASSWORD})
    assert later.get("/").status_code == 200
    verbs = AuditEntry.objects.filter(target="Dora, rep").order_by("id")
    assert [(entry.actor, entry.verb) for entry in verbs][:2] == [
        ("Ada", "made a password link for"),
        ("Dora", "set a password by link as"),
    ]


def test_the_link_is_shown_once(cast: Cast, dora: User) -> None:
    ada = as_person(cast.ada)
    row = Membership.across_tenants.get(user=dora)
    sent = {"action": "new_password_link", "_selected_action": str(row.pk)}
    answer = ada.post(MEMBERS, sent, follow=True)
    assert link_in(answer)
    assert "ends when they sign in" in answer.content.decode()
    assert not link_in(ada.get(MEMBERS))


def test_the_link_works_once(cast: Cast, dora: User) -> None:
    link = link_in(new_link(cast.ada, dora))
    Client().post(link, {"password": PASSWORD})
    for method in ("get", "post"):
        answer = getattr(Client(), method)(link, {"password": "another harbour at dusk"})
        assert answer.status_code == 410
        assert GONE in answer.content.decode()
    dora.refresh_from_db()
    assert dora.check_password(PASSWORD)


@pytest.mark.parametrize(("days", "status"), [(2, 200), (4, 410)])
def test_the_link_works_for_three_days(cast: Cast, dora: User, days: int, status: int) -> None:
    link = link_in(new_link(cast.ada, dora))
    then = datetime.now() + timedelta(days=days)
    with patch.object(password_link._Tokens, "_now", lambda tokens: then):
        assert Client().get(link).status_code == status


@pytest.mark.parametrize("password", ["", "short", "password1", "dora@acme.example", "123456789"])
def test_a_weak_password_is_asked_again(cast: Cast, dora: User, password: str) -> None:
    link = link_in(new_link(cast.ada, dora))
    answer = Client().post(link, {"password": password})
    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()
    assert Client().get(link).status_code == 200


@pytest.mark.parametrize("uid", ["x", "bm9ib2R5", "AAAA", "é", "a" * 500])
def test_a_forged_link_is_gone(uid: str) -> None:
    assert Client().get(f"/set-password/{uid}/not-a-token/").status_code == 410


def test_who_became_an_owner_since_has_no_manager_s_link(cast: Cast) -> None:
    link = link_in(new_link(cast.join("Mia", Role.MANAGER), cast.ben))
    Membership.of(cast.tenant).filter(user=cast.ben).update(role=Role.OWNER)
    assert Client().get(link).status_code == 410


def test_who_was_removed_has_no_link_any_more(cast: Cast) -> None:
    link = link_in(new_link(cast.ada, cast.ben))
    Membership.of(cast.tenant).filter(user=cast.ben).delete()
    assert Client().get(link).status_code == 410


def test_a_forgotten_password_is_replaced(cast: Cast) -> None:
    cast.ben.set_password("forgotten long ago")
    cast.ben.save()
    answer = new_link(cast.join("Mia", Role.MANAGER), cast.ben)
    assert AuditEntry.objects.latest("id").verb == "made a password link for"
    cast.ben.refresh_from_db()
    assert cast.ben.check_password("forgotten long ago")
    Client().post(link_in(answer), {"password": PASSWORD})
    cast.ben.refresh_from_db()
    assert cast.ben.check_password(PASSWORD)


def test_an_owner_s_link_is_made_by_owners(cast: Cast) -> None:
    answer = new_link(cast.join("Mia", Role.MANAGER), cast.ada)
    assert "Ada is an owner: only an owner can make that link." in answer.content.decode()
    assert not link_in(answer)
    assert link_in(new_link(cast.ada, cast.ada))


def test_who_looks_after_the_installation_keeps_the_password(cast: Cast) -> None:
    boss = User.objects.create_superuser("boss@acme.example", PASSWORD, name="Boss")
    MembershipFactory(tenant=cast.tenant, user=boss)
    assert not link_in(new_link(cast.ada, boss))
    boss.refresh_from_db()
    assert boss.check_password(PASSWORD)


def test_who_works_elsewhere_too_keeps_the_password(cast: Cast) -> None:
    MembershipFactory(tenant=cast.other, user=cast.ben)
    answer = new_link(cast.ada, cast.ben)
    assert "works for another company here, too" in answer.content.decode()
    assert not link_in(answer)


def test_the_sign_in_page_says_whom_to_ask() -> None:
    said = Client().get("/sign-in/").content.decode()
    assert "they can hand you a link under Admin, Members." in said
