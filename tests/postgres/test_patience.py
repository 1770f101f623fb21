"""What limits how long the database looks leaves no statement behind it without a limit."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from crm.bounds import patience

pytestmark = pytest.mark.usefixtures("committed_db")


def _limit() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return str(cursor.fetchone()[0])


def _limits() -> list[str]:
    """Ask before, within and behind, by a connection of its own."""
    try:
        with transaction.atomic():
            before = _limit()
            with patience.limited(0.5):
                within = _limit()
            return [before, within, _limit()]
    finally:
        connection.close()


def test_the_limit_that_was_given_to_the_role_holds_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c statement_timeout=7s")
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(_limits).result() == ["7s", "500ms", "7s"]
