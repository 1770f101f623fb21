"""One at a time on each website and of each question, of all processes on all machines."""

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection

from crm.outside import clock
from crm.outside.errors import Later

# PostgreSQL lets go of it by itself where a worker is killed.
TAKE = "SELECT pg_try_advisory_lock(hashtextextended(%s, 5))"
LEAVE = "SELECT pg_advisory_unlock(hashtextextended(%s, 5))"
LEAST, MOST = 5.0, 20.0


@contextmanager
def turn(name: str, busy: str) -> Iterator[None]:
    """Have what this names for this thread alone while the block lasts.

    Raises Later, with the sentence `busy`, where somebody else has it: to wait would keep a thread
    that others need.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [name])
        if cursor.fetchone() != (True,):
            # Not all of those who wait at once.
            seconds = random.uniform(LEAST, MOST)  # noqa: S311 - no secret
            raise Later(clock.from_now(seconds), busy)
    try:
        yield
    finally:
        # In a transaction that has failed nothing can be said; the connection's end lets go.
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute(LEAVE, [name])
