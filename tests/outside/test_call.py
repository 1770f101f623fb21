"""What a call to a vendor comes to."""

import gzip
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from crm import http
from crm.outside.errors import (
    Away,
    Forbidden,
    Later,
    NotAccepted,
    NotReadable,
    NotThere,
    Outside,
    Refused,
    TooBig,
)
from crm.outside.pace import InTransaction
from crm.outside.services import SERVICES
from crm.work.models import Tally
from tests.outside import vendor as acts
from tests.outside.conftest import SECRET, key
from tests.outside.vendor import Vendor, answer

pytestmark = pytest.mark.django_db
QUOTA = '{"error": {"code": "insufficient_quota", "message": "You exceeded your quota."}}'
NO_MODEL = '{"error": {"code": "model_not_found", "message": "No such model."}}'
NO_CREDITS = '{"error": "Invalid API key or your account ran out of credits"}'
BAD_KEY = '{"error": {"status": "INVALID_ARGUMENT", "message": "API key not valid. Pass another."}}'


def test_an_answer_is_read_and_the_call_counted(vendor: Vendor) -> None:
    vendor.says(answer(200, '{"data": [1]}'))

    got = http.call(key(), "GET", "/account", query={"q": "a b"})

    assert got.json() == {"data": [1]}
    assert vendor.seen[0].path == "/account?q=a+b"
    assert vendor.seen[0].headers["X-API-KEY"] == SECRET
    assert Tally.objects.get(name="service:hunter").done == 1


def test_each_vendor_gets_its_key_in_its_own_way(vendor: Vendor) -> None:
    vendor.says(answer())
    for service in SERVICES:
        http.call(key(service, "abc:efgh"), "POST", "/x", json={"name": "Café"})

    sent = [seen.headers for seen in vendor.seen]
    assert sent[0]["Authorization"] == "Bearer abc:efgh"
    assert sent[1]["Authorization"] == "Basic YWJjOmVmZ2g6"
    assert [sent[2]["X-Goog-Api-Key"], sent[3]["x-api-key"], sent[4]["X-API-KEY"]] == [
        "abc:efgh"
    ] * 3
    assert vendor.seen[5].path == "/x?api_key=abc%3Aefgh"
    assert "Authorization" not in sent[5]
    assert sent[6]["Authorization"] == "Basic YWJjOmVmZ2g="
    assert sent[7]["Authorization"] == "Basic YWJjOmVmZ2g6"
    assert vendor.seen[0].body == b'{"name": "Caf\\u00e9"}'


@pytest.mark.parametrize(
    ("service", "status", "body", "error", "kind"),
    [
        ("openai", 400, "{}", NotAccepted, ""),
        ("openai", 401, "{}", Refused, "key"),
        ("openai", 403, "{}", Refused, "plan"),
        ("openai", 404, NO_MODEL, Refused, "model"),
        ("openai", 404, "{}", NotThere, None),
        ("openai", 429, QUOTA, Refused, "credit"),
        ("openai", 429, "{}", Later, None),
        ("companies_house", 404, "", NotThere, None),
        ("companies_house", 429, "", Later, None),
        ("companies_house", 401, "", Refused, "key"),
        ("google_places", 400, BAD_KEY, Refused, "key"),
        ("google_places", 400, "{}", NotAccepted, ""),
        ("google_places", 429, "{}", Later, None),
        ("apollo", 401, "Invalid access credentials.", Refused, "key"),
        ("apollo", 403, "{}", Refused, "plan"),
        ("apollo", 422, "{}", NotAccepted, ""),
        ("apollo", 429, "{}", Later, None),
        ("hunter", 403, "{}", Later, None),
        ("hunter", 429, "{}", Refused, "credit"),
        ("hunter", 451, "{}", NotAccepted, "suppress"),
        ("hunter", 418, "{}", NotAccepted, ""),
        ("hunter", 503, "{}", Away, None),
        ("zerobounce", 200, NO_CREDITS, Refused, "key"),
        ("zerobounce", 403, "", Later, None),
        ("zerobounce", 404, "", Refused, "address"),
        ("zerobounce", 400, "{}", NotAccepted, ""),
        ("zerobounce", 520, "", Away, None),
        ("twilio", 401, "{}", Refused, "key"),
        ("twilio", 403, "{}", Refused, "plan"),
        ("twilio", 404, "{}", NotAccepted, ""),
        ("twilio", 429, "{}", Later, None),
        ("clearbit", 402, "{}", Refused, "credit"),
        ("clearbit", 404, "{}", NotThere, None),
        ("clearbit", 422, "{}", NotAccepted, ""),
    ],
)
def test_each_vendor_has_its_own_row_of_reactions(
    vendor: Vendor, service: str, status: int, body: str, error: type[Outside], kind: str | None
) -> None:
    vendor.says(answer(status, body, "application/json" if body[:1] == "{" else "text/plain"))

    with pytest.raises(error) as caught:
        http.call(key(service), "GET", "/x")

    assert getattr(caught.value, "kind", None) == kind
    assert str(caught.value).endswith((".", "”"))


