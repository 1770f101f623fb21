"""What Hunter is asked, in the names of its own filters."""

from typing import Any

from campaigns.criteria import Criteria
from campaigns.discovery.contract import Target
from campaigns.discovery.paged import SIZE, Page
from campaigns.discovery.registers import asked
from campaigns.kinds import By

PATH = "/discover"
# It goes no further into any search.
DEEPEST = 10_000
LAST = DEEPEST // SIZE
BANDS = (
    (1, 10), (11, 50), (51, 200), (201, 500), (501, 1_000), (1_001, 5_000), (5_001, 10_000),
)  # fmt: skip
LARGEST = "10001+"


def body(page: Page, wanted: Criteria, target: Target) -> dict[str, Any]:
    """Give what is sent for a page; free plans are refused as soon as an offset is named."""
    places = [{"country": "GB", "city": town} for town in page.towns]
    sent: dict[str, Any] = {"headquarters_location": {"include": places}}
    if page.number > 1:
        sent |= {"limit": SIZE, "offset": (page.number - 1) * SIZE}
    if page.words:
        sent["keywords"] = {"include": list(page.words), "match": "any"}
    if bands := headcount(wanted):
        sent["headcount"] = bands
    if wanted.kind.by == By.OPENED:
        sent["year_founded"] = {"min": asked.since(target).year}
    return sent


def headcount(wanted: Criteria) -> list[str]:
    """Give the bands that the wanted size reaches into; none where any size will do."""
    least, most = wanted.min_employees or 1, wanted.max_employees
    if wanted.min_employees is None and most is None:
        return []
    bands = [
        f"{low}-{high}" for low, high in BANDS if high >= least and (most is None or low <= most)
    ]
    return bands + ([LARGEST] if most is None or most > BANDS[-1][1] else [])
