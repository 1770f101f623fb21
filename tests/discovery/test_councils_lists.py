"""Reading councils' lists: any usual file, what is kept of it, and why others are refused."""

import io
import zipfile
from datetime import date

import pytest

from campaigns.planning import reading, who
from campaigns.planning.unreadable import Unreadable
from tests.discovery.lists import HEADINGS, ROWS, as_csv, as_xlsx


@pytest.fixture(autouse=True)
def _db(db: None) -> None:
    """Names are compared by what the database calls generic."""


@pytest.mark.parametrize(
    "content",
    [
        as_csv(),
        as_csv(delimiter=";", encoding="cp1252"),
        as_csv(delimiter="\t", encoding="utf-16"),
        as_csv(delimiter="|", encoding="utf-8-sig", above="Weekly list\r\n\r\nAs of Monday\r\n"),
        as_xlsx(),
    ],
)
def test_any_usual_file_is_read(content: bytes) -> None:
    listed = reading.read(content)
    assert (listed.rows, len(listed.applications), listed.companies) == (5, 3, 3)
    assert (listed.persons, listed.unplaced, listed.repeated) == (1, 1, 0)
    assert listed.headings["Reference"] == "Application number"
    first, second, third = listed.applications
    assert (first.reference, first.applicant, first.agent) == (
        "26/0001/FUL",
        "Quay Homes Ltd",
        "Fern Architects LLP",
    )
    assert (first.postcode, first.agent_postcode) == ("LE1 1AA", "LE1 5AB")
    assert (first.received, first.decided) == (date(2026, 11, 2), date(2026, 11, 20))
    assert second.received == date(2026, 11, 3)
    assert third.applicant == "Northern Signs Ltd"


def test_nothing_of_a_private_person_is_kept() -> None:
    listed = reading.read(as_csv())
    kept = repr(listed.applications)
    assert "Person" not in kept
    # Where one applies through an agent, the home is left out, too.
    assert "Home Street" not in kept


@pytest.mark.parametrize(
    ("said", "company"),
    [
        ("Quay Homes Ltd", "Quay Homes Ltd"),
        ("Mr J Smith", ""),
        ("J Smith", ""),
        ("Mr & Mrs Smith", ""),
        ("Mrs Jane Smith, Smith Homes Ltd", "Smith Homes Ltd"),
        ("Jane Smith (Smith Homes Ltd)", "Smith Homes Ltd"),
        ("Jane Smith - Fern Architects", "Fern Architects"),
        ("Hill, Dale & Co Ltd", "Hill, Dale & Co Ltd"),
        ("LEICESTER CITY COUNCIL", "LEICESTER CITY COUNCIL"),
        (
            "University Hospitals of Leicester NHS Trust",
            "University Hospitals of Leicester NHS Trust",
        ),
        ("Dr Smith Dental Practice", ""),
        ("c/o agent", ""),
        ("", ""),
        ("\x00", ""),
    ],
)
def test_who_is_a_company(said: str, company: str) -> None:
    assert who.company(said) == company


@pytest.mark.parametrize(
    "person",
    [
        "John House", "Sarah Church", "David Land", "J Church", "Tom Homes", "Anna Care",
        "Peter Bank", "George Trust", "Paul College", "Charity Jones", "Charity Church",
        "HOUSE J", "CHURCH S. J.", "House, John", "Church, Sarah", "Parish, D", "Church",
        "John & Sarah House", "J and S Church", "John House and Sarah Church",
        "John House, Tom Land", "Peter Bank & Anna Care", "John House & Mrs Sarah House",
        "Sarah Jane Elizabeth Church", "Olumide House", "Wojciech Land", "José Care", "ZOË BANK",
        "Łukasz Homes", "Anna Church-House", "J Care-Smith", "LP Hartley", "Hartley LP",
        "BV Patel", "CO Jones", "The Rev J Church", "The Hon Peter Bank",
        "Col Anna Care", "Estate of John House", "The Estate of the late Jane Smith",
    ],
)  # fmt: skip
def test_a_surname_that_sounds_like_a_company_is_a_person_s(person: str) -> None:
    assert who.company(person) == ""


