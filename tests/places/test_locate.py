"""Where postcodes lie, and the sentences for those that lie nowhere."""

import pytest

from crm.places import locate
from crm.places.postcode import NotAPostcode
from tests.factories.registers import FullPostcodeFactory, OutwardFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled")]


def test_a_listed_postcode_is_known_exactly() -> None:
    place = locate.place("le11aa")
    assert (place.latitude, place.longitude) == (52.632283, -1.124859)
    assert (place.postcode.text, place.precision, place.town) == (
        "LE1 1AA",
        "postcode",
        "Leicester",
    )


def test_a_postcode_that_is_not_listed_is_known_to_its_outward_code() -> None:
    place = locate.place("M1 1AE")
    assert (place.precision, place.town) == ("outward", "Manchester")
    assert locate.place("LE1 9ZZ").precision == "outward"


def test_a_place_without_a_town_is_called_by_its_region() -> None:
    assert locate.place("BT1 5GS").town == "Belfast"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "ZZ99 9ZZ",
            "There is no postcode that begins with ZZ99. Check the first half of ZZ99 9ZZ.",
        ),
        (
            "je23ab",
            "JE2 3AB is in Jersey. Campaigns search the United Kingdom; choose a UK postcode.",
        ),
        (
            "GY1 1AA",
            "GY1 1AA is in Guernsey. Campaigns search the United Kingdom; choose a UK postcode.",
        ),
        (
            "IM99 1AA",
            "IM99 1AA is in the Isle of Man. "
            "Campaigns search the United Kingdom; choose a UK postcode.",
        ),
        (
            "BF1 3AA",
            "BF1 3AA is a forces address and has no place on the map. "
            "Choose a postcode of a street, like LE1 1AA.",
        ),
    ],
)
def test_says_why_a_postcode_cannot_be_searched_around(typed: str, sentence: str) -> None:
    with pytest.raises(NotAPostcode) as refused:
        locate.place(typed)
    assert str(refused.value) == sentence


def test_an_outward_code_without_a_centre_is_no_place_but_its_postcodes_are() -> None:
    OutwardFactory(code="QX1", latitude=None, longitude=None)
    FullPostcodeFactory(text="QX1 1AA", latitude=52.0, longitude=0.0)
    assert locate.place("QX1 1AA").precision == "postcode"
    with pytest.raises(NotAPostcode, match="not where it lies"):
        locate.place("QX1 1AB")


def test_a_listed_postcode_needs_no_outward_code() -> None:
    FullPostcodeFactory(text="QY1 1AA", latitude=52.0, longitude=-1.0)
    assert locate.place("QY1 1AA").town == ""
