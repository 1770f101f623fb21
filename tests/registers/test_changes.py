"""What changed between two files is a list: each by what a file says, with its day."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from crm.registers import loading
from crm.registers.formats.known import format_of
from crm.registers.loading import Wishes
from crm.registers.models import Change, RegisterEntry
from tests.registers.files import dentists, nhs, practice, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_registers")]
FIRST, SECOND, THIRD = date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)


def load(folder: Path, day: date, *rows: str) -> loading.Outcome:
    path = written(folder, "\n".join([*rows, ""]), "epraccur.csv")
    return loading.load(format_of("nhs_practices"), path, Wishes(as_of=day))


def told() -> list[tuple[Any, ...]]:
    rows = Change.objects.order_by("on", "entry__number", "kind")
    return list(rows.values_list("entry__number", "kind", "on", "before"))


def test_a_first_file_tells_nothing_and_neither_does_the_same_once_more(tmp_path: Path) -> None:
    load(tmp_path, FIRST, nhs(), nhs(code="B", status="C", closed="20200131"))
    load(tmp_path, SECOND, nhs(), nhs(code="B", status="C", closed="20200131"))
    assert told() == []


def test_each_change_says_what_was_before_and_when_that_was_told(tmp_path: Path) -> None:
    load(
        tmp_path,
        FIRST,
        nhs(code="A", name="OAK SURGERY"),
        nhs(code="B", name="BEECH SURGERY"),
        nhs(code="C", name="CEDAR SURGERY"),
        nhs(code="D", name="DOGWOOD SURGERY", status="C", closed="20200131"),
        nhs(code="E", name="ELM SURGERY"),
    )
    load(
        tmp_path,
        SECOND,
        nhs(code="A", name="OAK HOUSE SURGERY"),
        nhs(code="B", name="BEECH SURGERY", postcode="LE1 1AA", first="1"),
        nhs(code="C", name="CEDAR SURGERY", status="C", closed="20240115"),
        nhs(code="D", name="DOGWOOD SURGERY"),
        nhs(code="N", opened="20240110"),
        nhs(code="O", opened="19740401"),
        nhs(code="P", opened="20240110", status="C", closed="20240111"),
    )
    assert told() == [
        ("A", "renamed", SECOND, {"name": "Oak Surgery"}),
        (
            "B",
            "moved",
            SECOND,
            {"address": "386, East Park Road", "town": "Leicester", "postcode": "LE5 5HH"},
        ),
        ("C", "closed", SECOND, {}),
        ("D", "reopened", SECOND, {"closed": "2020-01-31"}),
        ("E", "closed", SECOND, {}),
        ("N", "opened", SECOND, {}),
        ("O", "listed", SECOND, {}),
    ]


def test_number_name_and_address_change_at_once(tmp_path: Path) -> None:
    """Then it is another entry: nothing in the files says that it is the same one."""
    load(tmp_path, FIRST, nhs(code="A", name="OAK SURGERY"), nhs(code="Z"))
    load(
        tmp_path,
        SECOND,
        nhs(code="B", name="ELM SURGERY", postcode="LE1 1AA", opened=""),
        nhs(code="Z"),
    )
    assert told() == [("A", "closed", SECOND, {}), ("B", "opened", SECOND, {})]
    gone = RegisterEntry.objects.get(number="A")
    assert (gone.name, gone.status, gone.last_seen) == ("Oak Surgery", "closed", FIRST)


def test_who_leaves_for_an_address_without_a_postcode_has_moved(tmp_path: Path) -> None:
    """One that only got its postcode has not."""
    load(tmp_path, FIRST, nhs(code="A"), nhs(code="B", postcode=""), nhs(code="C", postcode=""))
    load(tmp_path, SECOND, nhs(code="A", postcode="", first="1"), nhs(code="B", first="2"),
         nhs(code="C"))  # fmt: skip
    moved = [(number, kind, was["postcode"]) for number, kind, _, was in told()]
    assert moved == [("A", "moved", "LE5 5HH"), ("B", "moved", "")]


def test_what_is_listed_no_more_and_comes_back_is_told_twice(tmp_path: Path) -> None:
    load(tmp_path, FIRST, nhs(code="A"), nhs(code="B"))
    load(tmp_path, SECOND, nhs(code="A"))
    load(tmp_path, THIRD, nhs(code="A"), nhs(code="B"))
    assert told() == [("B", "closed", SECOND, {}), ("B", "reopened", THIRD, {})]
    assert RegisterEntry.objects.get(number="B").first_seen == FIRST


def test_a_correction_of_the_same_day_is_no_news_of_openings(tmp_path: Path) -> None:
    load(tmp_path, FIRST, nhs(code="A"))
    load(tmp_path, FIRST, nhs(code="A"), nhs(code="B", opened="20231230"))
    assert told() == []


COMPANIES = (
    "CompanyName, CompanyNumber,RegAddress.AddressLine1, RegAddress.AddressLine2,"
    "RegAddress.PostTown,RegAddress.County,RegAddress.Country,RegAddress.PostCode,CompanyStatus,"
    "SICCode.SicText_1,SICCode.SicText_2,SICCode.SicText_3,SICCode.SicText_4"
)


def company(number: str, status: str, name: str = "OAK LTD") -> str:
    return f"{name},{number},1 High Street,,LEICESTER,,UNITED KINGDOM,LE1 1AA,{status},86230 - x,,,"


def test_another_status_of_a_company_is_told(tmp_path: Path) -> None:
    for day, status in (("2024-01-01", "Active"), ("2024-02-01", "Liquidation")):
        content = "\n".join([COMPANIES, company("01234567", status), ""])
        path = written(tmp_path, content, f"BasicCompanyData-{day}.csv")
        loading.load(format_of("companies_house"), path)
    assert told() == [("01234567", "standing", SECOND, {"status": ""})]


def test_the_whole_register_after_an_extract_of_it_is_no_news(tmp_path: Path) -> None:
    """What ships of Companies House is a part: the other millions did not open since then."""
    form = format_of("companies_house")
    path = written(tmp_path, "\n".join([COMPANIES, company("01234567", "Active"), ""]), "a.csv")
    loading.load(form, path, Wishes(as_of=FIRST, digest="bundled"))
    rows = [company(f"0000000{n}", "Active", f"OAK {n} LTD") for n in range(1, 4)]
    path = written(tmp_path, "\n".join([COMPANIES, *rows, ""]), "b.csv")
    loading.load(form, path, Wishes(as_of=SECOND))
    assert told() == []
    assert RegisterEntry.objects.get(number="01234567").last_seen == FIRST
    path = written(tmp_path, "\n".join([COMPANIES, *rows[:2], ""]), "c.csv")
    loading.load(form, path, Wishes(as_of=THIRD))
    assert told() == [("00000003", "closed", THIRD, {})]


def test_a_dentist_that_moves_to_a_postcode_that_cannot_be_read_keeps_standing(
    tmp_path: Path,
) -> None:
    form = format_of("dentists")
    loading.load(form, written(tmp_path, dentists(practice(1), practice(2))), Wishes(as_of=FIRST))
    later = written(tmp_path, dentists(practice(1, postcode="Ankara"), practice(2)))
    loading.load(form, later, Wishes(as_of=SECOND))
    entry = RegisterEntry.objects.get(number="V00001")
    assert (entry.status, entry.postcode, entry.site_key, entry.cell) == ("active", "", "", None)


def test_a_row_that_cannot_be_read_closes_nobody(tmp_path: Path) -> None:
    rows = [nhs(code="A", name="OAK SURGERY"), nhs(code="B"), nhs(code="C"), nhs(code="D")]
    load(tmp_path, FIRST, *rows)
    unreadable = [nhs(code="A", status="?"), nhs(code="B", name="B" * 301)]
    outcome = load(tmp_path, SECOND, *unreadable, *rows[2:])
    assert outcome.refused == {"unknown status": 1, "name longer than 300 characters": 1}
    assert outcome.merged.closed == 0
    assert told() == []
    oak = RegisterEntry.objects.get(number="A")
    assert (oak.name, oak.status, oak.last_seen) == ("Oak Surgery", "active", None)


def test_whoever_changes_its_name_alone_keeps_its_spots_as_they_are(tmp_path: Path) -> None:
    load(tmp_path, FIRST, nhs(code="A"), nhs(code="B"), nhs(code="C"))
    before = spots("A", "B", "C")
    moved = nhs(code="C", postcode="LE1 1AA")
    load(tmp_path, SECOND, nhs(code="A", name="OAK SURGERY"), nhs(code="B"), moved)
    assert RegisterEntry.objects.get(number="A").name == "Oak Surgery"
    assert spots("A", "B") == before[:4]
    assert len(before) == len(spots("A", "B", "C")) == 6
    assert spots("C") != before[4:]


def spots(*numbers: str) -> list[tuple[str, str]]:
    """Where each spot is written: it is another place once it is written anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT s.trade, s.ctid::text FROM registers_spot s
            JOIN registers_registerentry e ON e.id = s.entry_id
            WHERE e.number = ANY(%s) ORDER BY e.number, s.trade
            """,
            [list(numbers)],
        )
        return list(cursor.fetchall())
