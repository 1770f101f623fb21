"""Area codes against postcodes."""

import pytest

from enrichment.phones import tables
from enrichment.phones.fitting import Fit, compare
from enrichment.phones.number import read


@pytest.mark.parametrize(
    ("number", "postcode", "fit"),
    [
        ("0116 255 1234", "LE1 1AA", Fit.FITS),
        ("0116 255 1234", "le1", Fit.FITS),
        ("0116 255 1234", "CV23 0AA", Fit.NO_STATEMENT),
        ("0116 255 1234", "M1 1AE", Fit.ELSEWHERE),
        ("0161 255 1234", "LE1 1AA", Fit.ELSEWHERE),
        ("020 7123 4567", "EC1A 1BB", Fit.FITS),
        ("020 8123 4567", "CR0 1AA", Fit.FITS),
        ("028 9012 3456", "BT1 1AA", Fit.FITS),
        ("028 9012 3456", "DG9 7AA", Fit.ELSEWHERE),
        ("023 8012 3456", "SO14 0AA", Fit.FITS),
        ("01595 123456", "ZE1 0AA", Fit.FITS),
        ("01534 612345", "JE2 3AB", Fit.FITS),
        ("01534 612345", "LE1 1AA", Fit.ELSEWHERE),
        ("01539 412345", "LA22 0AA", Fit.FITS),
        ("01632 960123", "LE1 1AA", Fit.NO_STATEMENT),
        ("07911 654321", "LE1 1AA", Fit.NO_STATEMENT),
        ("0800 123 4321", "LE1 1AA", Fit.NO_STATEMENT),
        ("0300 123 4567", "LE1 1AA", Fit.NO_STATEMENT),
        ("+33 1 42 68 53 00", "LE1 1AA", Fit.NO_STATEMENT),
        ("ring us", "LE1 1AA", Fit.NO_STATEMENT),
        ("0116 255 1234", "", Fit.NO_STATEMENT),
        ("0116 255 1234", "no postcode", Fit.NO_STATEMENT),
    ],
)
def test_a_code_fits_a_place_or_not(number: str, postcode: str, fit: Fit) -> None:
    assert compare(read(number), postcode).fit is fit


def test_says_it_in_words() -> None:
    fits = compare(read("0116 255 1234"), "LE1 1AA")
    assert fits.words == "0116 is the code of Leicester, which fits LE."
    elsewhere = compare(read("0161 255 1234"), "LE1 1AA")
    assert elsewhere.words.startswith("0161 is the code of Manchester: one would look for it in")
    mobile = compare(read("07911 654321"), "LE1 1AA")
    assert mobile.words == "It belongs to no place (mobile)."


def test_the_table_names_every_code_once() -> None:
    lines = tables._lines("area_codes")
    codes = [line.partition(";")[0] for line in lines]
    assert len(codes) == len(set(codes)) > 590
    for line in lines:
        code = line.partition(";")[0]
        area = tables.area(code + "0" * (11 - len(code)))
        assert area is not None
        assert area.code == code
        assert area.place
        assert area.postcode_areas
        assert not area.edges & set(area.postcode_areas)


def test_countries_have_names() -> None:
    assert tables.country("FR") == "France"
    assert tables.country("001") == ""
