"""What only one process of all machines may do at a time; the others wait."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection


@contextmanager
def one_at_a_time(key: int, say: Callable[[str], object], waits: str) -> Iterator[None]:
    """Hold the database's lock for the block; PostgreSQL lets go of it even when we are killed.

    Any number will do for `key`; it is the same in every installation. `waits` is said where
    another holds it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        if cursor.fetchone() != (True,):
            say(waits)
            cursor.execute("SELECT pg_advisory_lock(%s)", [key])
        try:
            yield
        finally:
            # In a transaction that has failed nothing can be said; the connection's end lets go.
            with suppress(DatabaseError):
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
