"""A second person comes in: a manager adds them and hands over a link that works once."""

import re
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from crm.ledger.models import AuditEntry
from crm.tenants import password_link
from crm.tenants.models import Membership, Role, User
from tests.factories.tenants import UserFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet harbour at dawn"
MEMBERS = "/admin/tenants/membership/"
DORA = {"email": "Dora@Acme.example", "name": "Dora", "role": Role.REP}
GONE = "This link works no longer."


def add(by: User, **given: str) -> Any:
    return as_person(by).post(f"{MEMBERS}add/", DORA | given, follow=True)


def link_in(answer: Any) -> str:
    found = re.search(r'http://testserver(/set-password/[^"<]+)', answer.content.decode())
    return found[1] if found else ""


def new_link(by: User, to: User) -> Any:
    row = Membership.across_tenants.get(user=to)
    sent = {"action": "new_password_link", "_selected_action": str(row.pk)}
    return as_person(by).post(MEMBERS, sent, follow=True)


def test_somebody_new_sets_a_password_and_lands_on_the_dashboard(cast: Cast) -> None:
    link = link_in(add(cast.ada))
    dora = User.objects.get(email="dora@acme.example")
    assert not dora.has_usable_password()
    browser = Client()
    assert "Dora, you sign in as dora@acme.example." in browser.get(link).content.decode()
    answer = browser.post(link, {"password": PASSWORD}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert answer.context["user"] == dora
    later = Client()
    later.post("/sign-in/", {"username": "DORA@acme.example", "password": PASSWORD})
    assert later.get("/").status_code == 200
    assert Membership.of(cast.tenant).get(user=dora).role == Role.REP
    verbs = AuditEntry.objects.filter(target="Dora, rep").order_by("id")
    assert [(entry.actor, entry.verb) for entry in verbs] == [
        ("Ada", "created"),
        ("Ada", "made a password link for"),
        ("Dora", "set a password by link as"),
    ]


def test_the_link_is_shown_once(cast: Cast) -> None:
    ada = as_person(cast.ada)
    answer = ada.post(f"{MEMBERS}add/", DORA, follow=True)
    assert link_in(answer)
    assert "ends when they sign in" in answer.content.decode()
    assert not link_in(ada.get(MEMBERS))


def test_the_link_works_once(cast: Cast) -> None:
    link = link_in(add(cast.ada))
    Client().post(link, {"password": PASSWORD})
    for method in ("get", "post"):
        answer = getattr(Client(), method)(link, {"password": "another harbour at dusk"})
        assert answer.status_code == 410
        assert GONE in answer.content.decode()
    assert User.objects.get(name="Dora").check_password(PASSWORD)


@pytest.mark.parametrize(("days", "status"), [(2, 200), (4, 410)])
def test_the_link_works_for_three_days(cast: Cast, days: int, status: int) -> None:
    link = link_in(add(cast.ada))
    then = datetime.now() + timedelta(days=days)
    with patch.object(password_link._Tokens, "_now", lambda tokens: then):
        assert Client().get(link).status_code == status


@pytest.mark.parametrize("password", ["", "short", "password1", "dora@acme.example", "123456789"])
def test_a_weak_password_is_asked_again(cast: Cast, password: str) -> None:
    link = link_in(add(cast.ada))
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
    answer = add(cast.ada, email="boss@acme.example")
    assert Membership.of(cast.tenant).filter(user=boss).exists()
    assert not link_in(answer)
    assert not link_in(new_link(cast.ada, boss))
    boss.refresh_from_db()
    assert boss.check_password(PASSWORD)


@pytest.mark.parametrize("role", Role)
def test_only_owners_make_owners(cast: Cast, role: Role) -> None:
    mia = cast.join("Mia", Role.MANAGER)
    add(mia, role=role)
    assert Membership.of(cast.tenant).filter(user__name="Dora").exists() == (role != Role.OWNER)
    add(cast.ada, role=role, email="eve@acme.example", name="Eve")
    assert Membership.of(cast.tenant).get(user__name="Eve").role == role


def test_reps_and_viewers_add_nobody(cast: Cast) -> None:
    for person in (cast.ben, cast.vera):
        assert add(person).status_code == 403
    assert not User.objects.filter(name="Dora").exists()


def test_somebody_without_a_company_joins_but_no_old_password_lets_them_in(cast: Cast) -> None:
    dora = UserFactory(name="Dora Old", email="dora@acme.example", password="")
    dora.set_password(PASSWORD)
    dora.save()
    assert link_in(add(cast.ada))
    dora.refresh_from_db()
    assert Membership.of(cast.tenant).get(user=dora).role == Role.REP
    assert not dora.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("BEN@acme.example", "Ben is a member already."),
        ("charlie@rival.example", "This address belongs to another company here."),
        ("nobody", "Enter a valid email address."),
    ],
)
def test_who_can_not_join_is_said_in_the_form(cast: Cast, email: str, said: str) -> None:
    answer = add(cast.ada, email=email)
    assert said in answer.content.decode()
    assert not link_in(answer)
    assert Membership.of(cast.tenant).count() == 3
    assert cast.charlie.memberships.count() == 1


def test_a_closed_account_does_not_join(cast: Cast) -> None:
    UserFactory(name="Dora", email="dora@acme.example", is_active=False)
    assert "The account of this address is closed." in add(cast.ada).content.decode()


def test_the_sign_in_page_says_whom_to_ask() -> None:
    said = Client().get("/sign-in/").content.decode()
    assert "they can hand you a link under Admin, Members." in said
