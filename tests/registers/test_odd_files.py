"""Odd rows within good files: nothing is lost silently, nothing stands twice."""

import csv
import io
import os
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from crm.published import NotLoaded
from crm.registers import loading, reading, report
from crm.registers.formats.known import format_of
from crm.registers.loading import Wishes
from crm.registers.models import RegisterEntry
from tests.registers.files import dentists, practice, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_registers")]
DAY = date(2024, 1, 1)
TWICE = "number twice in the file"


def load(path: Path, register: str = "dentists", **options: Any) -> loading.Outcome:
    return loading.load(format_of(register), path, Wishes(**{"as_of": DAY} | options))


def names() -> dict[str, str]:
    return dict(RegisterEntry.objects.values_list("number", "name"))


@pytest.mark.parametrize("part", [1, 2, 3, 100])
@pytest.mark.parametrize("loaded", ["", "before", "changed"])
def test_of_rows_of_one_number_the_first_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int, loaded: str
) -> None:
    """Identical or not, side by side or far apart, of a new number or a known one."""
    monkeypatch.setattr(reading, "PART", part)
    if loaded:
        name = "Practice 1" if loaded == "before" else "Old name"
        before = written(tmp_path, dentists(practice(1, name), practice(2), practice(5)))
        load(before)
    rows = [
        practice(1),
        practice(1),
        practice(1, "OTHER NAME"),
        practice(2),
        practice(3),
        practice(4),
        practice(5),
        practice(2, "OTHER NAME"),
        practice(3, "OTHER NAME"),
        practice(3),
    ]
    refused = tmp_path / "refused.csv"
    path = written(tmp_path, dentists(*rows))
    outcome = load(path, refused_to=refused)
    wanted = {f"V{n:05}": f"Practice {n}" for n in range(1, 6)}
    assert names() == wanted
    assert outcome.register.entries == 5
    assert outcome.refused == {TWICE: 5}
    with refused.open() as file:
        lines = [int(row["line"]) for row in csv.DictReader(file)]
    assert sorted(lines) == [3, 4, 9, 10, 11]
    assert "Refused 5: number twice in the file 5 (lines " in report.sentence(outcome)
    assert load(path).merged == (0, 0, 0)
    assert names() == wanted


def test_a_row_that_stands_is_not_changed_by_another_of_its_number(tmp_path: Path) -> None:
    """Else two loads of one file would change it to and fro."""
    load(written(tmp_path, dentists(practice(1), practice(2))))
    path = written(tmp_path, dentists(practice(1, "OTHER NAME"), practice(1), practice(2)))
    assert load(path).merged == (0, 0, 0)
    assert names()["V00001"] == "Practice 1"


def test_many_refused_rows_are_counted_and_a_few_are_named(tmp_path: Path) -> None:
    good = [practice(n) for n in range(3_000)]
    bad = [practice(n, "x" * 301) for n in range(3_000, 5_500)]
    refused = tmp_path / "refused.csv"
    outcome = load(written(tmp_path, dentists(*good, *bad)), refused_to=refused)
    why = "name longer than 300 characters"
    assert outcome.refused == {why: 2_500}
    assert outcome.lines == {why: [3_002, 3_003, 3_004]}
    with refused.open() as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["line", "reason", "row"]
    assert rows[1][:3] == ["3002", why, "GDP:V03000"]
    assert len(rows) == 2_501
    assert f"{why} 2,500 (lines 3002, 3003, 3004 …)" in report.sentence(outcome)


def test_refused_rows_are_not_written_over_the_file_or_where_nobody_can(tmp_path: Path) -> None:
    path = written(tmp_path, dentists(practice(1)))
    for where, why in (
        (path, f"{path} is the file that is loaded. Name another one."),
        (tmp_path / "no" / "x.csv", f"{tmp_path}/no/x.csv cannot be written: No such file"),
    ):
        with pytest.raises(CommandError) as refused:
            call_command("load_register", "dentists", str(path), as_of="2024-01-01", refused=where)
        assert str(refused.value).startswith(why)
    assert path.read_text() == dentists(practice(1))
    assert not RegisterEntry.objects.exists()


