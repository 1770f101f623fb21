"""What chances are learnt from: what was known of a lead, and how it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

Value = str | float | bool | date | Sequence[str] | None


@dataclass(frozen=True)
class Feature:
    """Something that may be known of a lead.

    `phrase` says a value in words and has {} where it stands: "Came by {}", "{} employees".
    Without one it reads "label: value".
    """

    name: str
    label: str
    phrase: str = ""


@dataclass(frozen=True)
class Example:
    """A lead that was won or lost.

    `features` are the values as they were known `at` the time of scoring, never what came later:
    what is written down when a lead closes gives the outcome away. None is "not known", and tells
    something, too. A date is read as days before `at`. A time without a zone is UTC. Examples of
    one `key` are the same pursuit of a lead, of which the newest counts; without a key each is
    its own.
    """

    features: Mapping[str, Value]
    is_won: bool
    at: datetime
    key: str = ""
