"""PostgreSQL ends because its disk is full, and comes back when there is room."""

from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest

from crm.postgres import room, server
from crm.postgres.cluster import CannotStart
from crm.running.product import Product

Usage = namedtuple("Usage", "total used free")


class Ended:
    """A cluster that can't recover for as long as the disk is full."""

    is_up = False

    def __init__(self, folder: Path) -> None:
        self.data = folder
        self.started = 0

    def ensure(self) -> None:
        self.started += 1
        if room.lack(self.data):
            raise CannotStart("PostgreSQL did not start: No space left on device.")


@pytest.fixture
def ended(tmp_path: Path) -> Any:
    return Ended(tmp_path)


@pytest.fixture
def product(ended: Any) -> Product:
    """One whose children are all well."""
    product = Product()
    product.cluster, product.ready = ended, True
    return product


def free(monkeypatch: pytest.MonkeyPatch, megabytes: int) -> None:
    usage = Usage(1, 1, megabytes * 1_000_000)
    monkeypatch.setattr(room.shutil, "disk_usage", lambda path: usage)


def test_it_waits_for_room_says_so_once_and_starts_again(
    product: Product, ended: Ended, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    free(monkeypatch, 3)
    for _ in range(5):
        product.look_after()
    assert ended.started == 1
    assert caplog.text.count("The disk is full: 3 MB are free in") == 1

    free(monkeypatch, 500)
    product.look_after()
    assert ended.started == 2
    assert not product.waits_for_room


def test_any_other_reason_ends_it_all(
    product: Product, ended: Ended, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise CannotStart("PostgreSQL did not start: its folder is broken.")

    free(monkeypatch, 500)
    monkeypatch.setattr(ended, "ensure", broken)
    with pytest.raises(CannotStart, match="broken"):
        product.look_after()


def test_the_reason_is_not_our_own_asking(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text(
        "LOG:  redo starts at 0/16EF538\n"
        "FATAL:  the database system is not yet accepting connections\n"
        'FATAL:  could not write to file "pg_wal/xlogtemp.1": No space left on device\n'
        "FATAL:  the database system is not yet accepting connections\n"
        "DETAIL:  Consistent recovery state has not been yet reached.\n"
    )
    assert server._last_words(log) == (
        'could not write to file "pg_wal/xlogtemp.1": No space left on device'
    )
