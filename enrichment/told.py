"""What a source tells of an organisation or a person, with the words that prove it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

ORGANISATION = ""


@dataclass(frozen=True)
class Told:
    """One value of one field, in the form that `enrichment.fields` asks for.

    `way` is how it was told, a slug of `enrichment.ways`; `quote` are the words that prove it, as
    they stand in what was read at `url`; `as_of` is the day that the source speaks of, None where
    it does not say. `about` is ORGANISATION, or the key of one of the people in the same answer.
    """

    field: str
    value: Any
    way: str
    url: str = ""
    quote: str = ""
    as_of: date | None = None
    about: str = ORGANISATION
    is_denied: bool = False
