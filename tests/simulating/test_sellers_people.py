"""People and companies in detail, as Apollo and Hunter sell them."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.simulating.calling import Answer, ask
from tests.simulating.firms import near
from tests.simulators import Running, running
from tests.simulators.apollo import Apollo
from tests.simulators.hunter import Hunter
from tests.simulators.prospects import judging
from tests.simulators.truth import hearsay, mail, presence
from tests.simulators.truth.hearsay import Told
from tests.simulators.world import Organisation

APOLLO = {"x-api-key": "sim-apollo"}
HUNTER = {"X-API-KEY": "sim-hunter"}


@pytest.fixture(scope="module")
def vendors() -> Iterator[Running]:
    with running("apollo", "hunter", speed=100) as started:
        yield started


@pytest.fixture
def apollo(vendors: Running) -> Apollo:
    vendors.clock.advance(86_400)
    vendors.apollo.forget()
    assert isinstance(vendors.apollo, Apollo)
    return vendors.apollo


@pytest.fixture
def hunter(vendors: Running) -> Hunter:
    vendors.clock.advance(60)
    vendors.hunter.forget()
    assert isinstance(vendors.hunter, Hunter)
    return vendors.hunter


def known(seller: Apollo | Hunter, **wanted: Any) -> tuple[Organisation, Told]:
    """Somebody whom a seller knows, like this."""
    for one in near():
        if not seller.knowledge.knows(one):
            continue
        for who in hearsay.told(one, seller.name):
            found = {
                "current": who.current,
                "mobile": bool(who.who.mobile),
                "right": not who.wrong,
                "mistaken": hearsay.mistaken(one, who.who, seller.name),
                "profile": bool(presence.linkedin_of(one, who.who.name, who.number)),
                "left": bool(who.who.left),
                "objects": judging.objects(who.email),
            }
            if {"objects": False, "mistaken": False} | wanted == {
                name: found[name] for name in {"objects", "mistaken", *wanted}
            }:
                return one, who
    raise AssertionError("It knows nobody like this.")


def of_hunter(hunter: Hunter, path: str) -> Answer:
    return ask(f"{hunter.url}/v2/{path}", headers=HUNTER)


def match(apollo: Apollo, **details: str) -> Answer:
    query = "&".join(f"{name}={quote(value)}" for name, value in details.items())
    return ask(f"{apollo.url}/api/v1/people/match?{query}", {}, APOLLO)


# Hunter.


def test_hunter_finds_a_person_by_address_or_profile(hunter: Hunter) -> None:
    one, who = known(hunter, right=True, profile=True)
    handle = presence.linkedin_of(one, who.who.name, who.number).rpartition("/")[2]

    by_address = of_hunter(hunter, f"people/find?email={who.email}").json["data"]
    by_profile = of_hunter(hunter, f"people/find?linkedin_handle={handle}").json["data"]

    assert by_address == by_profile
    assert by_address["name"]["familyName"] == who.last
    assert by_address["employment"]["domain"] == one.domain
    assert hunter.stats()["billed"] == 2


def test_hunter_answers_in_clearbits_shape_when_asked(hunter: Hunter) -> None:
    one, who = known(hunter, right=True)

    plain = of_hunter(hunter, f"companies/find?domain={one.domain}").json
    shaped = of_hunter(hunter, f"companies/find?domain={one.domain}&clearbit_format=true").json
    both = of_hunter(hunter, f"combined/find?email={who.email}&clearbit_format=true").json

    assert plain["data"]["domain"] == shaped["domain"] == both["company"]["domain"] == one.domain
    assert both["person"]["email"] == who.email
    assert hunter.stats()["billed"] == 4


def test_hunter_does_not_charge_for_a_miss(hunter: Hunter) -> None:
    one = next(one for one in near() if not hunter.knowledge.knows(one))

    statuses = [
        of_hunter(hunter, f"companies/find?domain={one.domain}").status,
        of_hunter(hunter, f"people/find?email=no.body@{one.domain}").status,
        of_hunter(hunter, f"combined/find?email=no.body@{one.domain}").status,
    ]

    assert statuses == [404, 404, 404]
    assert hunter.stats()["billed"] == 0


def test_hunter_respects_objections_everywhere(hunter: Hunter) -> None:
    _, who = known(hunter, objects=True)

    assert of_hunter(hunter, f"people/find?email={who.email}").status == 451


def test_hunter_has_old_addresses_of_those_who_left(hunter: Hunter) -> None:
    one, who = known(hunter, left=True)

    emails = of_hunter(hunter, f"domain-search?domain={one.domain}&limit=100").json["data"][
        "emails"
    ]

    found = next(email for email in emails if email["value"] == who.email)
    assert found["sources"][0]["still_on_page"] is False
    assert found["verification"]["date"] == "2025-01-20"


def test_hunters_verdict_follows_what_is_true(hunter: Hunter) -> None:
    one = next(
        one for one in near() if mail.of(one).kind == "google" and not mail.of(one).takes_all
    )
    alive = next(email for email, state in mail.mailboxes(one).items() if state == "alive")
    silent = next(one for one in near() if mail.of(one).kind == "timeout")

    found = {}
    for email in (alive, f"never-was@{one.domain}", silent.email, "no.mail@nobody.example"):
        while (answer := of_hunter(hunter, f"email-verifier?email={email}")).status == 202:
            hunter.clock.advance(5)
        found[email] = answer.json["data"]["status"]

    assert list(found.values()) == ["valid", "invalid", "unknown", "invalid"]


def test_hunter_guesses_by_the_pattern_of_a_domain(hunter: Hunter) -> None:
    guesses = []
    for one in [one for one in near() if hunter.knowledge.knows(one)][:30]:
        url = f"email-finder?domain={one.domain}&first_name=Zebedee&last_name=Quill"
        while (answer := of_hunter(hunter, url)).status == 202:
            hunter.clock.advance(5)
        guesses.append(answer.json["data"]["email"])

    assert 5 < sum(email is None for email in guesses) < 25
    assert hunter.stats()["billed"] == sum(email is not None for email in guesses)


def test_a_key_runs_out_in_mid_run(hunter: Hunter) -> None:
    one, _ = known(hunter, right=True)
    ask(f"{hunter.url}/_control/credits", {"key": "short", "left": 1})
    url = f"{hunter.url}/v2/companies/find?domain={one.domain}"

    statuses = [ask(url, headers={"X-API-KEY": "short"}).status for _ in range(2)]

    assert statuses == [200, 429]


# Apollo.


def test_apollo_matches_by_id_address_profile_or_name_and_employer(apollo: Apollo) -> None:
    one, who = known(apollo, right=True, profile=True, current=True)
    found = ask(
        f"{apollo.url}/api/v1/mixed_people/api_search?q_organization_domains_list[]={one.domain}",
        {},
        APOLLO,
    ).json["people"]
    profile = presence.linkedin_of(one, who.who.name, who.number)

    people = [
        match(apollo, email=who.email).json["person"],
        match(apollo, linkedin_url=profile).json["person"],
        match(apollo, domain=one.domain, name=who.name).json["person"],
    ]

    assert {person["id"] for person in people} <= {each["id"] for each in found}
    assert len({person["id"] for person in people}) == 1
    assert people[0]["organization"]["primary_domain"] == one.domain


def test_apollo_knows_nobody_by_name_alone_and_charges_nothing(apollo: Apollo) -> None:
    _, who = known(apollo, right=True)

    answer = match(apollo, name=who.name)

    assert answer.json == {"person": None}
    assert apollo.stats()["billed"] == 0


def test_apollo_takes_some_for_others_of_the_same_name(apollo: Apollo) -> None:
    one, who = known(apollo, mistaken=True)

    person = match(apollo, domain=one.domain, name=who.name).json["person"]

    assert person["name"] == who.name
    assert person["organization"]["primary_domain"] != one.domain


def test_apollo_charges_for_what_it_finds_once_for_each_person(apollo: Apollo) -> None:
    one, who = known(apollo, right=True, current=True)
    rows = [
        {"name": who.name, "domain": one.domain},
        {"email": who.email},
        {"name": "No Body", "domain": one.domain},
    ]

    answer = ask(f"{apollo.url}/api/v1/people/bulk_match", {"details": rows}, APOLLO).json

    assert answer["missing_records"] == 1
    assert answer["matches"][2] is None
    assert answer["credits_consumed"] == answer["unique_enriched_records"] <= 1
    assert apollo.stats()["billed"] == answer["credits_consumed"]


@pytest.mark.parametrize(
    ("rows", "code"), [([], "INVALID_REQUEST"), ([{}] * 11, "RECORD_LIMIT_EXCEEDED")]
)
def test_apollo_takes_ten_at_once(apollo: Apollo, rows: list[Any], code: str) -> None:
    answer = ask(f"{apollo.url}/api/v1/people/bulk_match", {"details": rows}, APOLLO)

    assert (answer.status, answer.json["error_code"]) == (400, code)


def test_apollo_brings_a_mobile_number_later_for_eight_credits_more(apollo: Apollo) -> None:
    _, who = known(apollo, mobile=True, right=True, current=True)
    asked = {"email": who.email, "reveal_phone_number": "true"}

    refused = match(apollo, **asked)
    begun = match(apollo, **asked, webhook_url="https://crm.example/hook").json
    url = f"{apollo.url}/api/v1/webhook_result/{begun['request_id']}"
    early = ask(url, headers=APOLLO)
    apollo.clock.advance(60)
    late = ask(url, headers=APOLLO).json

    assert refused.status == 400
    assert (early.status, early.json["error_code"]) == (404, "result_pending")
    assert early.json["retry_after_seconds"] >= 1
    number = late["webhook_result"]["people"][0]["phone_numbers"][0]["sanitized_number"]
    assert number == f"+44{who.who.mobile.replace(' ', '')[1:]}"
    assert apollo.stats()["billed"] in (8, 9)
    apollo.clock.advance(31 * 86_400)
    assert ask(url, headers=APOLLO).status == 410
    assert ask(f"{url}x", headers=APOLLO).json == {"error_code": "invalid_request_id"}


def test_apollo_enriches_companies_ten_at_once(apollo: Apollo) -> None:
    domains = [one.domain for one in near()[:10]]
    query = "&".join(f"domains[]={domain}" for domain in domains)

    answer = ask(f"{apollo.url}/api/v1/organizations/bulk_enrich?{query}", {}, APOLLO).json

    found = {each["primary_domain"] for each in answer["organizations"]}
    assert found < set(domains)
    assert answer["missing_records"] == len(domains) - len(found)
    assert apollo.stats()["billed"] == len(found)


def test_apollo_searches_people_by_title_without_charge(apollo: Apollo) -> None:
    query = "organization_locations[]=leicester&per_page=100"
    exact = "person_titles[]=managing%20director&include_similar_titles=false"
    url = f"{apollo.url}/api/v1/mixed_people/api_search"

    everybody = ask(f"{url}?{query}", {}, APOLLO).json
    heads = ask(f"{url}?{query}&{exact}", {}, APOLLO).json

    assert 0 < heads["total_entries"] < everybody["total_entries"]
    assert {person["title"] for person in heads["people"]} == {"Managing Director"}
    assert apollo.stats()["billed"] == 0


def test_apollo_without_credits_says_so(apollo: Apollo) -> None:
    ask(f"{apollo.url}/_control/credits", {"key": "none", "left": 0})
    _, who = known(apollo, right=True)

    answer = ask(f"{apollo.url}/api/v1/people/match?email={who.email}", {}, {"x-api-key": "none"})
    usage = ask(
        f"{apollo.url}/api/v1/usage_stats/credit_usage_stats", {}, {"x-api-key": "none"}
    ).json

    assert answer.status == 422
    assert usage["credit_usage_stats"]["lead_credit"]["left_over"] == 0
