"""Files that are no list of postcodes, or half of one: a sentence, and the old list as it was."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from crm.places import published
from crm.places.models import FullPostcode, Loaded
from crm.published import NotLoaded
from tests.places.lists import AREA, HEADER, code_point, directory, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled")]


def refusal(path: Path) -> str:
    before = (FullPostcode.objects.count(), list(Loaded.objects.order_by("name").values()))
    with pytest.raises(NotLoaded) as refused:
        published.load(path)
    assert (FullPostcode.objects.count(), list(Loaded.objects.order_by("name").values())) == before
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_another_file(tmp_path: Path) -> None:
    (tmp_path / "companies.csv").write_text("CompanyName,CompanyNumber\nFERN LTD,1\n")
    assert refusal(tmp_path / "companies.csv") == (
        "companies.csv is no list of postcodes: it begins with “CompanyName,CompanyNumber”. "
        "Load the ONS Postcode Directory (ONSPD) or Code-Point Open, "
        "as the zip that is published or unpacked."
    )
    assert "cannot be read: No such file" in refusal(tmp_path / "missing.zip")
    (tmp_path / "empty").mkdir()
    assert refusal(tmp_path / "empty").startswith("empty holds no list of postcodes.")
    (tmp_path / "blank.csv").touch()
    assert refusal(tmp_path / "blank.csv").startswith("blank.csv holds no list of postcodes.")
    (tmp_path / "words.csv").write_bytes(b"\xff\xfe\x00")
    assert refusal(tmp_path / "words.csv").startswith("words.csv holds no list of postcodes.")


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = directory(tmp_path, header="pcd7,pcd8,pcds,dointr,doterm,oa11cd,ladnm")
    assert refusal(path) == (
        "ONSPD_UK.csv lacks the columns lat, long of the ONS Postcode Directory. "
        "Load the directory as it was published."
    )


def test_a_cut_zip_and_a_cut_table(tmp_path: Path) -> None:
    whole = code_point(tmp_path, {"qx": AREA * 1000}).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:-200])
    assert refusal(tmp_path / "cut.zip").startswith("cut.zip is cut in the middle: ")
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(damaged, "w") as archive:
        archive.writestr("qx.csv", AREA * 1000)
    damaged.write_bytes(damaged.read_bytes().replace(b"806376", b"806377", 1))
    assert refusal(damaged).startswith("damaged.zip is cut in the middle: it cannot be unpacked")
    path = tmp_path / "ONSPD_UK.csv"
    path.write_text("\n".join([HEADER, row("M1 1AE"), row("M1 1AF")[:30]]))
    assert refusal(path) == (
        "ONSPD_UK.csv is cut in the middle: line 3 ends too early. Download it again."
    )


def test_a_header_alone_and_rows_of_something_else(tmp_path: Path) -> None:
    assert "has no postcodes" in refusal(directory(tmp_path))
    assert "Most rows of ONSPD_UK.csv cannot be taken (not a postcode 2 times)" in refusal(
        directory(tmp_path, row("LEICESTER"), row("HULL"), row("M1 1AE"))
    )


def test_two_lists_at_once(tmp_path: Path) -> None:
    directory(tmp_path, row("M1 1AE"))
    directory(tmp_path, row("M1 1AE"), name="ONSPD_OLD.csv")
    assert "holds 2 lists: ONSPD_OLD.csv, ONSPD_UK.csv." in refusal(tmp_path)


def test_an_older_list_and_a_list_without_a_day(tmp_path: Path) -> None:
    assert refusal(code_point(tmp_path, {"qx": AREA}, notes="")) == (
        "codepo_gb.zip does not say of when it is. "
        "Give the day on which it was published, like --as-of 2025-02-01."
    )
    path = directory(tmp_path, row("QX1 1AE", began="202502"))
    published.load(path, as_of=date(2025, 2, 20))
    path = code_point(tmp_path, {"qx": AREA})
    assert refusal(path) == (
        "codepo_gb.zip is of 18 January 2025, older than the list of 20 February 2025 "
        "that is loaded. If that is right, load it with --allow-older."
    )
    assert published.load(path, allow_older=True)


def test_a_list_that_lacks_most_of_an_area(tmp_path: Path) -> None:
    path = directory(tmp_path, row("LE1 1AA", began="202502"))
    assert refusal(path).startswith("ONSPD_UK.csv has 1 postcodes of LE, less than half of the ")
    assert published.load(path, allow_shrinking=True)