def test_organisations_without_a_postcode_are_kept_without_a_place(tmp_path: Path) -> None:
    rows = [practice(1, postcode=""), practice(2, postcode="Ankara"), practice(3), practice(4)]
    outcome = load(written(tmp_path, dentists(*rows)))
    assert outcome.refused == {}
    assert outcome.nowhere == 2
    assert "Without a place 2." in report.sentence(outcome)
    kept = RegisterEntry.objects.active().filter(postcode="")
    assert list(kept.values_list("number", "site_key", "cell").order_by("number")) == [
        ("V00001", "", None),
        ("V00002", "", None),
    ]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("X", "x"),
        ("Ÿ", "y"),
        ("Deintyddfa Tŷ Gwyn Cyf", "deintyddfa ty gwyn"),
        ("Стоматология «Улыбка»", "стоматология улыбка"),
        ("北京牙科", "北京牙科"),
        ("!!!", "!!!"),
    ],
)
def test_names_in_any_writing_are_kept_and_found(tmp_path: Path, name: str, key: str) -> None:
    load(written(tmp_path, dentists(practice(1, name))))
    (entry,) = RegisterEntry.objects.active().called(key)
    assert (entry.name, entry.site_key) == (name, f"{key}|LE5 5HH")


def test_a_file_of_another_register(tmp_path: Path) -> None:
    load(written(tmp_path, dentists(practice(1))))
    path = written(tmp_path, dentists(practice(1)))
    with pytest.raises(NotLoaded) as refused:
        load(path, "companies_house")
    sentence = str(refused.value)
    assert sentence.startswith("Line 1 of dentists.tsv has the columns test")
    assert "missing: CompanyName, CompanyNumber, " in sentence
    assert "Choose the published file of the register companies_house" in sentence
    assert names() == {"V00001": "Practice 1"}


def test_an_older_layout_names_what_it_lacks(tmp_path: Path) -> None:
    """Columns that may be missing stay empty, and the report says so; others are asked for."""
    form = format_of("companies_house")
    titles = [f" {title}" for ours, title in form.columns.items() if ours not in form.optional]
    row = ["OAK LTD", "01234567", "1 High Street", "", "LEICESTER", "", "", "LE1 1AA", "Active"]
    row += ["86230 - Dental practice activities", "", "", ""]
    for kept in (titles, titles[:-5] + titles[-4:]):
        table = io.StringIO()
        csv.writer(table).writerows([kept, row[: len(kept)]])
        path = written(tmp_path, table.getvalue(), "companies.csv")
        if kept is titles:
            text = report.sentence(load(path, "companies_house"))
            assert "Columns that the file lacks stay empty: RegAddress.CareOf" in text
            assert " more." in text
        else:
            with pytest.raises(NotLoaded, match="missing: CompanyStatus"):
                load(path, "companies_house")
    assert names() == {"01234567": "Oak Ltd"}


def test_a_zip_with_a_broken_inside(tmp_path: Path) -> None:
    whole = dentists(*(practice(n) for n in range(2_000)))
    load(written(tmp_path, whole))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dentists.tsv", whole + os.urandom(5_000).hex())
    content = bytearray(packed.getvalue())
    content[6_000:6_050] = bytes(50)
    before = names()
    with pytest.raises(NotLoaded, match="cannot be unpacked"):
        load(written(tmp_path, bytes(content), "dentists.zip"))
    assert names() == before


def test_a_zip_that_cannot_be_unpacked_here(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("dentists.tsv", dentists(practice(1)))
    # The bit of a password, and the number of a way of packing, here and in the list at the end.
    for place, sign, why in ((0, 1, "password required"), (2, 97, "compression method")):
        content = bytearray(packed.getvalue())
        for start in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
            content[start + place] = sign
        with pytest.raises(NotLoaded, match=f"cannot be unpacked here .*{why}.* Unpack it"):
            load(written(tmp_path, bytes(content), "dentists.zip"))


def test_progress_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm.registers.diary.EVERY_SECONDS", 0)
    monkeypatch.setattr(reading, "PART", 10)
    path = written(tmp_path, dentists(*(practice(n) for n in range(35))))
    said = io.StringIO()
    call_command("load_register", "dentists", str(path), as_of="2024-01-01", stderr=said)
    lines = said.getvalue().splitlines()
    assert len(lines) == 4
    assert all(" rows read, " in line and " % , about " not in line for line in lines)
    assert lines[-1].startswith("35 rows read, 100 %, about 0 s left")
