"""The secret of a key stands in no log, no error and no representation, whatever goes wrong."""

import json
import logging
import traceback
from base64 import b64encode
from typing import Any
from urllib.parse import quote

import pytest

from crm import http
from crm.outside.errors import Outside, Refused
from crm.outside.models import Breaker
from crm.outside.services import SERVICES
from tests.outside import vendor as acts
from tests.outside.conftest import SECRET, key
from tests.outside.vendor import Vendor, answer

pytestmark = pytest.mark.django_db
FORMS = [SECRET, quote(SECRET, safe=""), b64encode(f"{SECRET}:".encode()).decode()]
ECHO = json.dumps({"error": {"message": " and ".join(FORMS)}, "errors": [{"details": FORMS[1]}]})
ASKED = {"api_key": SECRET, "q": "Ada"}
# A name and a password.
PAIR = f"SK00000000000000000000000000005150:{SECRET}"
PAIR_FORMS = [*FORMS[:2], b64encode(PAIR.encode()).decode()]


def told(error: BaseException) -> str:
    """All that anybody could print of it."""
    whole = "".join(traceback.format_exception(error))
    return f"{error} {error!r} {error.args} {vars(error)} {whole} {error.__context__!r}"


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    "act",
    [
        *(answer(status, ECHO) for status in (200, 302, 400, 401, 403, 404, 409, 429, 451, 500)),
        answer(200, ECHO, "text/html"),
        answer(400, ECHO, "text/plain"),
        acts.cut,
        acts.hang_up,
    ],
)
def test_nothing_tells_it(vendor: Vendor, service: str, act: Any, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    vendor.says(act)
    heard = ""

    try:
        heard = repr(http.call(key(service), "GET", "/x", query=ASKED))
    except Outside as error:
        heard = told(error)
        logging.getLogger("tests").exception("It went wrong")

    said = heard + caplog.text + repr(key(service)) + str(list(Breaker.objects.values()))
    assert [form for form in FORMS if form in said] == []
    assert "GET /x?api_key,q: " in caplog.text
    assert "Ada" not in caplog.text


@pytest.mark.parametrize("form", PAIR_FORMS)
def test_nothing_tells_the_password_of_a_pair(vendor: Vendor, form: str, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    vendor.says(answer(401, json.dumps({"code": 20003, "message": f"No such key: {form}"})))

    with pytest.raises(Refused) as caught:
        http.call(key("twilio", PAIR), "GET", "/x")

    assert "Twilio said: “No such key: …”" in str(caught.value)
    assert [each for each in PAIR_FORMS if each in told(caught.value) + caplog.text] == []


def test_a_phone_number_stands_in_no_line_of_the_log(vendor: Vendor, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    vendor.says(answer(200, "{}"))

    http.call(key("twilio", PAIR), "GET", "/PhoneNumbers/%2B441162496012")

    assert "GET /PhoneNumbers/…: 200" in caplog.text
    assert "1162496012" not in caplog.text


def test_urllib3_writes_no_lines_of_its_own() -> None:
    assert logging.getLogger("urllib3.connectionpool").getEffectiveLevel() >= logging.ERROR


def test_a_log_of_the_web_has_no_queries(vendor: Vendor, settings: Any, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    settings.HTTP_ALLOWED = [vendor.place]
    vendor.says(answer(200, "<p>Here</p>", "text/html"))

    http.fetch(f"{vendor.url}/page?token={SECRET}")

    assert "/page: 200" in caplog.text
    assert SECRET not in caplog.text
