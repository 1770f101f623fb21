"""The fakes are well formed, and each one's facts speak against its claim."""

import re
from collections import Counter

import pytest

from tests.simulators import fakes, world
from tests.simulators.fakes import Fake

DRAMA = re.compile(
    r"01(13|14|15|16|17|18|21|31|41|51|61) 496 0\d{3}|0191 498 0\d{3}|020 7946 0\d{3}|"
    r"029 2018 0\d{3}|01632 960 ?\d{3}|07700 900\d{3}|0808 157 0\d{3}"
)
ABROAD = re.compile(r"\+1 \d{3} 555 01\d\d")


def speaks_of(fake: Fake) -> str:
    return " ".join(page.get("text", "") for page in fake.site.values())


def register_of(fake: Fake) -> dict:
    """The record whose number is claimed, else the first."""
    number = fake.claim["company_number"]
    return next((one for one in fake.registers if one["company_number"] == number), {}) or (
        fake.registers[0] if fake.registers else {}
    )


def test_there_are_many_of_each_kind_and_half_are_it_companies() -> None:
    counts = Counter(fake.kind for fake in fakes.every())

    assert len(counts) >= 12
    assert min(counts.values()) >= 8
    assert 0.4 < sum(fake.trade == "it" for fake in fakes.every()) / len(fakes.every()) < 0.65


def test_nothing_is_used_twice() -> None:
    names = Counter(fake.claim["name"] for fake in fakes.every())
    numbers = Counter(one["company_number"] for fake in fakes.every() for one in fake.registers)

    assert names.most_common(1)[0][1] == 1
    assert numbers.most_common(1)[0][1] == 1


@pytest.mark.parametrize("fake", fakes.every(), ids=lambda fake: fake.id)
def test_a_fake_is_well_formed(fake: Fake) -> None:
    phone, website = fake.claim["phone"], fake.claim["website"] or ""

    assert fake.truth.endswith(".")
    assert fake.wrong
    assert all(part == "organisation" or fake.claim[part] for part in fake.wrong)
    assert not website or fake.host.endswith(".example")
    assert phone is None or DRAMA.fullmatch(phone) or ABROAD.fullmatch(phone)
    for record in fake.registers:
        assert re.fullmatch(r"\d{8}", record["company_number"])
        assert (record["date_of_cessation"] is not None) == (
            record["company_status"] == "dissolved"
        )
        assert (record["date_of_cessation"] or "9999") > record["date_of_creation"]


@pytest.mark.parametrize("fake", fakes.of_kind("dissolved"), ids=lambda fake: fake.id)
def test_the_dissolved_are_dissolved_in_the_register(fake: Fake) -> None:
    assert register_of(fake)["company_status"] == "dissolved"


@pytest.mark.parametrize(
    "fake", [*fakes.of_kind("moved"), *fakes.of_kind("namesake")], ids=lambda fake: fake.id
)
def test_those_elsewhere_show_no_address_at_the_place_claimed(fake: Fake) -> None:
    assert fake.claim["postcode"] not in speaks_of(fake)
    assert register_of(fake)["registered_office_address"]["postal_code"] in speaks_of(fake)


@pytest.mark.parametrize("fake", fakes.of_kind("renamed"), ids=lambda fake: fake.id)
def test_the_renamed_lead_to_their_new_name(fake: Fake) -> None:
    record = fake.registers[0]

    assert record["previous_names"][0]["company_name"] == f"{fake.claim['name']} Limited".upper()
    assert fake.site["/"]["redirect"].startswith(fake.original["website"])
    assert fake.original["name"] in fakes.sites()[fake.original["website"][7:]]["/"]["text"]


@pytest.mark.parametrize("fake", fakes.of_kind("invented"), ids=lambda fake: fake.id)
def test_the_invented_are_nowhere(fake: Fake) -> None:
    assert not fake.registers
    assert fake.host in fakes.missing_domains()


@pytest.mark.parametrize("fake", fakes.of_kind("borrowed-number"), ids=lambda fake: fake.id)
def test_a_borrowed_number_belongs_to_a_company_of_another_name(fake: Fake) -> None:
    assert fake.claim["name"].upper() not in register_of(fake)["company_name"]
    assert fake.claim["company_number"] in speaks_of(fake)


@pytest.mark.parametrize("fake", fakes.of_kind("typo-squat"), ids=lambda fake: fake.id)
def test_a_squatted_domain_is_nearly_that_of_the_name_but_speaks_of_others(fake: Fake) -> None:
    proper = re.sub(r"[^a-z]", "", fake.claim["name"].lower())

    assert fake.host != f"{proper}.example"
    assert abs(len(fake.host) - len(f"{proper}.example")) <= 1
    assert fake.claim["name"] not in speaks_of(fake)


def test_no_number_of_a_fake_belongs_to_an_organisation_of_the_world() -> None:
    assert not [number for number in fakes.numbers() if world.by_number(number)]
