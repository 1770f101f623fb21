"""A published file into the table, and again, and changed."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from crm.registers import days, loading
from crm.registers.formats.known import format_of
from crm.registers.loading import Wishes
from crm.registers.models import Register, RegisterEntry
from tests.cluster import running
from tests.factories.registers import (
    FullPostcodeFactory,
    OutwardFactory,
    RegisterEntryFactory,
)
from tests.registers.files import dentists, nhs, practice, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_registers")]
DAY = date(2024, 1, 1)


def load(path: Path, register: str = "dentists", **options: Any) -> loading.Outcome:
    return loading.load(format_of(register), path, Wishes(**{"as_of": DAY} | options))


def physical() -> list[tuple[Any, ...]]:
    """Where each row lies: a row that is written, even with the same values, moves."""
    rows: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for table in ("registerentry", "spot", "change", "link", "genericname"):
            cursor.execute(f"SELECT '{table}', ctid::text, xmin::text FROM registers_{table}")
            rows += cursor.fetchall()
    return sorted(rows)


def test_the_second_load_writes_nothing(tmp_path: Path) -> None:
    RegisterEntryFactory(
        register__slug="schools", name="Practice 1", address="", postcode="LE5 5HH"
    )
    path = written(tmp_path, dentists(*(practice(n) for n in range(5))))
    assert load(path).merged == (5, 0, 0)
    before = physical()
    assert {table for table, *_ in before} == {"registerentry", "spot", "link"}
    assert load(path, as_of=date(2024, 2, 1)).merged == (0, 0, 0)
    assert physical() == before


def test_what_changed_is_changed_and_what_vanished_is_closed(tmp_path: Path) -> None:
    load(written(tmp_path, dentists(*(practice(n) for n in range(4)))))
    later = written(tmp_path, dentists(practice(0), practice(1, "NEW NAME"), practice(9)))
    outcome = load(later, as_of=date(2024, 2, 1))
    assert outcome.merged == (1, 1, 2)
    entries = {e.number: e for e in RegisterEntry.objects.all()}
    assert entries["V00001"].name == "New Name"
    assert entries["V00001"].site_key == "new name|LE5 5HH"
    assert (entries["V00002"].status, entries["V00002"].last_seen) == ("closed", DAY)
    assert (entries["V00000"].first_seen, entries["V00000"].last_seen) == (DAY, None)
    assert entries["V00009"].first_seen == date(2024, 2, 1)
    assert outcome.register.entries == 3


def test_what_comes_back_is_active_again(tmp_path: Path) -> None:
    whole = written(tmp_path, dentists(practice(0), practice(1)), "whole.tsv")
    load(whole)
    load(written(tmp_path, dentists(practice(0))))
    assert load(whole).merged == (0, 1, 0)
    assert list(RegisterEntry.objects.active().values_list("number", "last_seen")) == [
        ("V00000", None),
        ("V00001", None),
    ]


def test_refused_rows_are_counted_by_reason(tmp_path: Path) -> None:
    rows = [practice(n) for n in range(8)]
    rows += [
        practice(1),
        practice(23, name="x" * 301),
        "GDP:V00024\t\tSOMEWHERE\tLE1 1AA",
        "GDP:\tNAME\tSOMEWHERE\tLE1 1AA",
        "GDP:V00026\tSHORT",
        practice(9),
    ]
    outcome = load(written(tmp_path, dentists(*rows)))
    assert outcome.register.entries == 9
    assert outcome.refused == {
        "number twice in the file": 1,
        "name longer than 300 characters": 1,
        "no name": 1,
        "no number": 1,
        "too few columns": 1,
    }


def test_names_of_any_kind_are_taken_as_they_are(tmp_path: Path) -> None:
    odd = ['O\'Neill "Teeth"', "<script>alert(1)</script>", "Zähne 🦷", "\\N", "x" * 300]
    load(written(tmp_path, dentists(*(practice(n, name) for n, name in enumerate(odd)))))
    taken = RegisterEntry.objects.order_by("number").values_list("name", flat=True)
    assert list(taken) == odd


def test_the_day_of_a_file_is_its_newest_date(tmp_path: Path) -> None:
    rows = [nhs(), nhs(code="C82002", opened="20250423"), nhs(code="C82003", opened="29990101")]
    practices = written(tmp_path, "\n".join([*rows, ""]), "epraccur.csv")
    assert load(practices, "nhs_practices", as_of=None).register.as_of == date(2025, 4, 23)


def test_a_file_without_dates_does_not_look_fresh_because_it_was_saved_today(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, dentists(practice(1)))
    with pytest.raises(days.UnknownDay) as refused:
        load(path, as_of=None)
    assert str(refused.value) == (
        "dentists.tsv does not say of when it is. "
        "Give the day on which it was published, like --as-of 2025-04-23."
    )
    assert not Register.objects.exists()
    assert not RegisterEntry.objects.exists()


def test_the_bundled_file_under_another_name_keeps_its_day(tmp_path: Path) -> None:
    form = format_of("dentists")
    copy = written(tmp_path, form.bundled_path.read_bytes(), "mine.tsv.gz")
    assert load(copy, as_of=None).register.as_of == form.bundled_as_of


def test_no_file_is_of_a_day_to_come(tmp_path: Path) -> None:
    path = written(tmp_path, dentists(practice(1)))
    today = timezone.localdate()
    with pytest.raises(days.FutureDay, match=r"still to come\. Give the day on which dentists"):
        load(path, as_of=today + timedelta(days=1))
    assert load(path, as_of=today).register.as_of == today


def test_status_and_setting_of_nhs_practices(tmp_path: Path) -> None:
    rows = [
        nhs(code="A"),
        nhs(code="C", status="C", closed="20200131"),
        nhs(code="D", status="D"),
        nhs(code="P", status="P", setting="26"),
        nhs(code="W", setting="1"),
        nhs(code="N", setting="99"),
    ]
    load(written(tmp_path, "\n".join([*rows, ""]), "epraccur.csv"), "nhs_practices")
    entries = RegisterEntry.objects.order_by("number").values_list("number", "status", "trade")
    assert list(entries) == [
        ("A", "active", "gp_practice"),
        ("C", "closed", "gp_practice"),
        ("D", "closed", "gp_practice"),
        ("N", "active", "nhs_other"),
        ("P", "closed", "primary_care_network"),
        ("W", "active", "walk_in_centre"),
    ]
    entry = RegisterEntry.objects.get(number="C")
    assert (entry.phone, entry.town, entry.closed_date) == (
        "0116 2736333",
        "Leicester",
        date(2020, 1, 31),
    )


def test_the_postcode_places_first_the_own_point_second_the_outward_code_last(
    tmp_path: Path,
) -> None:
    OutwardFactory(code="QX1", latitude=52.0, longitude=-1.0, town="", region="Rutland")
    FullPostcodeFactory(text="QX1 1AA", latitude=52.01, longitude=-1.01)
    points = {
        "QX1 1AA": "[-1.02,52.02]",
        "QX1 1AB": "[-1.02,52.02]",
        "QX1 1AC": "",
        "QX1 1AD": "[0,0]",
        "QX1 1AE": "[-5.02,55.02]",
        "QY1 1AA": "",
    }
    rows = [f"pharmacy:{p}\tP\t1 Road\t{p}\t{point}" for p, point in points.items()]
    path = written(tmp_path, "\n".join(["test\tname\ttext\tpostcode\tpoint", *rows, ""]))
    assert load(path, "pharmacies").nowhere == 1
    placed = RegisterEntry.objects.values_list("postcode", "precision", "latitude", "town")
    assert sorted(placed) == [
        ("QX1 1AA", "postcode", 52.01, "Rutland"),
        ("QX1 1AB", "exact", 52.02, "Rutland"),
        ("QX1 1AC", "outward", 52.0, "Rutland"),
        ("QX1 1AD", "outward", 52.0, "Rutland"),
        ("QX1 1AE", "outward", 52.0, "Rutland"),
        ("QY1 1AA", "", None, ""),
    ]


def test_another_load_is_waited_for(tmp_path: Path) -> None:
    path = written(tmp_path, dentists(practice(1)))
    with psycopg.connect(running[0].url("crm_app")) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [loading.LOCK])
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
            with pytest.raises(OperationalError, match="lock timeout"):
                load(path)
            transaction.set_rollback(True)
    assert not Register.objects.exists()
