"""Why something is said of an address: a slug to count by, and words for a person."""

from typing import NamedTuple


class Reason(NamedTuple):
    """`words` is a sentence of its own."""

    slug: str
    words: str
