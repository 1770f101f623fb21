"""Figures of the database: who is connected, and how many may be."""

from collections.abc import Iterator

from django.db import connection

from crm.metrics.families import Family

# Of ours alone: the server may have others.
CONNECTIONS = """
SELECT COALESCE(state, 'other'), count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' GROUP BY 1
"""


def read() -> Iterator[Family]:
    """Give the connections to this database and the server's limit."""
    with connection.cursor() as cursor:
        cursor.execute(CONNECTIONS)
        found = cursor.fetchall()
        cursor.execute("SELECT current_setting('max_connections')::int")
        (limit,) = cursor.fetchone()
    yield Family(
        "database_connections",
        "Connections to the database, by what they do.",
        ("state",),
        [((state,), count) for state, count in found],
    )
    yield Family(
        "database_connections_limit",
        "Connections that the database's server takes in all.",
        (),
        [((), limit)],
    )
