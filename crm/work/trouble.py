"""Failures that are nobody's row's fault."""

from collections.abc import Iterator

import psycopg

NO_ROOM, NO_ROOM_IN_WORDS = "53100", "No space left on device"
# PostgreSQL's codes: no room on the disk, and no connection left.
# https://www.postgresql.org/docs/current/errcodes-appendix.html
SQLSTATES = {NO_ROOM, "53300"}
# Those with which a server ends a connection, or has none to give; without one nobody answered.
GONE = ("08", "57P")


def is_of_the_database(error: BaseException) -> bool:
    """Say whether the database refuses everybody: work waits then, and no row is blamed."""
    return any(getattr(each, "sqlstate", None) in SQLSTATES for each in _causes(error))


def is_without_room(error: BaseException) -> bool:
    """Say whether the database's disk is full; one that can't even let us in says it in words."""
    return any(
        getattr(each, "sqlstate", None) == NO_ROOM
        or (isinstance(each, psycopg.OperationalError) and NO_ROOM_IN_WORDS in str(each))
        for each in _causes(error)
    )


def is_away(error: BaseException) -> bool:
    """Say whether nobody answers for the database."""
    return any(
        isinstance(each, psycopg.OperationalError | psycopg.InterfaceError)
        and (each.sqlstate or "08").startswith(GONE)
        for each in _causes(error)
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
