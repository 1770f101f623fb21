"""The simulators' answers, held against the vendors' own documents."""

import base64
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.simulating.calling import ask, basic
from tests.simulators import Running, running, validation, world
from tests.simulators.companies import codes, history, officers
from tests.simulators.core import Simulator
from tests.simulators.truth import accounts, people, standing

SPECS = os.environ.get("VENDOR_SPECS", "")
pytestmark = pytest.mark.skipif(
    not SPECS or not Path(SPECS).is_dir(), reason="VENDOR_SPECS names no folder of documents."
)
PLACES = {
    "X-Goog-Api-Key": "sim-places",
    "X-Goog-FieldMask": "places.id,places.displayName,places.location,nextPageToken",
}
DETAILS = {"X-Goog-Api-Key": "sim-places", "X-Goog-FieldMask": "*"}
APOLLO = {"x-api-key": "sim-apollo"}
HUNTER = {"X-API-KEY": "sim-hunter"}
OPENAI = {"Authorization": "Bearer sim-openai"}
TWILIO = {"Authorization": "Basic " + base64.b64encode(b"SK1:secret").decode()}
HOOK = "reveal_phone_number=true&webhook_url=https%3A%2F%2Fcrm.example%2Fhook"
SEARCH = {
    "model": "gpt-5.6-terra",
    "input": "Find IT companies within 10 miles of LE1 1AA.",
    "tools": [{"type": "web_search", "user_location": {"type": "approximate", "country": "GB"}}],
    "include": ["web_search_call.action.sources"],
    "max_output_tokens": 8_000,
}


@pytest.fixture(scope="module")
def vendors() -> Iterator[Running]:
    with running(speed=500) as started:
        yield started


@pytest.fixture(scope="module")
def firm() -> world.Organisation:
    """An IT company in Leicester with all that can be asked of one."""
    near = world.near(52.6345, -1.1294, 12, "it")
    return next(
        one
        for one in near
        if one.domain and one.number and one.phone and one.public
        if (accounts.latest(one) and standing.charges(one) and standing.controllers(one))
    )


