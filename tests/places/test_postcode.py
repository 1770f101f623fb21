"""What people type for a postcode."""

import pytest

from crm.places.postcode import NoPlaceOnTheMap, NotAPostcode, PartOfAPostcode, parse


@pytest.mark.parametrize(
    ("typed", "text", "outward"),
    [
        ("LE1 1AA", "LE1 1AA", "LE1"),
        ("le11aa", "LE1 1AA", "LE1"),
        ("  l e 1 1 a a ", "LE1 1AA", "LE1"),
        ("LE1\N{NO-BREAK SPACE}1AA", "LE1 1AA", "LE1"),
        ("LE1\N{ZERO WIDTH SPACE} 1AA", "LE1 1AA", "LE1"),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER L}E1 1AA", "LE1 1AA", "LE1"),
        ("ec1a1bb", "EC1A 1BB", "EC1A"),
        ("M1 1AE", "M1 1AE", "M1"),
        ("LE111AA", "LE11 1AA", "LE11"),
        ("ZZ99 9ZZ", "ZZ99 9ZZ", "ZZ99"),
        ("JE2 3AB", "JE2 3AB", "JE2"),
    ],
)
def test_reads_a_postcode_whatever_its_dress(typed: str, text: str, outward: str) -> None:
    postcode = parse(typed)
    assert (postcode.text, postcode.outward) == (text, outward)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("LE1", "LE1 is only the first half of a postcode. Write it in full, like LE1 1AA."),
        ("ec1a", "EC1A is only the first half of a postcode. Write it in full, like EC1A 1AA."),
        ("LE1 1", "LE11 is only the first half of a postcode. Write it in full, like LE11 1AA."),
        ("LE11 1A", "LE11 1A is only part of a postcode. Write it in full, like LE11 1AA."),
    ],
)
def test_asks_for_the_rest_of_half_a_postcode(typed: str, sentence: str) -> None:
    with pytest.raises(PartOfAPostcode) as refused:
        parse(typed)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("LE1 OAA", "LE1 0AA"),
        ("LEI 1AA", "LE1 1AA"),
        ("S015 2AA", "SO15 2AA"),
        ("M1 lAE", "M1 1AE"),
    ],
)
def test_suggests_what_looks_alike(typed: str, meant: str) -> None:
    with pytest.raises(NotAPostcode, match=f"Did you mean {meant}\\?"):
        parse(typed)


@pytest.mark.parametrize("typed", ["", "   ", "\N{NO-BREAK SPACE}"])
def test_asks_for_a_postcode_when_there_is_none(typed: str) -> None:
    with pytest.raises(NotAPostcode, match="Enter a UK postcode"):
        parse(typed)


@pytest.mark.parametrize("typed", ["BFPO 57", "bfpo1", "GIR 0AA"])
def test_knows_postcodes_without_a_place(typed: str) -> None:
    with pytest.raises(NoPlaceOnTheMap, match="no place on the map"):
        parse(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Leicester",
        "12345",
        "LE1 1AAA",
        "LE1;DROP TABLE",
        "<script>",
        "🏠",
        "1\N{ARABIC-INDIC DIGIT ONE}",
    ],
)
def test_refuses_nonsense_with_an_example(typed: str) -> None:
    with pytest.raises(NotAPostcode, match=r"is not a UK postcode\..*like LE1 1AA"):
        parse(typed)


def test_does_not_repeat_300_characters() -> None:
    with pytest.raises(NotAPostcode) as refused:
        parse("x" * 300)
    assert len(str(refused.value)) < 100
