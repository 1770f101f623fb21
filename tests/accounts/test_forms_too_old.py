"""A form sent by somebody who was signed out meanwhile, or from a page that is too old."""

import pytest
from django.test import Client

from tests.accounts.conftest import PASSWORD, sign_in
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
PAGE = "http://testserver/campaigns/?state=done"
FORM = "/campaigns/launch/"


def strict_browser() -> Client:
    return Client(enforce_csrf_checks=True)


def test_who_was_signed_out_signs_in_and_is_back_on_the_page(people: Cast) -> None:
    browser = strict_browser()
    answer = browser.post(FORM, {"kind": "healthcare"}, headers={"Referer": PAGE})
    assert answer.headers["Location"] == "/sign-in/?next=/campaigns/%3Fstate%3Ddone"
    page = browser.get(answer.headers["Location"])
    said = page.content.decode()
    assert "You were signed out meanwhile, so what you sent last was not kept." in said
    token = page.context["csrf_token"]
    given = {"next": "/campaigns/?state=done", "csrfmiddlewaretoken": str(token)}
    answer = sign_in(browser, people.ben, PASSWORD, **given)
    assert answer.headers["Location"] == "/campaigns/?state=done"


def test_a_fragment_of_who_was_signed_out_leads_the_whole_page(people: Cast) -> None:
    asked = {"HX-Request": "true", "HX-Current-URL": PAGE}
    answer = strict_browser().post(FORM, headers=asked)
    assert answer.headers["HX-Redirect"] == "/sign-in/?next=/campaigns/%3Fstate%3Ddone"


def test_a_page_from_before_another_sign_in_says_what_to_do(people: Cast) -> None:
    browser = strict_browser()
    browser.cookies = as_person(people.ben).cookies
    answer = browser.post(FORM, {"kind": "healthcare"}, headers={"Referer": PAGE})
    assert answer.status_code == 403
    said = answer.content.decode()
    assert "The form was too old" in said
    assert 'href="/campaigns/?state=done"' in said


def test_a_browser_without_cookies_is_told_so(people: Cast) -> None:
    answer = strict_browser().post("/sign-in/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "Your browser sent no cookie" in answer.content.decode()
