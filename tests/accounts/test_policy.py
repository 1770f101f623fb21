"""A company that asks everybody for a second factor."""

from collections.abc import Callable

import pytest

from crm.accounts import policy
from crm.tenants.models import User
from tests.accounts.conftest import PASSWORD, browser_of, code_of
from tests.accounts.test_second_factor import set_up_app
from tests.people import Cast

pytestmark = pytest.mark.django_db
WAY = "/account/second-factor/"


@pytest.fixture
def strict(people: Cast) -> Cast:
    people.tenant.needs_second_factor = True
    people.tenant.save()
    return people


def test_who_has_none_is_led_to_set_one_up_and_back(strict: Cast) -> None:
    ben = browser_of(strict.ben)
    answer = ben.get("/leads/?tier=hot", follow=True)
    assert answer.redirect_chain == [(f"{WAY}?next=%2Fleads%2F%3Ftier%3Dhot", 302)]
    assert "Acme Cabling asks everybody for a second factor." in answer.content.decode()
    page = ben.get(f"{WAY}app/").content.decode()
    secret = page.split('account-secret">')[1].split("<")[0].replace(" ", "")
    shown = ben.post(f"{WAY}app/", {"code": code_of(secret)}).content.decode()
    assert 'href="/leads/?tier=hot"' in shown
    assert ben.get("/leads/?tier=hot").status_code == 200


def test_each_kind_of_request_is_answered_in_its_way(strict: Cast) -> None:
    ben = browser_of(strict.ben)
    fragment = ben.get("/notices/unread/", headers={"HX-Request": "true"})
    assert fragment.headers["HX-Redirect"] == WAY
    script = ben.post("/leads/x/", headers={"Accept": "application/json"})
    assert script.status_code in (403, 404)
    script = ben.get("/board/", headers={"Accept": "application/json"})
    assert script.status_code == 403
    assert "Your company asks for a second factor." in script.json()["message"]
    assert ben.get("/admin/").headers["Location"] == f"{WAY}?next=%2Fadmin%2F"


def test_signing_out_and_the_account_stay_open(strict: Cast) -> None:
    ben = browser_of(strict.ben)
    assert ben.get("/account/").status_code == 200
    assert ben.post("/sign-out/").headers["Location"] == "/sign-in/"


def test_another_company_s_rule_is_its_own(strict: Cast) -> None:
    assert browser_of(strict.charlie).get("/").status_code == 200


def test_an_owner_is_told_how_many_have_none(people: Cast, with_app: Callable[[User], str]) -> None:
    assert policy.notes(people.tenant) == [
        "3 members have none yet: each sets one up before the next page they open."
    ]
    for person in (people.ada, people.ben):
        with_app(person)
    assert [each.user for each in policy.lacking(people.tenant)] == [people.vera]
    with_app(people.vera)
    assert policy.notes(people.tenant) == ["Everybody here has one."]


def test_who_removes_the_last_one_is_asked_again(strict: Cast) -> None:
    ben = browser_of(strict.ben)
    set_up_app(ben)
    assert ben.get("/").status_code == 200
    ben.post("/account/confirm/", {"password": PASSWORD})
    ben.post(f"{WAY}app/remove/")
    assert ben.get("/").headers["Location"] == f"{WAY}?next=%2F"
