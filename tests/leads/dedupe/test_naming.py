"""Names made comparable, in any spelling and script."""

import pytest

from leads.dedupe.naming import naming

STRANGE = [
    "X",
    "The",
    "Limited",
    "The Limited Company",
    "t/a",
    "& Co",
    "!",
    "🦷",
    "Й",
    "Клиника",
    "北京",
    "हिन्दी",
    "Y",
    "24/7",
    "(formerly)",
    "formerly known as Fern",
    "'",
    "x" * 300,
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ST. MARY'S SURGERY", "Saint Marys Surgery"),
        ("St Mary s Surgery", "St Mary's Surgery"),
        ("High St Garage", "High Street Garage Ltd"),
        ("Park Rd Dental Practice", "PARK ROAD DENTAL PRACT"),
        ("Smith & Sons", "SMITH AND SONS PLC"),
        ("Twenty-One Barbers", "21 Barbers"),
        ("First Choice Tyres", "1st Choice Tyres"),
        ("Dr J S Chandra", "DR JS CHANDRA"),
        ("The Haider Practice", "HAIDER PRACTICE"),
        ("Walkden Medical Centre", "WALKDEN M/CTR"),
        ("Eldwick H/C", "Eldwick Health Centre"),
        ("Llaeth y Llan Cyf", "Llaeth y Llan Cyfyngedig"),
        ("Tŷ Gwyn", "TY GWYN"),
        ("Y Felin", "Felin"),
        ("Groundwork Community Interest Company", "Groundwork CIC"),
        ("Łódź Deli", "Lodz Deli"),
        ("Café Zoë", "cafe zoe"),
    ],
)
def test_two_spellings_are_one_name(one: str, other: str) -> None:
    assert naming(one).now == naming(other).now


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Май", "Маи"),
        ("हिन्दी", "हन्दा"),
        ("北京", "东京"),
        ("Ward 4", "Ward 5"),
        ("Boots", "Boots Opticians"),
        ("Sixty Four", "Sixty"),
    ],
)
def test_other_names_stay_other(one: str, other: str) -> None:
    assert naming(one).now != naming(other).now


@pytest.mark.parametrize("name", STRANGE)
def test_a_name_is_never_lost_and_made_comparable_once(name: str) -> None:
    for words in naming(name).now:
        assert words
        assert all(words)
        assert words in naming(" ".join(words)).now


@pytest.mark.parametrize(
    "name",
    [
        "Smith Holdings Ltd t/a The Copper Kettle",
        "Smith Holdings Limited trading as Copper Kettle",
        "SMITH HOLDINGS LTD TA COPPER KETTLE LTD",
        "Smith Holdings T/A Copper Kettle",
    ],
)
def test_who_trades_under_another_name_has_both(name: str) -> None:
    assert naming(name).now == (("smith", "holdings"), ("copper", "kettle"))


def test_a_former_name_is_known_as_one() -> None:
    told = naming("Kestrel Smiles Ltd (formerly Harbour Dental Ltd)")
    assert told.now == (("kestrel", "smiles"),)
    assert told.once == (("harbour", "dental"),)
