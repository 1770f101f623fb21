"""Apollo and Hunter, simulated."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.simulating.calling import Answer, ask
from tests.simulators import Running, running
from tests.simulators.apollo import Apollo
from tests.simulators.hunter import Hunter
from tests.simulators.prospects.judging import objects

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


def companies(apollo: Apollo, query: str) -> Answer:
    return ask(f"{apollo.url}/api/v1/mixed_companies/search?{query}", {}, APOLLO)


def test_apollo_finds_companies_of_a_size_at_a_place(apollo: Apollo) -> None:
    query = (
        f"organization_locations[]={quote('Leicester, United Kingdom')}"
        "&q_organization_keyword_tags[]=it%20services&organization_num_employees_ranges[]=10,50"
    )

    answer = companies(apollo, f"{query}&page=2&per_page=5")

    assert answer.json["pagination"]["page"] == 2
    assert len(answer.json["organizations"]) == 5
    assert answer.headers["x-minute-requests-left"] == "199"
    for found in answer.json["organizations"]:
        url = f"{apollo.url}/api/v1/organizations/enrich?domain={found['primary_domain']}"
        told = ask(url, headers=APOLLO).json["organization"]
        assert 10 <= told["estimated_num_employees"] <= 50
    assert apollo.stats()["billed"] == 6


def test_apollo_hides_what_people_are_called(apollo: Apollo) -> None:
    query = "organization_locations[]=leicester&q_organization_keyword_tags[]=software"
    domain = companies(apollo, query).json["organizations"][0]["primary_domain"]
    url = f"{apollo.url}/api/v1/mixed_people/api_search?q_organization_domains_list[]={domain}"

    answer = ask(url, {}, APOLLO).json

    assert answer["total_entries"] == len(answer["people"]) >= 1
    assert all("***" in person["last_name_obfuscated"] for person in answer["people"])


def test_apollo_refuses_in_its_own_way(apollo: Apollo) -> None:
    url = f"{apollo.url}/api/v1/organizations/enrich"
    nobody = ask(f"{url}?domain=fern.example")

    assert (nobody.status, nobody.content_type) == (401, "text/plain; charset=utf-8")
    assert ask(url, headers=APOLLO).status == 422
    assert ask(f"{url}?domain=fern.example", headers={"x-api-key": "sim-empty"}).status == 422
    apollo.faults.add("plan")
    assert ask(f"{url}?domain=x.example", headers=APOLLO).json["error_code"] == "API_INACCESSIBLE"


def test_apollo_says_when_to_come_again(apollo: Apollo) -> None:
    url = f"{apollo.url}/api/v1/usage_stats/api_usage_stats"
    window = apollo.windows["usage_stats/api_usage_stats"]["hour"]
    assert window.limit == 400

    window.limit = 3
    answers = [ask(url, {}, APOLLO) for _ in range(4)]
    window.limit = 400

    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 3_600
    assert apollo.stats()["limit_breaches"] == 1


def domain_of(hunter: Hunter) -> str:
    answer = ask(f"{hunter.url}/v2/discover", {"query": "IT companies in Manchester"}, HUNTER)
    return answer.json["data"][0]["domain"]


def test_hunter_discovers_and_knows_addresses(hunter: Hunter) -> None:
    domain = domain_of(hunter)

    emails = ask(f"{hunter.url}/v2/domain-search?domain={domain}", headers=HUNTER).json["data"][
        "emails"
    ]
    count = ask(f"{hunter.url}/v2/email-count?domain={domain}").json["data"]["total"]

    assert len(emails) == count >= 2
    assert all(email["value"].endswith(f"@{domain}") for email in emails)
    assert hunter.stats()["billed"] == 1


def test_hunter_takes_its_time_to_verify(hunter: Hunter) -> None:
    statuses = set()
    for number in range(12):
        url = f"{hunter.url}/v2/email-verifier?email=someone{number}@gmail.com"
        while (answer := ask(url, headers=HUNTER)).status == 202:
            statuses.add(202)
        statuses.add(answer.status)
        assert answer.json["data"]["status"] == "webmail"
        hunter.clock.advance(1)

    assert statuses == {200, 202}


def test_hunter_respects_an_objection(hunter: Hunter) -> None:
    objector = next(
        email for number in range(1000) if objects(email := f"jo.{number}@fern.example")
    )

    answer = ask(f"{hunter.url}/v2/email-verifier?email={objector}", headers=HUNTER)

    assert (answer.status, answer.json["errors"][0]["code"]) == (451, 451)


def test_hunter_turns_403_and_429_round(hunter: Hunter) -> None:
    url = f"{hunter.url}/v2/companies/find?domain=nobody.example"
    empty = ask(url, headers={"X-API-KEY": "sim-empty"})
    hunter.clock.advance(60)
    hunter.windows[""][1].limit = 3
    fast = [ask(url, headers=HUNTER).status for _ in range(4)]
    hunter.windows[""][1].limit = 500

    assert empty.status == 429
    assert fast == [404, 404, 404, 403]
    assert hunter.stats()["limit_breaches"] == 1


def test_hunter_tells_what_is_left(hunter: Hunter) -> None:
    before = ask(f"{hunter.url}/v2/account", headers=HUNTER).json["data"]["requests"]["credits"]
    ask(f"{hunter.url}/v2/companies/find?domain={domain_of(hunter)}", headers=HUNTER)

    after = ask(f"{hunter.url}/v2/account", headers=HUNTER).json["data"]["requests"]["credits"]

    assert after["used"] - before["used"] == 1
