"""Files that are refused: one sentence with the cure, and nothing half done."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from crm.registers.formats.known import FORMATS
from crm.registers.models import Register, RegisterEntry
from tests.registers.files import dentists, nhs, practice, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_registers")]
DAY = ("--as-of", "2024-01-01")
GOOD = dentists(*(practice(n) for n in range(50)))
LAST = dentists(*(practice(n) for n in range(3))).rstrip("\n")


def refusal(path: Path | str, register: str = "dentists", *options: str) -> str:
    before = list(RegisterEntry.objects.order_by("pk").values())
    with pytest.raises(CommandError) as refused:
        call_command("load_register", register, str(path), *options)
    assert list(RegisterEntry.objects.order_by("pk").values()) == before
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_an_unknown_register_is_answered_with_the_known() -> None:
    assert refusal("x", "garages") == (
        "There is no register called garages. "
        f"Choose one of: {', '.join(form.slug for form in FORMATS)}."
    )


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    missing = tmp_path / "missing.tsv"
    assert refusal(missing) == f"{missing} cannot be read: No such file or directory."
    assert refusal(tmp_path) == f"{tmp_path} cannot be read: Is a directory."


@pytest.mark.parametrize("content", [b"", gzip.compress(b"", mtime=0)])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    assert refusal(written(tmp_path, content)) == "dentists.tsv is empty. Download it again."


def test_a_header_alone(tmp_path: Path) -> None:
    assert "has no entries" in refusal(written(tmp_path, dentists()))


def test_wrong_columns(tmp_path: Path) -> None:
    path = written(tmp_path, "test\tname\ttext\nGDP:1\tA\tB\n")
    assert refusal(path) == (
        "Line 1 of dentists.tsv has the columns test, name, text; missing: postcode. "
        "Choose the published file of the register dentists, its columns separated by tabs."
    )
    path = written(tmp_path, '"A81001","THE SURGERY","Y63"\n', "epraccur.csv")
    sentence = refusal(path, "nhs_practices")
    assert sentence.startswith("Line 1 of epraccur.csv has 3 columns instead of 27; missing: ")
    assert "postcode (column 10), " in sentence


def test_the_columns_of_another_file_with_as_many(tmp_path: Path) -> None:
    path = written(tmp_path, f"{nhs(status='Status')}\n{nhs(status='x')}\n", "epraccur.csv")
    assert refusal(path, "nhs_practices") == (
        "Most rows of epraccur.csv cannot be taken (unknown status 2 times). "
        "Check that it is the published file of the register nhs_practices."
    )


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (LAST[:-20], "its last line 4 has 3 of 4 columns"),
        (LAST[:-7], "its last line 4 is not complete"),
        (LAST[:-2], "its last line 4 is not complete"),
        (LAST.rpartition("\t")[0] + "\n", "its last line 4 has 3 of 4 columns"),
        (gzip.compress(GOOD.encode())[:-30], "it cannot be unpacked ("),
        (gzip.compress(GOOD.encode())[:-4], "it cannot be unpacked ("),
        ("test\tname\ttext\tpostcode\nGDP:1\tZ\xe4".encode()[:-1], "line 2 ends within a sign"),
    ],
)
def test_a_file_cut_in_the_middle(tmp_path: Path, content: str | bytes, where: str) -> None:
    sentence = refusal(written(tmp_path, content))
    assert sentence.startswith(f"dentists.tsv is cut in the middle: {where}")
    assert sentence.endswith(". Download it again.")


def test_a_file_cut_within_quotes(tmp_path: Path) -> None:
    path = written(tmp_path, f"{nhs()}\n{nhs(code='C82002')[:60]}", "epraccur.csv")
    assert refusal(path, "nhs_practices") == (
        "epraccur.csv is cut in the middle: line 2 ends within quotes. Download it again."
    )


def test_another_encoding(tmp_path: Path) -> None:
    path = written(tmp_path, dentists(practice(1), practice(2, "CAFÉ")).encode("cp1252"))
    assert refusal(path) == (
        "Line 3 of dentists.tsv is not in UTF-8 (byte 0xc9). Save the file as UTF-8 "
        "or name its encoding, for example --encoding cp1252."
    )
    call_command("load_register", "dentists", str(path), *DAY, "--encoding", "cp1252")
    assert RegisterEntry.objects.filter(name="Café").exists()


def test_an_encoding_that_does_not_exist(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    for name in ("klingon", "base64"):
        assert refusal(path, "dentists", "--encoding", name) == (
            f"There is no encoding called {name}. Name one like utf-8 or cp1252."
        )


def test_utf16_without_its_mark(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.encode("utf-16-le"))
    assert "Try --encoding utf-16." in refusal(path)
    call_command("load_register", "dentists", str(path), *DAY, "--encoding", "utf-16-le")
    assert RegisterEntry.objects.count() == 50


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
@pytest.mark.parametrize("packing", ["plain", "gzip", "zip"])
def test_marked_encodings_and_packed_files_are_recognised(
    tmp_path: Path, encoding: str, packing: str
) -> None:
    content = GOOD.encode(encoding)
    if packing == "gzip":
        content = gzip.compress(content)
    elif packing == "zip":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("dentists.tsv", content)
            archive.writestr("read me.pdf", b"%PDF")
        content = packed.getvalue()
    call_command("load_register", "dentists", str(written(tmp_path, content)), *DAY)
    assert Register.objects.get(pk="dentists").entries == 50


def test_a_zip_without_exactly_one_table(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "x")
    sentence = refusal(written(tmp_path, packed.getvalue()))
    assert "must hold exactly one .csv, .tsv or .txt file; it holds: a.csv, b.csv" in sentence
    assert "cut in the middle" in refusal(written(tmp_path, packed.getvalue()[:-30]))


def test_less_than_half_is_refused_unless_allowed(tmp_path: Path) -> None:
    call_command("load_register", "dentists", str(written(tmp_path, GOOD)), *DAY)
    small = written(tmp_path, dentists(*(practice(n) for n in range(24))))
    assert refusal(small) == (
        "dentists.tsv has 24 entries, less than half of the 50 that are loaded. "
        "If that is right, load it with --allow-shrinking."
    )
    call_command("load_register", "dentists", str(small), *DAY, "--allow-shrinking")
    assert RegisterEntry.objects.active().count() == 24


def test_a_day_that_is_none(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    assert refusal(path, "dentists", "--as-of", "23/4/2025") == (
        "23/4/2025 is not a day. Write it like 2025-04-23."
    )
    assert refusal(path, "dentists", "--as-of", "2999-01-01") == (
        "2999-01-01 is still to come. Give the day on which dentists.tsv was published."
    )
    assert "like --as-of 2025-04-23." in refusal(path)


def test_an_older_file_is_refused_unless_that_is_meant(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    call_command("load_register", "dentists", str(path), *DAY)
    older = ("--as-of", "2020-05-01")
    assert refusal(path, "dentists", *older) == (
        "dentists.tsv is of 2020-05-01, older than what is loaded (2024-01-01). "
        "Say --allow-older if that is meant."
    )
    assert str(Register.objects.get(slug="dentists").as_of) == "2024-01-01"
    call_command("load_register", "dentists", str(path), *older, "--allow-older")
    assert str(Register.objects.get(slug="dentists").as_of) == "2020-05-01"
