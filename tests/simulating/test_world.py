"""The world that the simulated vendors know."""

from dataclasses import astuple, replace
from hashlib import sha256

import pytest

from tests.simulators import world
from tests.simulators.world import trades

LEICESTER = (52.632283, -1.124859)  # LE1 1AA
MANCHESTER = (53.47734, -2.23508)  # M1 1AA
LONDON = (51.5133, -0.1036)
# Whoever changes the world, or a register that it is made from, writes the new one down.
CHECKSUM = "36c593ca9e7792e9"


@pytest.mark.parametrize(
    ("spot", "miles", "least"), [(LEICESTER, 15, 600), (MANCHESTER, 25, 600), (LONDON, 5, 1000)]
)
def test_it_companies_are_dense_where_campaigns_are(
    spot: tuple[float, float], miles: float, least: int
) -> None:
    found = world.near(*spot, miles, "IT companies")

    assert len(found) >= least
    assert all(one.is_company and one.sic_codes for one in found if not one.from_register)


def test_most_organisations_are_companies_and_have_a_website() -> None:
    everybody = world.population()
    some = [everybody.at(index) for index in range(0, len(everybody), 70)]

    companies = [one for one in some if one.is_company]
    assert 0.7 < len(companies) / len(some) < 0.8
    assert sum(bool(one.domain) for one in some) / len(some) >= 0.8
    assert sum(not entry.bundled for entry in everybody.entries) >= 20_000
    assert any(one.legal_name and one.name.upper() not in one.legal_name for one in companies)


def test_everybody_is_found_again() -> None:
    for one in world.near(*LEICESTER, 3):
        assert not one.domain or world.by_domain(f"www.{one.domain}") is one
        assert world.by_place_id(one.place_id) is one
        if one.number:
            owner = world.by_number(one.number)
            assert owner is not None
            assert (len(one.number), owner.legal_name) == (8, one.legal_name)


def test_the_same_seed_is_the_same_world() -> None:
    """In every process; only dates of young and of closed companies go with the calendar."""
    everybody = world.population()
    some = (everybody.at(index) for index in range(0, len(everybody), 997))
    told = [astuple(replace(one, incorporated="", dissolved="")) for one in some]

    assert sha256(repr(told).encode()).hexdigest()[:16] == CHECKSUM


def test_one_place_and_name_is_one_organisation() -> None:
    entries = [entry for entry in world.population().entries if entry.bundled]

    assert len({(entry.name.lower(), entry.postcode) for entry in entries}) == len(entries)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("LE1 1AA", "LE1 1AA"),
        ("le1", "LE1"),
        ("Leicester", "Leicester"),
        ("IT firms in Market Harborough, please", "Market Harborough"),
        ("dentists near m1 1aa", "M1 1AA"),
    ],
)
def test_a_text_names_a_place(text: str, name: str) -> None:
    found = world.place(text)

    assert found is not None
    assert found.name == name


def test_a_text_names_no_place() -> None:
    assert world.place("nowhere in particular") is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("managed service providers", "it-support"),
        ("IT companies", "it-support"),
        ("primary schools", "school"),
        ("dental practices near Leeds", "dentist"),
        ("factories and manufacturers", "metalwork"),
    ],
)
def test_a_text_names_a_trade(text: str, first: str) -> None:
    assert trades.find(text)[0] == first


def test_a_small_it_is_no_trade() -> None:
    assert trades.find("tell me if it is good") == ()
