"""People sign in with their e-mail address, and every company has its own rows."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from crm.ids import uuid7
from crm.tenants.models import Membership, Role, User
from crm.tenants.permissions import GRANTS, Permission, may
from tests.factories.tenants import UserFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet harbour at dawn"


@pytest.fixture
def ben(cast: Cast) -> User:
    cast.ben.set_password(PASSWORD)
    cast.ben.save()
    return cast.ben


def sign_in(client: Client, email: str, password: str, **more: str) -> Any:
    return client.post("/sign-in/", {"username": email, "password": password} | more)


@pytest.mark.parametrize("change", [str.lower, str.upper, str.title])
def test_the_case_of_the_address_does_not_matter(client: Client, ben: User, change: Any) -> None:
    answer = sign_in(client, change(ben.email), PASSWORD)
    assert answer.headers["Location"] == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("email", "password"),
    [("ben@acme.example", "wrong"), ("nobody@acme.example", PASSWORD), ("", ""), ("\x00", "\x00")],
)
def test_a_wrong_sign_in_is_refused_without_saying_what_was_wrong(
    client: Client, ben: User, email: str, password: str
) -> None:
    answer = sign_in(client, email, password)
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    if email == "ben@acme.example":
        said = "E-mail or password is not right. Passwords are case-sensitive."
        assert said in answer.content.decode()


def test_whoever_is_gone_from_the_company_signs_in_no_more(client: Client, ben: User) -> None:
    ben.is_active = False
    ben.save()
    sign_in(client, ben.email, PASSWORD)
    assert "_auth_user_id" not in client.session


def test_after_signing_in_one_is_where_one_wanted_to_be(client: Client, ben: User) -> None:
    asked = client.get("/leads/?tier=hot")
    assert asked.headers["Location"] == "/sign-in/?next=/leads/%3Ftier%3Dhot"
    answer = sign_in(client, ben.email, PASSWORD, next="/leads/?tier=hot")
    assert answer.headers["Location"] == "/leads/?tier=hot"


def test_nobody_is_led_to_another_site(client: Client, ben: User) -> None:
    answer = sign_in(client, ben.email, PASSWORD, next="https://evil.example/")
    assert answer.headers["Location"] == "/"


def test_signing_out_ends_it(cast: Cast) -> None:
    browser = as_person(cast.ben)
    browser.post("/sign-out/")
    assert browser.get("/").status_code == 302


def test_two_people_cannot_share_an_address_in_another_case(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="BEN@acme.example")


def test_the_roles_may_what_the_table_says(cast: Cast) -> None:
    allowed = {
        role: {each for each in Permission if may(Membership(role=role), each)} for role in Role
    }
    assert allowed[Role.OWNER] == set(Permission)
    assert allowed[Role.MANAGER] == set(Permission) - {Permission.OWN}
    beyond_a_rep = {
        Permission.OWN, Permission.ADMINISTER, Permission.SEE_EVERYTHING, Permission.MAKE_TAGS,
        Permission.SEE_KEYS, Permission.MANAGE_KEYS,
    }  # fmt: skip
    assert allowed[Role.REP] == set(Permission) - beyond_a_rep
    assert allowed[Role.VIEWER] == {Permission.SEE_LEADS}
    assert set(GRANTS) == set(Role)
    assert not may(None, Permission.SEE_LEADS)


def test_of_gives_the_rows_of_one_company(cast: Cast) -> None:
    names = {row.user.name for row in Membership.of(cast.tenant)}
    assert names == {"Ada", "Ben", "Vera"}
    assert {row.user.name for row in Membership.of(cast.other)} == {"Charlie"}


def test_ids_sort_by_time_and_cannot_be_counted() -> None:
    made = [uuid7() for _ in range(5_000)]
    assert made == sorted(made)
    assert len(set(made)) == 5_000
    assert {each.version for each in made} == {7}


def test_the_pages_of_errors_are_shown_under_the_strict_policy(cast: Cast) -> None:
    answer = as_person(cast.ben).get("/leads/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_menu_on_phones_says_who_one_is(cast: Cast) -> None:
    cast.join("Mia", Role.MANAGER)
    for person, role in ((User.objects.get(name="Mia"), "Manager"), (cast.ben, "Rep")):
        page = as_person(person).get("/").content.decode()
        menu = page.partition('<details class="me">')[2].partition("</details>")[0]
        assert f"<b>{person.name}</b>" in menu
        assert f"{role}, {cast.tenant.name}" in menu
        assert 'action="/sign-out/"' in menu
        assert ('href="/admin/"' in menu) == (role == "Manager")


def test_nobody_is_told_to_ask_themselves(cast: Cast) -> None:
    mia = cast.join("Mia", Role.MANAGER)
    said = {
        who: as_person(who).get("/people/").content.decode() for who in (cast.ada, mia, cast.ben)
    }
    assert "somebody new, ask" not in said[cast.ada]
    assert "another owner" not in said[cast.ada]
    assert "For another owner, ask Ada." in said[mia]
    assert "For another role, another team, or somebody new, ask Ada or Mia." in said[cast.ben]
