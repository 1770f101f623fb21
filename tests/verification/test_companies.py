"""Companies House is asked once for each candidate, and its silence is nobody's fault."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from campaigns.discovery.live import Seen
from campaigns.models import Checked
from campaigns.verification.companies import Companies
from campaigns.verification.contract import CannotTell, Verdict
from campaigns.verification.verify import live
from crm.outside.errors import Later
from leads.identity.candidate import Candidate
from tests.people import Cast
from tests.verification.conftest import within

PROFILE = {
    "company_name": "ASPEN CABLING LTD",
    "company_number": "07654321",
    "company_status": "active",
    "company_status_detail": "active-proposal-to-strike-off",
    "previous_company_names": [{"name": "LARCH LTD"}],
    "registered_office_address": {
        "address_line_1": "12 Silver Street", "locality": "Leicester", "postal_code": "LE1 5ET",
    },
    "sic_codes": ["62020"],
}  # fmt: skip
ITEM = {
    "title": "ASPEN CABLING LTD",
    "company_number": "07654321",
    "company_status": "active",
    "address": {"postal_code": "LE1 5ET"},
}
Says = Callable[[str, dict[str, Any]], tuple[int, Any]]


class Office:
    """What it says next, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status, self.said = 200, PROFILE


@pytest.fixture
def office(settings: Any) -> Iterator[Office]:
    """Companies House on loopback."""
    found = Office()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = parse_qs(parts.query).get("q", [""])[0]
            found.asked.append(f"{parts.path} {query}".strip())
            body = json.dumps(found.said).encode()
            self.send_response(found.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    settings.COMPANIES_HOUSE_URL = f"http://127.0.0.1:{server.server_address[1]}"
    settings.COMPANIES_HOUSE_KEY = "sim-ch"
    settings.VENDOR_CLOCK = 50.0
    yield found
    server.shutdown()
    server.server_close()


def check(cast: Cast, **fields: Any) -> Verdict:
    candidate = Candidate(name="Aspen Cabling", source="x", postcode="LE1 5ET", **fields)
    return live(Seen(candidate, "1"), tenant=cast.tenant, target=within(15))


def test_a_number_is_one_call(bundled: None, db: None, cast: Cast, office: Office) -> None:
    verdict = check(cast, company_number="7654321")

    assert verdict.checked == Checked.VERIFIED, verdict
    assert office.asked == ["/company/07654321"]
    assert any("struck off" in each.said for each in verdict.checks)


def test_a_name_is_one_call(bundled: None, db: None, cast: Cast, office: Office) -> None:
    office.said = {"items": [ITEM]}

    verdict = check(cast)

    assert verdict.checked == Checked.VERIFIED, verdict
    assert office.asked == ["/search/companies Aspen Cabling"]


def test_what_it_does_not_know(bundled: None, db: None, cast: Cast, office: Office) -> None:
    office.status, office.said = 404, {"errors": [{"error": "company-profile-not-found"}]}

    assert Companies(cast.tenant).profile("07654321") is None
    assert Companies(cast.tenant).called("Aspen") == []
    assert check(cast, company_number="7654321").checked == Checked.CONTRADICTED


def test_when_it_is_down_the_candidate_waits(
    bundled: None, db: None, cast: Cast, office: Office
) -> None:
    office.status = 500

    with pytest.raises(Later, match="It was tried 3 times"):
        check(cast, company_number="7654321")


def test_when_it_refuses_the_key_the_check_says_so(
    bundled: None, db: None, cast: Cast, office: Office
) -> None:
    office.status = 401

    verdict = check(cast, company_number="7654321")

    assert verdict.checked == Checked.UNVERIFIED
    assert any("it refuses the key" in each.said for each in verdict.checks)


def test_when_it_wants_to_be_left_alone_the_candidate_waits(
    bundled: None, db: None, cast: Cast, office: Office
) -> None:
    office.status = 429

    with pytest.raises(Later):
        check(cast, company_number="7654321")


def test_without_a_key_nobody_is_asked(bundled: None, db: None, cast: Cast, settings: Any) -> None:
    settings.COMPANIES_HOUSE_KEY = ""

    with pytest.raises(CannotTell, match="no key"):
        Companies(cast.tenant).profile("07654321")
