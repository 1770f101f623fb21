"""Addresses split into lines and town."""

import pytest

from crm.registers.addresses import split


@pytest.mark.parametrize(
    ("published", "name", "lines", "town"),
    [
        (
            "DENTAL SURGERY, 22 MARTYRS AVENUE, CRAWLEY, WEST SUSSEX",
            "Dental Surgery",
            "22 Martyrs Avenue",
            "Crawley",
        ),
        ("142 ALBANY ROAD, LYMM, CHESHIRE", "142 Albany Road", "142 Albany Road", "Lymm"),
        ("Stubbing Road, Chesterfield, Chesterfield", "Cohens", "Stubbing Road", "Chesterfield"),
        ("1 High Street", "Boots", "1 High Street", ""),
        ("Temple Road", "School", "Temple Road", ""),
        ("Leicester", "Boots", "", "Leicester"),
        ("", "Boots", "", ""),
    ],
)
def test_county_and_name_are_left_out(published: str, name: str, lines: str, town: str) -> None:
    assert split(published.split(","), name) == (lines, town)


def test_two_parts_in_one_column() -> None:
    assert split(["LONGCROFT, ALMONDBURY", "HUDDERSFIELD", ""], "X") == (
        "Longcroft, Almondbury",
        "Huddersfield",
    )
