"""Names that say nothing, measured from the bundled registers."""

import pytest

from crm.registers import generic, names
from crm.registers.models import GenericName, RegisterEntry
from tests.factories.registers import RegisterEntryFactory

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("bundled")
@pytest.mark.parametrize(
    "name",
    [
        "Dental Surgery",
        "Dental Practice",
        "The Surgery",
        "Health Centre",
        "Dental Care Clinic",
        "Pharmacy",
        "Dental Department",
        "Medical Centre",
    ],
)
def test_trade_words_alone_say_nothing(name: str) -> None:
    assert names.is_generic(names.name_key(name))


@pytest.mark.usefixtures("bundled")
@pytest.mark.parametrize(
    "name",
    [
        "Boots",
        "Lloydspharmacy",
        "Rowlands Pharmacy",
        "The Co-operative Pharmacy",
        "Superdrug",
        "Day Lewis Pharmacy",
        "Cohens Chemist",
        "Market Harborough Pharmacy",
        "Pearl Chemist",
        "Manor Pharmacy",
        "St Mary's Catholic Primary School",
    ],
)
def test_chains_and_own_names_say_something(name: str) -> None:
    assert not names.is_generic(names.name_key(name))


@pytest.mark.usefixtures("bundled")
def test_the_list_is_short_and_counted() -> None:
    assert 50 < GenericName.objects.count() < 150
    assert GenericName.objects.get(pk="dental surgery").entries == 3_053


@pytest.mark.usefixtures("bundled")
def test_python_and_the_database_write_the_same_site_key() -> None:
    for entry in RegisterEntry.objects.filter(postcode__startswith="LE"):
        assert entry.site_key == names.site_key(entry.name, entry.postcode, entry.address)


@pytest.mark.usefixtures("no_registers")
def test_site_keys_follow_the_list() -> None:
    for number in range(60):
        RegisterEntryFactory(name=f"Brand{number} Surgery", postcode=f"LE1 {number % 10}AA")
    for door in ("1 High Street", "2 High Street"):
        RegisterEntryFactory(name="Surgery", address=door, postcode=f"LE2 {door[0]}AA")
    generic.measure()
    assert list(GenericName.objects.values_list("name_key", "entries")) == [("surgery", 2)]
    assert set(RegisterEntry.objects.filter(name="Surgery").values_list("site_key", flat=True)) == {
        "surgery|LE2 1AA|1 high street",
        "surgery|LE2 2AA|2 high street",
    }
    RegisterEntry.objects.filter(postcode="LE2 2AA").delete()
    generic.measure()
    assert not GenericName.objects.exists()
    assert RegisterEntry.objects.get(name="Surgery").site_key == "surgery|LE2 1AA"
