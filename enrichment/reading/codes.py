"""Postcodes as they stand in text; what looks so may still be none."""

import re
from collections.abc import Iterator

from crm.places.postcode import NotAPostcode, parse
from enrichment.reading import lists

# https://www.mrs.org.uk/pdf/postcodeformat.pdf: the second half has none of C, I, K, M, O and V.
FOUND = re.compile(
    r"(?<![\w/&=-])([A-Z]{1,2}\d[A-Z\d]?)[ ,]{0,2}(\d[ABD-HJLNP-UW-Z]{2})(?![\w-])", re.IGNORECASE
)
# As it stands in other patterns, which need not know whether there is such a one.
WRITTEN = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
AREAS = lists.words("postcode_areas")
AREA = re.compile(r"[A-Z]+")
# "the M1 2nd exit": written small, these count.
COUNTING = re.compile(r"\d(?:st|nd|rd|th)$")
MOST_FOUND = 200


def candidates(text: str) -> Iterator[tuple[int, int, str]]:
    """Give what has the form of a postcode and begins with an area that there is."""
    for count, match in enumerate(FOUND.finditer(text)):
        if count >= MOST_FOUND:
            return
        area = AREA.match(match[1].upper())
        if area is None or area.group() not in AREAS:
            continue
        if match[2].islower() and COUNTING.match(match[2]):
            continue
        try:
            code = parse(match[1] + match[2]).text
        except NotAPostcode:
            continue
        yield match.start(), match.end(), code
