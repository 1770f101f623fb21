"""Companies House, simulated."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.simulating.calling import Answer, ask, basic
from tests.simulators import Running, fakes, running
from tests.simulators.companies_house import CompaniesHouse

IT = "62012,62020,62030,62090,63110"


@pytest.fixture(scope="module")
def vendors() -> Iterator[Running]:
    with running("companies_house", speed=100) as started:
        yield started


@pytest.fixture
def house(vendors: Running) -> CompaniesHouse:
    vendors.clock.advance(300)
    vendors.companies_house.faults.clear()
    vendors.companies_house.forget()
    assert isinstance(vendors.companies_house, CompaniesHouse)
    return vendors.companies_house


def search(house: CompaniesHouse, key: str = "sim-ch", **parameters: Any) -> Answer:
    return ask(f"{house.url}/advanced-search/companies?{urlencode(parameters)}", headers=basic(key))


def test_companies_are_found_by_trade_place_and_date(house: CompaniesHouse) -> None:
    answer = search(
        house, sic_codes=IT, location="Leicester", incorporated_from="2010-01-01", size=5000
    ).json

    assert answer["hits"] == len(answer["items"]) > 100
    for item in answer["items"]:
        assert set(item["sic_codes"]) & set(IT.split(","))
        assert item["date_of_creation"] >= "2010-01-01"
        assert "Leicester" in item["registered_office_address"]["locality"]


def test_nothing_found_is_404_without_a_body(house: CompaniesHouse) -> None:
    answer = search(house, sic_codes=IT, location="Atlantis")

    assert (answer.status, answer.body) == (404, b"")


def test_pages_do_not_overlap(house: CompaniesHouse) -> None:
    pages = [
        search(house, sic_codes=IT, location="Leicester", size=50, start_index=start).json["items"]
        for start in (0, 50)
    ]

    numbers = {item["company_number"] for page in pages for item in page}
    assert len(numbers) == 100


@pytest.mark.parametrize("wrong", [{"size": 5001}, {"company_status": "awake"},
                                   {"incorporated_from": "01/02/2020"}])  # fmt: skip
def test_a_parameter_without_sense_is_refused(house: CompaniesHouse, wrong: dict[str, Any]) -> None:
    assert search(house, sic_codes=IT, **wrong).status == 400


def test_hits_beyond_ten_thousand_cannot_be_read(house: CompaniesHouse) -> None:
    assert search(house, sic_codes=IT, start_index=10_000).status == 500


def test_a_company_and_its_officers_are_told(house: CompaniesHouse) -> None:
    item = search(house, sic_codes=IT, location="LE1 Leicester").json["items"][0]
    number = item["company_number"]

    profile = ask(f"{house.url}/company/{number}", headers=basic("sim-ch")).json
    officers = ask(f"{house.url}/company/{number}/officers", headers=basic("sim-ch")).json
    filings = ask(f"{house.url}/company/{number}/filing-history", headers=basic("sim-ch")).json

    assert profile["company_name"] == item["company_name"]
    assert officers["total_results"] == len(officers["items"]) >= 1
    assert filings["items"][-1]["category"] == "incorporation"


def test_a_search_by_name_puts_the_namesake_first(house: CompaniesHouse) -> None:
    name = search(house, sic_codes=IT, location="Leicester").json["items"][3]["company_name"]

    answer = ask(
        f"{house.url}/search/companies?{urlencode({'q': name.title()})}", headers=basic("sim-ch")
    ).json

    assert answer["items"][0]["title"] == name


def test_the_companies_behind_fakes_are_known(house: CompaniesHouse) -> None:
    for fake in fakes.every():
        for record in fake.registers:
            url = f"{house.url}/company/{record['company_number']}"
            house.clock.advance(1)
            profile = ask(url, headers=basic("sim-ch")).json
            assert profile["company_status"] == record["company_status"]


def test_a_renamed_company_is_found_by_its_old_name(house: CompaniesHouse) -> None:
    fake = fakes.of_kind("renamed")[0]
    old, new = fake.claim["name"], fake.registers[0]

    url = f"{house.url}/search/companies?{urlencode({'q': old})}"
    first = ask(url, headers=basic("sim-ch")).json["items"][0]
    profile = ask(f"{house.url}/company/{first['company_number']}", headers=basic("sim-ch")).json

    assert first["title"] == new["company_name"]
    assert old.upper() in profile["previous_company_names"][0]["name"]


def test_unknown_and_misspelt_numbers_differ(house: CompaniesHouse) -> None:
    unknown = ask(f"{house.url}/company/99999999", headers=basic("sim-ch"))
    misspelt = ask(f"{house.url}/company/1234", headers=basic("sim-ch"))

    assert unknown.json == {
        "errors": [{"type": "ch:service", "error": "company-profile-not-found"}]
    }
    assert (unknown.status, misspelt.status) == (404, 500)


def test_keys_are_asked_for(house: CompaniesHouse) -> None:
    nobody = ask(f"{house.url}/company/00000006")

    assert (nobody.status, nobody.json["error"]) == (401, "Empty Authorization header")
    assert search(house, key="sim-revoked").status == 401
    assert search(house, key="sim-empty").status == 429


def test_above_the_limit_calls_are_refused_until_the_window_ends(house: CompaniesHouse) -> None:
    assert (house.window.limit, house.window.seconds) == (600, 300)

    house.window.limit = 5
    try:
        answers = [ask(f"{house.url}/company/1", headers=basic("busy")) for _ in range(6)]
        other = ask(f"{house.url}/company/1", headers=basic("calm"))
        house.clock.advance(300)
        later = ask(f"{house.url}/company/1", headers=basic("busy"))
    finally:
        house.window.limit = 600

    assert [answer.status for answer in answers] == [500] * 5 + [429]
    assert house.stats()["limit_breaches"] == 1
    assert (other.status, later.status) == (500, 500)