def test_a_refused_key_is_told_in_words(vendor: Vendor) -> None:
    vendor.says(answer(401, '{"errors": [{"details": "No user for ' + SECRET + '"}]}'))

    with pytest.raises(Refused) as caught:
        http.call(key(), "GET", "/account")

    assert str(caught.value) == (
        "Hunter refused the key that ends in wxyz. Check it under API keys. "
        "Hunter said: “No user for …”"
    )
    assert len(vendor.seen) == 1


def test_trouble_is_tried_again_and_then_told(vendor: Vendor) -> None:
    vendor.says(answer(503), acts.cut, answer(200, "[2]"))
    assert http.call(key(), "GET", "/x").json() == [2]
    assert len(vendor.seen) == 3

    vendor.says(answer(500))
    with pytest.raises(Away, match=r"error of its own \(500\)\. It was tried 3 times\."):
        http.call(key("apollo"), "GET", "/x")


@pytest.mark.parametrize("act", [answer(500), acts.cut, answer(200, "{nonsense")])
def test_what_costs_money_is_sent_once(vendor: Vendor, act: Any) -> None:
    vendor.says(act)

    with pytest.raises((Away, NotReadable)):
        http.call(key(), "POST", "/x", json={}, repeatable=False)

    assert len(vendor.seen) == 1


def test_what_costs_money_is_sent_again_where_it_was_not_done(vendor: Vendor) -> None:
    vendor.says(answer(429, Retry_After="1"), answer(200, "[3]"))

    assert http.call(key("openai"), "POST", "/x", json={}, repeatable=False).json() == [3]


def test_nobody_at_the_address_means_that_nothing_was_sent(vendor: Vendor, settings: Any) -> None:
    settings.HUNTER_URL = "http://127.0.0.1:1"

    with pytest.raises(Away, match="Hunter could not be reached") as caught:
        http.call(key(), "POST", "/x", json={}, repeatable=False)

    assert not caught.value.was_sent


@pytest.mark.parametrize("act", [acts.hang, acts.drip, acts.drip_headers])
def test_the_deadline_ends_whatever_is_slow(vendor: Vendor, settings: Any, act: Any) -> None:
    settings.VENDOR_CLOCK = 1.0
    vendor.says(act)
    began = time.monotonic()

    with pytest.raises(Away, match="Hunter did not answer in time"):
        http.call(key(), "GET", "/x", deadline=0.3)

    assert time.monotonic() - began < 1
    assert len(vendor.seen) == 1


def test_a_huge_body_is_cut_at_the_cap(vendor: Vendor) -> None:
    vendor.says(acts.huge)
    with pytest.raises(TooBig):
        http.call(key(), "GET", "/x")

    bomb = gzip.compress(gzip.compress(b" " * 60_000_000))
    vendor.says(answer(200, bomb, Content_Encoding="gzip, gzip"))
    with pytest.raises(TooBig):
        http.call(key(), "GET", "/x")


@pytest.mark.parametrize(
    "act",
    [answer(200, "<h1>Sign in</h1>", "text/html"), answer(200, '{"half":'), answer(200, "NaN")],
)
def test_what_is_no_json_is_not_taken_for_an_answer(vendor: Vendor, act: Any) -> None:
    vendor.says(act)

    with pytest.raises(NotReadable, match=r"not the JSON it promises\. It was tried 3 times"):
        http.call(key(), "GET", "/x")


def test_a_wait_is_as_long_as_they_say(vendor: Vendor, settings: Any) -> None:
    settings.VENDOR_CLOCK = 1.0
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    left = []
    for service, act in (
        ("apollo", answer(429, Retry_After="40")),
        ("openai", answer(429, Retry_After=date)),
        ("hunter", answer(403, Retry_After="50")),
        ("companies_house", answer(429)),
    ):
        vendor.says(act)
        with pytest.raises(Later) as later:
            http.call(key(service), "GET", "/x")
        left.append((later.value.until - timezone.now()).total_seconds())

    assert left == [pytest.approx(each, abs=3) for each in (40, 90, 50, 300)]


def test_while_they_want_to_be_left_alone_nobody_calls(vendor: Vendor) -> None:
    vendor.says(answer(429, Retry_After="600"))
    for _ in range(3):
        with pytest.raises(Later, match="wants to be left alone"):
            http.call(key("apollo"), "GET", "/x")

    assert len(vendor.seen) == 1


def test_a_redirect_is_not_followed_with_a_key(vendor: Vendor) -> None:
    vendor.says(answer(302, Location="http://elsewhere.example/"))

    with pytest.raises(Forbidden, match="wants to be called elsewhere"):
        http.call(key(), "GET", "/x")


def test_a_key_does_not_travel_in_the_open(vendor: Vendor, settings: Any) -> None:
    settings.HUNTER_URL = "http://api.hunter.io/v2"

    with pytest.raises(Forbidden, match="HUNTER_URL does not begin with https://"):
        http.call(key(), "GET", "/x")


@pytest.mark.parametrize("path", ["x", "/x?a=1", "/../x", "/a b", "/x#y"])
def test_a_path_that_is_none_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="is no path of Hunter"):
        http.call(key(), "GET", path)


def test_nobody_is_called_while_a_transaction_is_open(vendor: Vendor) -> None:
    with transaction.atomic(), pytest.raises(InTransaction, match="while a transaction is open"):
        http.call(key(), "GET", "/x")

    assert vendor.seen == []
