"""How long the database may look for something before it is told to stop."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

SECONDS = 2.0


class TooSlow(Exception):
    """The database was still looking when the time was over."""


@contextmanager
def limited(seconds: float | None = None) -> Iterator[None]:
    """Let no statement inside take longer; what was begun before goes on as it was."""
    with noticed(), transaction.atomic():
        _limit(f"'{int((seconds or SECONDS) * 1000)}ms'")
        yield
        # The role may have a limit of its own.
        _limit("DEFAULT")


@contextmanager
def noticed() -> Iterator[None]:
    """Raise TooSlow where the database was told to stop."""
    try:
        yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooSlow from None
        raise


def _limit(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout TO {value}")
