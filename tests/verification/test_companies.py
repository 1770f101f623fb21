"""Companies House is asked once for each candidate, and its silence is nobody's fault."""

import json
from collections.abc import Iterator
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
from tests.outside.vendor import Vendor, answer, serving
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


@pytest.fixture
def office(settings: Any) -> Iterator[Vendor]:
    """Companies House on loopback; unless a test lets it say something else, it knows Aspen."""
    with serving() as found:
        found.says(answer(body=json.dumps(PROFILE)))
        settings.COMPANIES_HOUSE_URL = found.url
        settings.COMPANIES_HOUSE_KEY = "sim-ch"
        settings.VENDOR_CLOCK = 50.0
        yield found


def asked(office: Vendor) -> list[str]:
    """The paths, each with the name that was looked for."""
    parts = [urlsplit(each.path) for each in office.seen]
    return [f"{each.path} {parse_qs(each.query).get('q', [''])[0]}".strip() for each in parts]


def check(cast: Cast, **fields: Any) -> Verdict:
    candidate = Candidate(name="Aspen Cabling", source="x", postcode="LE1 5ET", **fields)
    return live(Seen(candidate, "1"), tenant=cast.tenant, target=within(15))


def test_a_number_is_one_call(bundled: None, db: None, cast: Cast, office: Vendor) -> None:
    verdict = check(cast, company_number="7654321")

    assert verdict.checked == Checked.VERIFIED, verdict
    assert asked(office) == ["/company/07654321"]
    assert any("struck off" in each.said for each in verdict.checks)


def test_a_name_is_one_call(bundled: None, db: None, cast: Cast, office: Vendor) -> None:
    office.says(answer(body=json.dumps({"items": [ITEM]})))

    verdict = check(cast)

    assert verdict.checked == Checked.VERIFIED, verdict
    assert asked(office) == ["/search/companies Aspen Cabling"]


def test_what_it_does_not_know(bundled: None, db: None, cast: Cast, office: Vendor) -> None:
    missing = {"errors": [{"error": "company-profile-not-found"}]}
    office.says(answer(404, json.dumps(missing)))

    assert Companies(cast.tenant).profile("07654321") is None
    assert Companies(cast.tenant).called("Aspen") == []
    assert check(cast, company_number="7654321").checked == Checked.CONTRADICTED


def test_when_it_is_down_the_candidate_waits(
    bundled: None, db: None, cast: Cast, office: Vendor
) -> None:
    office.says(answer(500))

    with pytest.raises(Later, match="It was tried 3 times"):
        check(cast, company_number="7654321")


def test_when_it_refuses_the_key_the_check_says_so(
    bundled: None, db: None, cast: Cast, office: Vendor
) -> None:
    office.says(answer(401))

    verdict = check(cast, company_number="7654321")

    assert verdict.checked == Checked.UNVERIFIED
    assert any("it refuses the key" in each.said for each in verdict.checks)


def test_when_it_wants_to_be_left_alone_the_candidate_waits(
    bundled: None, db: None, cast: Cast, office: Vendor
) -> None:
    office.says(answer(429))

    with pytest.raises(Later):
        check(cast, company_number="7654321")


def test_without_a_key_nobody_is_asked(bundled: None, db: None, cast: Cast, settings: Any) -> None:
    settings.COMPANIES_HOUSE_KEY = ""

    with pytest.raises(CannotTell, match="no key"):
        Companies(cast.tenant).profile("07654321")