@pytest.mark.parametrize(
    "company",
    [
        "Leicester Homes", "Bellway Homes", "David Wilson Homes", "Tom Homes Ltd",
        "Anna Care Homes", "Grace Care Ltd", "Grace Care (UK) Ltd", "Grace Care Home",
        "Care UK", "24 Care", "Holly House Care", "Oakland House Surgery", "House of Fraser",
        "Church House Dental", "St Mary's Church", "ST MARYS CHURCH", "Oadby Baptist Church",
        "Parish Church", "Kirby Parish Council", "John Church Architects",
        "Charles Church Developments", "Catesby Strategic Land", "Gleeson Land (North) Limited",
        "Savills (UK) Ltd", "Bank of Ireland", "Barclays Bank", "The Bank", "Peter Bank Associates",
        "Severn Trent Water", "Network Rail", "Woodland Trust", "Leicester College",
        "Smith & Co", "James & Sons", "Smith Brothers", "LP Hartley Ltd", "Queens Road Surgery",
        "Park Lane Homes", "The Crown Estate",
    ],
)  # fmt: skip
def test_a_second_sign_tells_a_company_from_a_person(company: str) -> None:
    assert who.company(company) == company


@pytest.mark.parametrize(
    ("said", "company"),
    [
        ("John House, Smith Homes Ltd", "Smith Homes Ltd"),
        ("Tom Homes (Fern Architects)", "Fern Architects"),
        ("Smith, John (Smith Homes Ltd)", "Smith Homes Ltd"),
        ("Mrs Jane Smith, Leicester Homes", "Leicester Homes"),
        ("Rev Jane Smith, St Mary's Church", "St Mary's Church"),
        ("Mr J Smith, Oak House", ""),
        ("Mr J Smith, Church House, Main Street", ""),
        ("Mr J Smith, The Old School House", ""),
        ("Mr J Smith, The Old Brewery", ""),
        ("Mr J Smith, Bank Farm", ""),
        ("Mr J Smith, 3 School Lane, Blaby", ""),
        ("Smith, John, 3 Church St", ""),
    ],
)
def test_the_home_of_a_person_is_no_company(said: str, company: str) -> None:
    assert who.company(said) == company


def test_of_people_who_sound_like_companies_nothing_is_kept() -> None:
    row = list(ROWS[0])
    row[3], row[4], row[5] = "Sarah Church", "", "John House"
    listed = reading.read(as_csv(rows=[row]))
    assert (listed.applications, listed.persons) == ([], 1)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(Unreadable) as error:
        reading.read(as_csv(headings=("Name", "Reference", *HEADINGS[2:]), rows=ROWS))
    said = str(error.value)
    assert "no column for the address of the site" in said
    assert "“Name”, “Reference”, “Proposal”" in said
    with pytest.raises(Unreadable, match="none for who applies"):
        reading.read(b"one;two\r\n1;2")


def test_headings_alone_are_an_empty_list() -> None:
    assert reading.read(as_csv(rows=())).rows == 0
    assert reading.read(as_xlsx(rows=())).rows == 0


def test_a_reference_that_is_there_twice_counts_once() -> None:
    listed = reading.read(as_csv(rows=[ROWS[0], ROWS[0]]))
    assert (len(listed.applications), listed.repeated) == (1, 1)


def test_ten_thousand_rows_are_read_and_fifty_thousand_are_the_most() -> None:
    many = [(f"26/{at}", *ROWS[0][1:]) for at in range(10_000)]
    assert len(reading.read(as_csv(rows=many)).applications) == 10_000
    with pytest.raises(Unreadable, match="50,000"):
        reading.read(b"Reference,Address,Applicant\n" + b"x,y,z\n" * 50_001)


def test_formulas_are_not_worked_out() -> None:
    row = list(ROWS[0])
    row[2] = '=HYPERLINK("http://example.com")'
    [application] = reading.read(as_xlsx(rows=[row])).applications
    assert application.proposal == ""


def packed(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return held.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "It is empty"),
        (b" \r\n", "It is empty"),
        (b"x" * 10_000_001, "larger than 10 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
        (b"%PDF-1.7\x00\x00", "neither CSV nor XLSX"),
        (b"\xff\xfea\x00b", "damaged"),
        (b"just a letter", "no column for"),
        (as_xlsx()[:2_000], "no XLSX file"),
        (packed(a=b"x"), "ZIP file, but no XLSX"),
        (packed(**{"[Content_Types].xml": b" " * 81_000_000}), "unpacks to far more"),
        (packed(**{"[Content_Types].xml": BOMB}), "no XLSX file"),
        (packed(**{"[Content_Types].xml": b"<x/>"}), "no XLSX file"),
        (b'Reference,Address,Applicant\n"' + b"a" * 200_000, "can't be read as CSV"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        reading.read(content)
