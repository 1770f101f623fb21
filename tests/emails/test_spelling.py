"""How people's names may be spelt before the @."""

import pytest

from enrichment.emails.spelling import read


def spelt(name: str) -> tuple[list[str], list[str]]:
    person = read(name)
    assert person is not None
    return [each.text for each in person.firsts], [each.text for each in person.lasts]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Jo Smith", "jo", "smith"),
        ("Dr Jo Smith MBE", "jo", "smith"),
        ("Jo Smith, MBE", "jo", "smith"),
        ("SMITH, Jo Anne", "jo", "smith"),
        ("Jo (Joanna) Smith", "jo", "smith"),
        ("Siân O'Brien", "sian", "obrien"),
        ("Seán O Brien", "sean", "obrien"),
        ("Mary O’Neill", "mary", "oneill"),
        ("Fiona McDonald", "fiona", "mcdonald"),
        ("Fiona Mc Donald", "fiona", "mcdonald"),
        ("Zoe Smith-Jones", "zoe", "smith-jones"),
        ("Ann O'Brien-Hughes", "ann", "obrien-hughes"),
        ("Anne-Marie Lee", "annemarie", "lee"),
        ("Pieter van der Berg", "pieter", "vanderberg"),
        ("Łukasz Wójcik", "lukasz", "wojcik"),
        ("José Núñez", "jose", "nunez"),
        ("Hans Müller", "hans", "muller"),
    ],
)
def test_the_usual_spelling(name: str, first: str, last: str) -> None:
    firsts, lasts = spelt(name)
    assert (firsts[0], lasts[0]) == (first, last)


def test_other_spellings() -> None:
    assert spelt("Mary O'Neill")[1] == ["oneill", "o'neill", "o-neill", "o.neill", "neill"]
    assert set(spelt("Zoe Smith-Jones")[1]) >= {"smithjones", "smith.jones", "smith", "jones"}
    assert "berg" in spelt("Pieter van der Berg")[1]
    assert spelt("Hans Müller")[1] == ["muller", "mueller"]
    assert "chris" in spelt("Christopher Fox")[0]
    assert "christopher" in spelt("Chris Fox")[0]


@pytest.mark.parametrize(
    "name", ["", "Dr", "李小龙", "Jo 李", "John & Jane Smith", "Jo Smith 2", "-", "@", "\x00"]
)
def test_what_is_no_name_in_our_letters(name: str) -> None:
    assert read(name) is None


def test_of_mr_smith_the_first_name_is_not_known() -> None:
    assert spelt("Mr Smith") == ([], ["smith"])


def test_a_book_is_read_as_quickly_as_a_name() -> None:
    assert read("Jo " * 1_000_000) is not None
