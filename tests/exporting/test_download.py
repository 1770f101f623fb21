"""A file that is written while it is read: whole, or visibly not; noted before and after."""

import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from crm.exporting import download, room, workbook
from crm.exporting.columns import Column
from crm.ledger.models import AuditEntry, AuditPayload
from crm.tenants.models import Membership, Role, User
from tests.exporting.files import asking, body, close, from_csv, from_xlsx
from tests.people import Cast

pytestmark = pytest.mark.django_db

NUMBER: list[Column[Any]] = [
    Column("Number", lambda n: n),
    Column("Square", lambda n: n * n),
]
READ = {"csv": from_csv, "xlsx": from_xlsx}


def numbers(upto: int, size: int = 10) -> Any:
    def chunks() -> Iterator[list[int]]:
        for start in range(0, upto, size):
            yield list(range(start, min(start + size, upto)))

    return chunks


def trail(cast: Cast) -> list[tuple[str, Any]]:
    """What the trail says of exports, oldest first: the verb and the values."""
    entries = AuditEntry.objects.filter(tenant_id=cast.tenant.pk, verb__contains="export")
    return [
        (entry.verb, AuditPayload.objects.get(pk=entry.pk).after)
        for entry in entries.order_by("id")
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_has_every_row_once_and_the_trail_says_so(cast: Cast, kind: str) -> None:
    response = download.answer(
        asking(cast.ben, cast.tenant),
        name="leads",
        columns=NUMBER,
        rows=numbers(25),
        kind=kind,
        filters={"tier": "hot"},
    )
    assert [verb for verb, _ in trail(cast)] == ["exported"]
    rows = READ[kind](body(response))
    assert [str(cell) for cell in rows[0]] == ["Number", "Square"]
    assert [[int(cell) for cell in row] for row in rows[1:]] == [[n, n * n] for n in range(25)]
    assert f".{kind}" in response["Content-Disposition"]
    (_, before), (verb, after) = trail(cast)
    assert before["filters"] == {"tier": "hot"}
    assert (verb, after["rows"]) == ("exported in full", 25)
    assert AuditEntry.objects.filter(verb="exported").get().actor == "Ben"


def test_csv_is_what_excel_expects(cast: Cast) -> None:
    columns = [Column[Any]("Name", lambda name: name)]
    names = ["Zoë, “Fern” & Co", 'a "b"', "two\nlines", "=1+1", "🦊 עברית"]
    response = download.answer(
        asking(cast.ben, cast.tenant), name="leads", columns=columns, rows=lambda: iter([names])
    )
    content = body(response)
    assert content.startswith(b"\xef\xbb\xbfName\r\n")
    assert content.endswith(b"\r\n")
    assert [row[0] for row in from_csv(content)[1:]] == [*names[:3], "'=1+1", names[4]]


def test_a_workbook_keeps_numbers_days_and_texts_apart(cast: Cast) -> None:
    values: list[Any] = [
        "=1+1", "https://a.example", "007", 12, Decimal("1240.50"), date(2026, 3, 1),
        datetime(2026, 7, 1, 11, 30, tzinfo=UTC), True, None, 10**20, date(1815, 6, 18),
    ]  # fmt: skip
    columns = [Column[Any](str(n), lambda row, n=n: row[n]) for n in range(len(values))]
    response = download.answer(
        asking(cast.ben, cast.tenant),
        name="leads",
        columns=columns,
        rows=lambda: iter([[values]]),
        kind="xlsx",
    )
    assert from_xlsx(body(response))[1] == [
        "=1+1", "https://a.example", "007", 12, 1240.5, datetime(2026, 3, 1),
        datetime(2026, 7, 1, 12, 30), "yes", None, str(10**20), "1815-06-18",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_breaks_in_the_middle_is_said_in_the_last_line(cast: Cast, kind: str) -> None:
    def chunks() -> Iterator[list[int]]:
        yield list(range(10))
        raise ZeroDivisionError

    response = download.answer(
        asking(cast.ben, cast.tenant), name="leads", columns=NUMBER, rows=chunks, kind=kind
    )
    rows = READ[kind](body(response))
    assert len(rows) == 12
    assert "not complete" in rows[-1][0]
    assert "after 10 rows" in rows[-1][0]
    assert trail(cast)[-1][0] == "exported in part"


@pytest.mark.parametrize("what", ["left", "made a viewer"])
def test_who_may_no_longer_have_it_gets_no_further_row(cast: Cast, what: str) -> None:
    def chunks() -> Iterator[list[int]]:
        yield [1]
        theirs = Membership.of(cast.tenant).filter(user=cast.ben)
        theirs.delete() if what == "left" else theirs.update(role=Role.VIEWER)
        yield [2]
        yield [3]

    response = download.answer(
        asking(cast.ben, cast.tenant), name="leads", columns=NUMBER, rows=chunks
    )
    rows = from_csv(body(response))
    assert [row[0] for row in rows[1:-1]] == ["1", "2"]
    assert "may not export from Acme Cabling any more" in rows[-1][0]
    assert trail(cast)[-1][0] == "exported in part"


def test_who_closes_the_window_leaves_nothing_behind(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for kind in ("csv", "xlsx", "csv", "xlsx"):
        response = download.answer(
            asking(cast.ben, cast.tenant),
            name="leads",
            columns=NUMBER,
            rows=numbers(50_000, size=1_000),
            kind=kind,
        )
        assert next(iter(response))
        assert list(tmp_path.iterdir()) == []
        close(response)
        assert trail(cast)[-1] == (
            "exported in part",
            trail(cast)[-1][1] | {"why": "The download was broken off."},
        )


def test_only_a_few_are_written_at_once_and_each_makes_room_again(cast: Cast) -> None:
    def ask(person: User) -> Any:
        return download.answer(
            asking(person, cast.tenant), name="leads", columns=NUMBER, rows=numbers(5)
        )

    mia = cast.join("Mia", Role.MANAGER)
    first = ask(cast.ben)
    assert "Your other export" in ask(cast.ben).content.decode()
    second = ask(cast.ada)
    refused = ask(mia)
    assert refused.status_code == 503
    assert "Other exports" in refused.content.decode()
    # Nobody ever began to read it.
    close(first)
    third = ask(mia)
    assert third.status_code == 200
    for each in (second, third):
        body(each)


def test_who_may_not_export_is_refused_in_words(cast: Cast) -> None:
    with pytest.raises(PermissionDenied, match="not export"):
        download.answer(
            asking(cast.vera, cast.tenant), name="leads", columns=NUMBER, rows=numbers(5)
        )
    assert trail(cast) == []


def test_a_workbook_that_is_full_says_that_there_is_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    for many, last in ((5, 4), (6, workbook.FULL)):
        response = download.answer(
            asking(cast.ben, cast.tenant),
            name="leads",
            columns=NUMBER,
            rows=numbers(many),
            kind="xlsx",
        )
        rows = from_xlsx(body(response))
        assert len(rows) == 6
        assert rows[-1][0] == last
        verb, after = trail(cast)[-1]
        if many == 5:
            assert (verb, after["rows"]) == ("exported in full", 5)
        else:
            assert (verb, after["rows"], after["why"]) == ("exported in part", 4, workbook.FULL)


@pytest.mark.parametrize(("threads", "most"), [(1, 1), (2, 1), (3, 1), (4, 2), (64, 2)])
def test_pages_keep_threads_of_their_own(threads: int, most: int) -> None:
    assert room.part_of(threads) == most


def test_a_reader_who_takes_nothing_is_cut_off_in_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "DEADLINE_SECONDS", 0.01)
    server, browser = socket.socketpair()
    browser.settimeout(10)
    request = asking(cast.ben, cast.tenant)
    request.META["gunicorn.socket"] = server
    with server, browser:
        response = download.answer(request, name="leads", columns=NUMBER, rows=numbers(50))
        parts = iter(response)
        next(parts)
        # The line is cut, by which the thread that hangs in sending comes free.
        assert browser.recv(1) == b""
    with pytest.raises(TimeoutError):
        next(parts)
    close(response)
    (_, (verb, after)) = trail(cast)
    assert (verb, after["why"]) == ("exported in part", download.TOO_LONG)
    room.take(cast.ben.pk)
    room.give_back(cast.ben.pk)
