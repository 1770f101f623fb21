"""An answer that is there is not lost because something beside it can't be written down."""

from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection

from crm import http
from crm.outside import breaker
from crm.outside.errors import Away, Later
from crm.work.models import Tally
from tests import cluster
from tests.outside.conftest import key
from tests.outside.vendor import Act, Handler, Vendor, answer

HTML = "text/html; charset=utf-8"


@pytest.fixture
def losing(committed_db: None) -> Any:
    """Makes an act during which whoever asks loses the connection to the database."""
    connection.ensure_connection()
    mine = connection.connection.info.backend_pid

    def during(then: Act) -> Act:
        def act(handler: Handler) -> None:
            with psycopg.connect(cluster.running[0].url("postgres"), autocommit=True) as superuser:
                superuser.execute("SELECT pg_terminate_backend(%s, 5000)", [mine])
            then(handler)

        return act

    return during


def test_what_is_paid_for_is_given_though_it_can_t_be_counted(
    vendor: Vendor, losing: Any, caplog: Any
) -> None:
    vendor.says(losing(answer(200, '{"id": "resp_1"}')))

    got = http.call(key("openai"), "POST", "/x", json={}, repeatable=False)

    assert got.json() == {"id": "resp_1"}
    assert "Could not write down a call" in caplog.text
    # The next one finds the database again.
    assert not Tally.objects.exists()
    vendor.says(answer())
    http.call(key("openai"), "GET", "/x")
    assert Tally.objects.get().done == 1


def test_a_service_that_was_in_trouble_is_known_to_answer_all_the_same(
    vendor: Vendor, losing: Any
) -> None:
    breaker.failed(key("openai"), "OpenAI broke the connection off.")
    vendor.says(losing(answer(200, '{"id": "resp_1"}')))

    assert http.call(key("openai"), "GET", "/x").json() == {"id": "resp_1"}
    assert breaker.standing("openai", key("openai").ident) == breaker.Standing()


def test_a_page_is_given_though_it_can_t_be_counted(
    vendor: Vendor, settings: Any, losing: Any
) -> None:
    settings.HTTP_ALLOWED = [vendor.place]
    vendor.says(losing(answer(200, "<p>Here</p>", HTML)))

    assert http.fetch(vendor.url + "/").text == "<p>Here</p>"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "act", "error"),
    [
        ("failed", answer(500), Away),
        ("hold", answer(429, Retry_After="60"), Later),
    ],
)
def test_what_went_wrong_is_told_though_nobody_else_can_know(
    vendor: Vendor, monkeypatch: Any, written: str, act: Act, error: type[Exception]
) -> None:
    def away(*_: Any) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(breaker, written, away)
    vendor.says(act)

    with pytest.raises(error):
        http.call(key("apollo"), "POST", "/x", json={}, repeatable=False)
