"""Signed out in the middle of work: every sender is led to sign in, and back to a page."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
SOME = "0190a000-0000-7000-8000-000000000000"
HERE = "http://testserver"


def post(client: Client, **headers: str) -> Any:
    return client.post(f"/campaigns/{SOME}/more/", headers=headers)


def test_a_fragment_sends_the_whole_page_to_sign_in(client: Client) -> None:
    asked = {"HX-Request": "true", "HX-Current-URL": f"{HERE}/campaigns/{SOME}/?a=1"}
    answer = client.get(f"/campaigns/{SOME}/progress/", headers=asked)
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == f"/sign-in/?next=/campaigns/{SOME}/%3Fa%3D1"
    assert answer.content == b""


def test_a_fragment_of_another_site_s_page_leads_to_no_page(client: Client) -> None:
    asked = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/leads/"}
    answer = client.get(f"/campaigns/{SOME}/progress/", headers=asked)
    assert answer.headers["HX-Redirect"] == "/sign-in/"


def test_a_form_leads_back_to_the_page_it_stood_on(client: Client) -> None:
    answer = post(client, Referer=f"{HERE}/campaigns/{SOME}/?a=1#top")
    assert answer.headers["Location"] == f"/sign-in/?next=/campaigns/{SOME}/%3Fa%3D1"


@pytest.mark.parametrize(
    "referer", ["", "https://evil.example/leads/", "//evil.example/", "http://["]
)
def test_a_form_from_elsewhere_leads_to_no_page(client: Client, referer: str) -> None:
    assert post(client, Referer=referer).headers["Location"] == "/sign-in/"
