"""Failures that are nobody's row's fault."""

from collections.abc import Iterator

# PostgreSQL's codes: no room on the disk, and no connection left.
# https://www.postgresql.org/docs/current/errcodes-appendix.html
SQLSTATES = {"53100", "53300"}


def is_of_the_database(error: BaseException) -> bool:
    """Say whether the database refuses everybody: work waits then, and no row is blamed."""
    return any(getattr(each, "sqlstate", None) in SQLSTATES for each in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
