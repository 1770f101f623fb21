"""What is written down about a call beside its answer, and never at its expense."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection

logger = logging.getLogger("crm.http")


@contextmanager
def aside(what: str) -> Iterator[None]:
    """Go on where the database takes it not: an answer that may be paid for must not be lost."""
    try:
        yield
    except Error as error:
        logger.warning("Could not write down %s: %s", what, str(error).split("\n")[0])
        # One that went away in the middle may be back by now.
        connection.close_if_unusable_or_obsolete()
