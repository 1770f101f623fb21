"""One page of a text search, as it is kept and as it is sent."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from campaigns.discovery.google_places.cells import Cell
from campaigns.discovery.live import Question

PATH = "/places:searchText"
# A page holds so many, and no search has more pages.
SIZE, PAGES = 20, 3
# All that a check needs at once: the website is what makes it the dearest of the three prices, and
# without it each place would have to be asked about once more.
MASK = ",".join(
    (
        *(f"places.{name}" for name in (
            "id", "displayName", "formattedAddress", "location", "businessStatus", "websiteUri",
        )),
        "nextPageToken",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """Of pages behind the first, `token` says which search they belong to."""

    phrase: str
    cell: Cell
    number: int = 1
    token: str = ""

    @property
    def key(self) -> str:
        phrase = sha256(self.phrase.encode()).hexdigest()[:12]
        return f"{phrase} {','.join(map(str, self.cell))} {self.number}"

    @property
    def question(self) -> Question:
        return Question(self.key, asdict(self) | {"cell": list(self.cell)})

    @property
    def body(self) -> dict[str, Any]:
        """Give what is sent; from page to page nothing but the token may differ."""
        west, south, east, north = self.cell
        said: dict[str, Any] = {
            "textQuery": self.phrase,
            "pageSize": SIZE,
            "languageCode": "en-GB",
            "regionCode": "GB",
            "includePureServiceAreaBusinesses": True,
            "locationRestriction": {
                "rectangle": {
                    "low": {"latitude": south, "longitude": west},
                    "high": {"latitude": north, "longitude": east},
                }
            },
        }
        return said | ({"pageToken": self.token} if self.token else {})


def read(asked: Mapping[str, Any]) -> Page:
    """Give the page that was kept."""
    return Page(**{**asked, "cell": Cell(*asked["cell"])})