# vendor: what is asked, as (path, body, headers).
ASKED: dict[str, list[tuple[str, Any, dict[str, str]]]] = {
    "companies_house": [
        ("/advanced-search/companies?sic_codes=62020&location=Leicester&size=100", None, {}),
        ("/search/companies?q={name}", None, {}),
        ("/company/{number}", None, {}),
        ("/company/{number}/officers", None, {}),
        ("/company/{number}/filing-history", None, {}),
        ("/company/{number}/persons-with-significant-control", None, {}),
        ("/company/{number}/charges", None, {}),
        ("/company/{number}/insolvency", None, {}),
        ("/officers/{officer}/appointments", None, {}),
        ("/advanced-search/companies?location=Atlantis&sic_codes=62020", None, {}),
        ("/company/99999999", None, {}),
    ],
    "google_places": [
        ("/v1/places:searchText", {"textQuery": "IT support in Leicester"}, PLACES),
        (
            "/v1/places:searchNearby",
            {
                "locationRestriction": {
                    "circle": {"center": {"latitude": 52.63, "longitude": -1.13}, "radius": 900}
                }
            },
            PLACES,
        ),
        ("/v1/places/{place_id}", None, DETAILS),
        ("/v1/places:searchText", {"textQuery": "?", "pageToken": "wrong"}, PLACES),
        ("/v1/places/{place_id}", None, {"X-Goog-FieldMask": "id"}),
    ],
    "apollo": [
        (
            "/api/v1/mixed_companies/search?organization_locations[]=leicester"
            "&q_organization_keyword_tags[]=software&per_page=5",
            {},
            APOLLO,
        ),
        ("/api/v1/mixed_people/api_search?organization_locations[]=leicester", {}, APOLLO),
        ("/api/v1/organizations/enrich?domain={domain}", None, APOLLO),
        ("/api/v1/organizations/enrich", None, APOLLO),
        ("/api/v1/organizations/bulk_enrich?domains[]={domain}", {}, APOLLO),
        ("/api/v1/people/match?email={email}", {}, APOLLO),
        ("/api/v1/people/match?domain={domain}&name=No+Body", {}, APOLLO),
        (f"/api/v1/people/bulk_match?{HOOK}", {"details": [{"name": "No Body"}]}, APOLLO),
        ("/api/v1/people/bulk_match", {"details": []}, APOLLO),
        ("/api/v1/webhook_result/1", None, APOLLO),
        ("/api/v1/usage_stats/credit_usage_stats", {}, APOLLO),
        ("/api/v1/usage_stats/api_usage_stats", {}, APOLLO),
        ("/api/v1/organizations/enrich?domain={domain}", None, {}),
    ],
    "hunter": [
        ("/v2/discover", {"query": "IT companies in Manchester", "limit": 5}, HUNTER),
        ("/v2/domain-search?domain={domain}", None, HUNTER),
        ("/v2/email-verifier?email=jo@gmail.com", None, HUNTER),
        ("/v2/email-count?domain={domain}", None, HUNTER),
        ("/v2/email-finder?domain={domain}&full_name=Jo+Fern", None, HUNTER),
        ("/v2/companies/find?domain={domain}", None, HUNTER),
        ("/v2/people/find?email={email}", None, HUNTER),
        ("/v2/people/find?email={email}&clearbit_format=true", None, HUNTER),
        ("/v2/combined/find?email={email}", None, HUNTER),
        ("/v2/people/find?email=no.body@nobody.example", None, HUNTER),
        ("/v2/account", None, HUNTER),
        ("/v2/domain-search", None, HUNTER),
    ],
    "zerobounce": [
        ("/v2/validate?api_key=k&email={email}", None, {}),
        ("/v2/validate?api_key=sim-revoked&email={email}", None, {}),
        ("/v2/validate?api_key=k", None, {}),
        (
            "/v2/validatebatch",
            {"api_key": "k", "email_batch": [{"email_address": "valid@example.com"}]},
            {},
        ),
        ("/v2/getcredits?api_key=k", None, {}),
    ],
    "twilio": [
        ("/v2/PhoneNumbers/%2B441164960123?Fields=line_type_intelligence", None, TWILIO),
        ("/v2/PhoneNumbers/nonsense?CountryCode=GB", None, TWILIO),
        ("/v2/batch/query", {"phone_numbers": [{"phone_number": "+441164960123"}]}, TWILIO),
    ],
    "companies_house_documents": [
        ("/document/{document}", None, {}),
        ("/document/{document}/content", None, {}),
        ("/document/nothing", None, {}),
    ],
    "openai": [
        ("/v1/responses", SEARCH | {"background": True, "store": True}, OPENAI),
        ("/v1/responses", SEARCH, OPENAI),
        ("/v1/models", None, OPENAI),
        ("/v1/embeddings", {"model": "text-embedding-3-small", "input": ["one"]}, OPENAI),
    ],
}
CASES = [(vendor, *row) for vendor, rows in ASKED.items() for row in rows]


@pytest.mark.parametrize(("vendor", "path", "body", "headers"), CASES)
def test_an_answer_keeps_to_the_document(
    vendors: Running,
    firm: world.Organisation,
    vendor: str,
    path: str,
    body: Any,
    headers: dict[str, str],
) -> None:
    simulator = vendors.all[vendor]
    target = path.format(
        number=firm.number,
        domain=firm.domain,
        place_id=firm.place_id,
        name=firm.name.split()[0],
        email=people.current(firm)[0].email,
        officer=codes.opaque(firm.number, directing(firm), officers.ID),
        document=codes.opaque(firm.number, 0, history.DOCUMENT),
    )
    vendors.clock.advance(300)

    headers = basic("sim-ch") if vendor.startswith("companies_house") else headers
    answer = ask(simulator.url + target, body, headers)

    contract = validation.contract(vendor)
    assert contract is not None
    method = "GET" if body is None else "POST"
    assert answer.status < 500
    assert (
        contract.reply_problems(method, target, answer.status, answer.content_type, answer.body)
        == []
    )


