"""Why a row of work failed, in words for those who know nothing of queues."""

import re
from typing import Any

GIVEN_UP = (
    "It failed again and again and was given up. Queue it again; if it fails once more, tell "
    "whoever looks after this installation."
)
# How the queue writes down what nobody foresaw: `RuntimeError: no`.
RAW = re.compile(r"\w+: ")


def foreseen(row: Any) -> str:
    """Give the sentence that the work itself has left, as of a letter that was refused, else ""."""
    error = str(row.last_error)
    return "" if RAW.match(error) else error


def plain(row: Any) -> str:
    """Say of a dead row why it is one, and what to do."""
    return foreseen(row) or GIVEN_UP
