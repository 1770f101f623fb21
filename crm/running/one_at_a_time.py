"""Only one machine brings the database up to date at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

# Any number will do; it is the same in every installation of the product.
KEY = 0x46_69_65_6C_64


@contextmanager
def one_at_a_time(say: Callable[[str], object]) -> Iterator[None]:
    """Hold the database's lock for the block; PostgreSQL lets go of it even when we are killed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
        if cursor.fetchone() != (True,):
            say("Another machine is bringing the database up to date; waiting for it.")
            cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
