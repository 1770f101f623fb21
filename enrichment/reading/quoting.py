"""What customers and partners say or are on a page: in boxes of their own, or between quotation
marks with their name behind it."""

import re
from collections.abc import Iterable

from enrichment.reading.document import Box

TAGS = frozenset(("blockquote", "q", "cite"))
OTHERS = frozenset((
    "testimonial", "testimonials", "review", "reviews", "quote", "quotes", "partner", "partners",
    "supplier", "suppliers", "stockist", "stockists", "sponsor", "sponsors", "dealer", "dealers",
    "retailer", "retailers", "distributor", "distributors",
))  # fmt: skip
QUOTED = re.compile(r"\W*[“\"‘][^”\"]{4,}[”\"’][\s)]*(?:[–—\-,(]|(?=[A-Z]))[^“\"]{2,80}$")


def are_of_others(boxes: Iterable[Box]) -> bool:
    """Say whether one of the boxes is kept for what others say or are."""
    return any(box.tag in TAGS or box.names & OTHERS for box in boxes)


def is_signed(said: str) -> bool:
    """Say whether a line begins with words in quotation marks and goes on with who said them."""
    return QUOTED.match(said) is not None
