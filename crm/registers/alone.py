"""One load at a time: files that link to one another are taken in one after the other."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection

LOCK = 7_231_002


@contextmanager
def alone() -> Iterator[None]:
    """Wait for another load to end; whoever dies lets go by that."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            # In a transaction that has failed nothing can be said; the connection's end lets go.
            with suppress(DatabaseError):
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
