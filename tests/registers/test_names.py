"""Names made comparable."""

import pytest

from crm.registers import names
from tests.factories.registers import GenericNameFactory


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dental Care Clinic", "DENTAL CARE CLINIC LIMITED"),
        ("The Surgery", "Surgery"),
        ("Smith & Sons", "SMITH AND SONS PLC"),
        ("Sainsbury's Pharmacy", "Sainsbury\N{RIGHT SINGLE QUOTATION MARK}s pharmacy"),
        ("J.K. Patel Ltd.", "J K Patel"),
        ("Café Zoë", "cafe zoe"),
        ("Acme P.L.C.", "ACME"),
        ("Co-op", "Co op"),
    ],
)
def test_two_spellings_have_one_key(one: str, other: str) -> None:
    assert names.name_key(one) == names.name_key(other)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The", "the"),
        ("Limited", "limited"),
        ("🦷", "🦷"),
        ("", ""),
        ("<script>alert(1)</script>", "script alert 1 script"),
    ],
)
def test_a_key_is_never_lost(name: str, key: str) -> None:
    assert names.name_key(name) == key


def test_different_names_stay_different() -> None:
    assert names.name_key("Boots") != names.name_key("Boots Opticians")


def test_names_sort_without_case_and_accents() -> None:
    assert sorted(["Zebra", "apple", "Éclair"], key=names.sort_key) == ["apple", "Éclair", "Zebra"]


@pytest.mark.parametrize(
    ("address", "premise"),
    [
        ("3 Loughborough Rd, Leicester", "3 loughborough road"),
        ("Eastgate House, 121 - 131 Eastgate St.", "121 131 eastgate street"),
        ("No 7 Lloyd Street", "7 lloyd street"),
        ("Woodcroft, Bepton Road", "woodcroft"),
        ("", ""),
    ],
)
def test_the_door_of_an_address(address: str, premise: str) -> None:
    assert names.premise(address) == premise


@pytest.mark.django_db
@pytest.mark.usefixtures("no_registers")
def test_only_generic_names_need_their_door() -> None:
    GenericNameFactory(name_key="dental surgery")
    assert names.is_generic("dental surgery")
    assert not names.is_generic("boots")
    assert names.site_key("Boots Ltd", "le55hh", "386 East Park Road") == "boots|LE5 5HH"
    assert names.site_key("Dental Surgery", "LE5 5HH", "386 East Park Rd") == (
        "dental surgery|LE5 5HH|386 east park road"
    )
