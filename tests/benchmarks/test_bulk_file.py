"""The made file of Companies House is of the published form, and like the true one."""

import csv
import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from tests.benchmarks.bulk_file import writing
from tests.benchmarks.bulk_file.columns import COLUMNS
from tests.benchmarks.bulk_file.writing import Made

ROWS = 8_000


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    """Both months."""
    folder = tmp_path_factory.mktemp("files")
    return [writing.made(folder, ROWS, month) for month in writing.MONTHS]


@pytest.fixture(scope="module")
def months(files: list[Made]) -> list[dict[str, dict[str, str]]]:
    """Both by company number."""
    return [_read(file.path) for file in files]


def _read(path: Path) -> dict[str, dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        [name] = archive.namelist()
        text = io.TextIOWrapper(archive.open(name), encoding="utf-8", newline="")
        rows = list(csv.DictReader(text, strict=True))
    assert [*rows[0]] == [*COLUMNS]
    assert not [row for row in rows if None in row or None in row.values()]
    found = {row[" CompanyNumber"]: row for row in rows}
    assert len(found) == len(rows)
    return found


def test_every_name_is_borne_once(months: list[dict[str, dict[str, str]]]) -> None:
    for month in months:
        assert len({row["CompanyName"] for row in month.values()}) == len(month)
    assert len(months[0]) == ROWS


def test_it_is_like_the_true_one(months: list[dict[str, dict[str, str]]]) -> None:
    rows = list(months[0].values())
    postcodes = Counter(row["RegAddress.PostCode"] for row in rows)
    statuses = Counter(row["CompanyStatus"] for row in rows)
    prefixes = Counter(number[:2] for number in months[0])
    districts = Counter(row["RegAddress.PostCode"].partition(" ")[0] for row in rows)
    assert 0.92 < statuses["Active"] / ROWS < 0.94
    # A third of them with the suburbs, whose post towns have names of their own.
    assert 0.2 < sum(row["RegAddress.PostTown"] == "LONDON" for row in rows) / ROWS < 0.34
    # 100,000 of 5.6 million.
    assert postcodes["EC1V 2NX"] > 0.015 * ROWS
    assert districts["EC1V"] > districts["EC1A"] > 0
    assert prefixes["SC"] > prefixes["NI"] > prefixes["OC"] > 0
    assert len({row["SICCode.SicText_1"] for row in rows}) > 400


def test_a_month_changes_one_in_a_hundred(months: list[dict[str, dict[str, str]]]) -> None:
    before, after = months
    both = before.keys() & after.keys()
    changed = [number for number in both if before[number] != after[number]]
    renamed = [n for n in both if before[n]["CompanyName"] != after[n]["CompanyName"]]
    assert 0.004 < len(changed) / ROWS < 0.009
    assert renamed
    assert all(after[n]["PreviousName_1.CONDATE"] for n in renamed)
    assert 0 < len(after.keys() - before.keys()) < 0.004 * ROWS
    assert 0 < len(before.keys() - after.keys()) < 0.005 * ROWS


def test_it_says_itself_what_is_new(
    files: list[Made], months: list[dict[str, dict[str, str]]]
) -> None:
    before, after = months
    told = files[1].news
    closed = [n for n in before if n not in after or after[n]["DissolutionDate"]]
    assert told["opened"] == len(after.keys() - before.keys())
    assert told["closed"] == len(closed)