def directing(firm: world.Organisation) -> int:
    """The number of somebody who directs it."""
    return next(who.number for who in people.current(firm) if who.directs)


def test_a_finished_response_keeps_to_the_document(vendors: Running) -> None:
    openai = vendors.openai
    started = ask(
        f"{openai.url}/v1/responses", SEARCH | {"background": True, "store": True}, OPENAI
    )
    target = f"/v1/responses/{started.json['id']}?include[]=web_search_call.action.sources"
    vendors.clock.advance(300)

    answer = ask(openai.url + target, headers=OPENAI)

    contract = validation.contract("openai")
    assert contract is not None
    assert answer.json["status"] == "completed"
    assert contract.reply_problems("GET", target, 200, answer.content_type, answer.body) == []


def last(simulator: Simulator, call: Callable[[], Any]) -> dict[str, Any]:
    """The record of a call."""
    simulator.forget()
    call()
    return simulator.calls()[-1]


@pytest.mark.parametrize(
    ("vendor", "path", "body", "headers", "wrong"),
    [
        ("companies_house", "/advanced-search/companies?size=20&location=Leeds", None, {}, ""),
        ("companies_house", "/advanced-search/companies?size=9000", None, {}, "parameter size"),
        ("companies_house", "/search/companies", None, {}, "q is missing"),
        (
            "companies_house",
            "/advanced-search/companies?town=Leeds&sic_codes=62020",
            None,
            {},
            "no parameter town",
        ),
        ("google_places", "/v1/places:searchText", {"textQuery": "x"}, PLACES, ""),
        ("google_places", "/v1/places:searchText", {"textQuery": 5}, PLACES, "textQuery"),
        ("google_places", "/v1/places:searchText", {"textQuery": "x"}, {}, "x-goog-fieldmask"),
        ("google_places", "/v1/places:find", {"textQuery": "x"}, PLACES, "has no POST"),
        ("apollo", "/api/v1/mixed_companies/search?page=1", None, APOLLO, "has no GET"),
        ("apollo", "/api/v1/mixed_companies/search?page=one", {}, APOLLO, "parameter page"),
        ("hunter", "/v2/email-verifier", None, HUNTER, "email is missing"),
        ("apollo", "/api/v1/people/bulk_match", {"detail": []}, APOLLO, "details"),
        ("zerobounce", "/v2/validate?api_key=k&email=a@b.example", None, {}, ""),
        ("zerobounce", "/v2/validate?api_key=k&mail=a@b.example", None, {}, "email is missing"),
        ("zerobounce", "/v2/validatebatch", {"email_batch": []}, {}, "api_key"),
        ("twilio", "/v2/PhoneNumbers/1?fields=x", None, TWILIO, "no parameter fields"),
        ("twilio", "/v2/PhoneNumbers/1?Fields=line_type_intelligence", None, TWILIO, ""),
        ("hunter", "/v2/discover", {"headcount": ["5"]}, HUNTER, "headcount"),
        ("openai", "/v1/responses", SEARCH | {"tools": [{"type": "x"}]}, OPENAI, "tools"),
        ("openai", "/v1/responses", SEARCH, OPENAI, ""),
    ],
)
def test_a_call_is_held_against_the_document(
    vendors: Running, vendor: str, path: str, body: Any, headers: dict[str, str], wrong: str
) -> None:
    simulator = vendors.all[vendor]
    headers = basic("sim-ch") if vendor == "companies_house" else headers

    found = validation.problems(
        vendor, last(simulator, lambda: ask(simulator.url + path, body, headers))
    )

    assert bool(found) == bool(wrong), found
    assert wrong.lower() in " ".join(found).lower()
