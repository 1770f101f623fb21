"""How long the database may look for something before it is told to stop."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

SECONDS = 2.0


class TooSlow(Exception):
    """The database was still looking when the time was over."""


@contextmanager
def limited() -> Iterator[None]:
    """Let no statement inside take longer; what was begun before goes on as it was."""
    try:
        with transaction.atomic():
            _limit(f"{int(SECONDS * 1000)}ms")
            yield
            _limit("0")
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooSlow from None
        raise


def _limit(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [value])
