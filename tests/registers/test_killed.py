"""A load that is killed: nobody sees half of it, and once more it goes on to the end."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from crm.places.locate import place
from crm.registers import loading, names, near, reading, sought
from crm.registers.diary import Diary
from crm.registers.models import Load, Register, RegisterEntry
from tests import cluster
from tests.registers import dying
from tests.registers.files import dentists, practice, written
from tests.running.processes import ROOT

pytestmark = pytest.mark.usefixtures("bundled", "committed_db")
FIRST, SECOND = date(2024, 1, 1), date(2024, 2, 1)
MANY = 500
PROCESS = """
import sys, django
django.setup()
from tests.registers import dying
dying.main(*sys.argv[1:])
"""
LEFT = """
DELETE FROM registers_link l USING registers_registerentry e
    WHERE e.register_id = 'tested' AND e.id IN (l.one_id, l.other_id);
DELETE FROM registers_change WHERE register_id = 'tested';
DELETE FROM registers_spot s USING registers_registerentry e
    WHERE e.register_id = 'tested' AND e.id = s.entry_id;
DELETE FROM registers_registerentry WHERE register_id = 'tested';
DELETE FROM registers_register WHERE slug = 'tested';
DELETE FROM registers_load WHERE register = 'tested'
"""


@pytest.fixture(autouse=True)
def _nothing_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(reading, "PART", dying.PART)
    yield
    with psycopg.connect(cluster.running[0].url("postgres")) as superuser:
        superuser.execute(LEFT.encode())


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return written(tmp_path, dentists(*(practice(n) for n in range(MANY))), "first.tsv")


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A hundred are gone, a hundred are new, and the names of a hundred are others."""
    rows = [practice(n, f"RENAMED {n}") for n in range(100, 200)]
    rows += [practice(n) for n in range(200, MANY + 100)]
    return written(tmp_path, dentists(*rows), "later.tsv")


def killed(path: Path, day: date, moment: str) -> None:
    words = [sys.executable, "-c", PROCESS, str(path), str(day), moment]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr


def seen() -> dict[str, str]:
    """What anybody can find of it, by whichever way; all ways have to agree."""
    here = place("LE5 5HH")
    entries = RegisterEntry.objects.active().filter(register=dying.SLUG)
    found = dict(entries.values_list("number", "name"))
    walked = near.walk([dying.TRADE], near.Circle(here, 1), most=10 * MANY)
    assert {entry.number: entry.name for entry in walked} == found
    assert near.count([dying.TRADE], here, 1) == len(found)
    some = {f"Practice {n}" for n in range(0, MANY + 100, 50)}
    called = near.first(sought.called([names.name_key(name) for name in some]), here, 1, most=100)
    mine = {entry.name for entry in called if entry.register_id == dying.SLUG}
    assert mine == some & set(found.values())
    return found


def stands() -> int:
    """How many rows there are, seen or not."""
    return RegisterEntry.objects.filter(register=dying.SLUG).count()


WHOLE = {f"V{n:05}": f"Practice {n}" for n in range(MANY)}
CHANGED = {
    f"V{n:05}": f"{'Renamed' if n < 200 else 'Practice'} {n}" for n in range(100, MANY + 100)
}


@pytest.mark.parametrize(("moment", "written_by_then"), [("3", 300), ("end", MANY)])
def test_a_first_load_goes_on(first: Path, moment: str, written_by_then: int) -> None:
    killed(first, FIRST, moment)
    assert seen() == {}
    assert stands() == written_by_then
    # Another one, that was killed while it did away with this one.
    Load.objects.create(register=dying.SLUG, file="other.tsv", digest="other")
    before = set(RegisterEntry.objects.filter(register=dying.SLUG).values_list("pk", flat=True))
    said: list[str] = []
    outcome = dying.load(first, FIRST, said)
    assert said[0] == "Going on where the last load was interrupted."
    assert (outcome.merged.added, outcome.register.entries, stands()) == (MANY, MANY, MANY)
    assert seen() == WHOLE
    after = RegisterEntry.objects.filter(register=dying.SLUG, pk__in=before)
    assert after.count() == written_by_then
    loads = Load.objects.filter(register=dying.SLUG).order_by("pk")
    assert list(loads.values_list("state", "rows")) == [("done", MANY), ("interrupted", 0)]


def test_a_later_load_changes_all_or_nothing(first: Path, later: Path) -> None:
    dying.load(first, FIRST)
    for moment in ("2", "end"):
        killed(later, SECOND, moment)
        assert seen() == WHOLE
        assert Register.objects.get(pk=dying.SLUG).as_of == FIRST
    outcome = dying.load(later, SECOND)
    assert (outcome.merged.changed, outcome.merged.closed) == (100, 100)
    assert seen() == CHANGED
    assert stands() == MANY + 100


def test_another_file_does_away_with_what_a_killed_one_left(first: Path, later: Path) -> None:
    killed(first, FIRST, "4")
    assert stands() == 400
    dying.load(later, SECOND)
    assert seen() == CHANGED
    assert stands() == MANY
    states = Load.objects.filter(register=dying.SLUG).order_by("pk")
    assert list(states.values_list("state", flat=True)) == ["interrupted", "done"]


def test_searches_go_on_during_a_load(
    first: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying.load(first, FIRST)
    looks: list[dict[str, str]] = []

    def look() -> dict[str, str]:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '1s'; SET statement_timeout = '20s'")
            return seen()
        finally:
            connection.close()

    described = loading._Loading._outcome

    def outcome(*args: Any) -> loading.Outcome:
        with ThreadPoolExecutor(1) as pool:
            looks.append(pool.submit(look).result())
        return described(*args)

    noted = Diary.note

    def note(*args: Any, **given: Any) -> None:
        noted(*args, **given)
        with ThreadPoolExecutor(1) as pool:
            looks.append(pool.submit(look).result())

    monkeypatch.setattr(Diary, "note", note)
    monkeypatch.setattr(loading._Loading, "_outcome", outcome)
    dying.load(later, SECOND)
    # After each part, and just before all of it is seen.
    assert len(looks) > 2
    assert all(look == WHOLE for look in looks)
    assert seen() == CHANGED
