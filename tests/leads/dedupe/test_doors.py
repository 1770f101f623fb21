"""Addresses taken apart."""

import pytest

from leads.dedupe.doors import door


@pytest.mark.parametrize(
    ("address", "house", "street", "town"),
    [
        ("3 Loughborough Rd, Leicester", "3", "loughborough road", "leicester"),
        ("Ratby Surgery, 122 STATION ROAD, RATBY, LEICESTER", "122", "station road", "leicester"),
        ("Eastgate House, 121 - 131 Eastgate St.", "121-131", "eastgate st", ""),
        ("No 7 Lloyd Street", "7", "lloyd st", ""),
        ("1ST FLOOR,  30 SOHO SQUARE, LONDON", "30", "soho square", "london"),
        ("4A Clement Rd, Halesowen, West Midlands", "4a", "clement road", "halesowen"),
        ("The Surgery, High Street, Lowton, Nr.Warrington", "", "high st", "warrington"),
        ("Boscombe Down, Amesbury, Salisbury, Wiltshire", "", "", "salisbury"),
        ("", "", "", ""),
        (", ,", "", "", ""),
    ],
)
def test_house_street_and_town(address: str, house: str, street: str, town: str) -> None:
    found = door(address)
    assert (found.house, found.street, found.town) == (house, street, town)


def test_a_postcode_in_the_address_is_found() -> None:
    found = door("12 High St., Leicester le11aa")
    assert (found.postcode, found.house, found.town) == ("LE1 1AA", "12", "leicester")


def test_what_stands_in_columns_of_its_own_goes_first() -> None:
    found = door("12 High St, Oadby", "Leicester", "LE2 5BB")
    assert (found.town, found.postcode) == ("leicester", "LE2 5BB")
