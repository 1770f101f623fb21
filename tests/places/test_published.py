"""Published lists of postcodes in the tables: what they hold, change, and leave alone."""

import gzip
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.places import loading, locate, published
from crm.places.models import FullPostcode, Loaded, Outward
from crm.places.published import Outcome
from tests.places.lists import AREA, NEWER, code_point, directory, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled")]
WRITES = ("INSERT", "UPDATE", "DELETE", "COPY")


@pytest.fixture(autouse=True)
def nothing_is_known() -> None:
    """As on an installation without the bundled postcodes, which would only be in the way."""
    FullPostcode.objects.all().delete()


def taken(path: Path) -> Outcome:
    outcome = published.load(path)
    assert outcome
    return outcome


def test_the_directory_says_where_a_postcode_lies_and_since_when_it_is_none(tmp_path: Path) -> None:
    path = directory(
        tmp_path,
        row("M1 1AE", 53.4774, -2.2309, began="202502"),
        row("M1 1AF", 53.47, -2.23, ended="200906"),
        row("M1 1AG", "99.999999", "0.000000"),
        row("BT1 5GS", 54.5973, -5.9301),
    )
    outcome = taken(path)
    assert (outcome.label, outcome.as_of) == ("The ONS Postcode Directory", date(2025, 2, 1))
    assert (outcome.held, outcome.merged) == ((4, 1, 1), (3, 0, 0))
    place = locate.place("m11ae")
    assert (place.latitude, place.precision, place.ended) == (53.4774, "postcode", None)
    assert locate.place("M1 1AF").ended == date(2009, 6, 1)
    assert locate.place("M1 1AG").precision == "outward"
    assert locate.place("BT1 5GS").precision == "postcode"


def test_a_newer_edition_with_other_columns_is_read_as_well(tmp_path: Path) -> None:
    assert taken(directory(tmp_path, row("M1 1AE"), header=NEWER)).merged.added == 1


def test_the_directory_is_found_in_its_zip_beside_its_parts(tmp_path: Path) -> None:
    whole = directory(tmp_path, row("M1 1AE"), row("M2 1AE")).read_text(encoding="utf-8-sig")
    part = directory(tmp_path, row("M1 1AE")).read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(tmp_path / "onspd.zip", "w") as archive:
        archive.writestr("Data/ONSPD_FEB_2025_UK.csv", whole)
        archive.writestr("Data/multi_csv/ONSPD_FEB_2025_UK_M.csv", part)
        archive.writestr("Documents/names.csv", b"LAD,LADNM\nW06,Ynys M\xf4n\n")
    assert taken(tmp_path / "onspd.zip").rows == 2


def test_code_point_open_is_turned_into_degrees(tmp_path: Path) -> None:
    manchester = '"M32 0JG",10,379988,395476,"E92000001"\n"M32 0JH",90,0,0,"E92000001"\n'
    outcome = taken(code_point(tmp_path, {"m": manchester, "qx": AREA}))
    assert (outcome.label, outcome.as_of) == ("Code-Point Open", date(2025, 1, 18))
    assert outcome.held == (3, 0, 1)
    place = locate.place("M32 0JG")
    assert place.latitude == pytest.approx(53.455654, abs=0.00005)
    assert place.longitude == pytest.approx(-2.302836, abs=0.00005)


def test_a_folder_and_a_gzip_are_read_like_the_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(code_point(tmp_path, {"qx": AREA})) as archive:
        archive.extractall(tmp_path / "unpacked")
    assert taken(tmp_path / "unpacked").merged.added == 1
    path = tmp_path / "onspd.csv.gz"
    path.write_bytes(
        gzip.compress(directory(tmp_path, row("QX1 1AA", began="202503")).read_bytes())
    )
    assert taken(path).merged == (0, 1, 0)


def test_the_same_list_again_writes_nothing(tmp_path: Path) -> None:
    path = directory(tmp_path, row("M1 1AE"), row("M1 1AF", ended="200906"))
    taken(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert published.load(path) is None
    assert not [q for q in queries if q["sql"].startswith(WRITES)]
    # Packed another way it is read again, and found to be the same.
    packed = tmp_path / "onspd.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert taken(packed).merged == (0, 0, 0)


def test_a_newer_list_moves_ends_and_brings_back(tmp_path: Path) -> None:
    old = [row("M1 1AE"), row("M1 1AF"), row("M1 1AG", ended="200906"), row("M1 1AH")]
    taken(directory(tmp_path, *old))
    new = [row("M1 1AE", 53.0, -2.0), row("M1 1AG"), row("M1 1AH", "99.999999", "0")]
    outcome = taken(directory(tmp_path, *new, row("M1 1AJ", began="202505")))
    assert outcome.merged == (1, 2, 1)
    assert locate.place("M1 1AE").latitude == 53.0
    assert locate.place("M1 1AF").ended == date(2025, 5, 1)
    assert locate.place("M1 1AG").ended is None
    assert locate.place("M1 1AH").latitude == 52.5


def test_a_list_of_great_britain_leaves_northern_ireland_alone(tmp_path: Path) -> None:
    taken(directory(tmp_path, row("BT1 5GS", 54.5973, -5.9301), row("QX1 1AB", ended="200906")))
    taken(code_point(tmp_path, {"qx": AREA}))
    assert locate.place("BT1 5GS").ended is None
    assert locate.place("QX1 1AB").ended == date(2009, 6, 1)


def test_new_outward_codes_get_the_middle_of_their_postcodes(tmp_path: Path) -> None:
    Outward.objects.filter(code="M2").update(latitude=None, longitude=None)
    rows = [row("M99 1AA", 53.4, -2.2), row("M99 1AB", 53.6, -2.4), row("M2 1AA", 53.5, -2.3)]
    ended = row("M99 1AC", 53.0, -2.0, ended="200906")
    assert taken(directory(tmp_path, *rows, ended)).centres == 2
    place = locate.place("M99 9ZZ")
    assert (place.latitude, place.longitude) == pytest.approx((53.5, -2.3))
    assert (place.precision, place.town) == ("outward", "Salford")
    assert locate.place("M2 9ZZ").latitude == pytest.approx(53.5)


def test_the_bundled_postcodes_change_nothing_of_a_published_list(tmp_path: Path) -> None:
    taken(directory(tmp_path, row("LE1 1AA", 52.7, -1.2), row("M99 1AA", 53.4, -2.2)))
    Loaded.objects.filter(as_of=None).update(digest="of yesterday")
    loading.load()
    assert FullPostcode.objects.count() > 20_000
    assert locate.place("LE1 1AA").latitude == 52.7
    assert locate.place("LE1 1AD").precision == "postcode"
    assert locate.place("M99 9ZZ").precision == "outward"


def test_refused_rows_are_counted_by_reason(tmp_path: Path) -> None:
    good = [row(f"M1 {n}AE") for n in range(10)]
    bad = [
        row("NONSENSE"),
        row("M1 1AX", 12.0, -1.0),
        row("M1 1AX", "north", "-1"),
        row("M1 1AX", ended="when"),
        "M11AX,M11AX",
        good[0],
    ]
    assert taken(directory(tmp_path, *good, *bad, good[1])).refused == {
        "not a postcode": 1,
        "a point outside the United Kingdom": 1,
        "a point that is no number": 1,
        "an end that is no month": 1,
        "too few columns": 1,
        "listed twice": 2,
    }
