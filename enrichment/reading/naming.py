"""What whoever made a page is called, and what it says of itself in one sentence."""

import re
from collections.abc import Iterator

from enrichment.reading import wording
from enrichment.reading.document import Region
from enrichment.reading.names import MAKERS
from enrichment.reading.reading import Reading
from enrichment.told import Told

DESCRIBING = ("description", "og:description", "twitter:description", "dc.description")
SHORTEST, LONGEST = 20, 500
EMPTY = re.compile(
    r"^(?:just another wordpress site|description|lorem ipsum|welcome to|home|"
    r"your description)\b",
    re.I,
)
MOBILE = re.compile(r"width\s*=\s*device-width", re.IGNORECASE)


def names(reading: Reading) -> Iterator[Told]:
    """Give the name it trades by, and that of the company behind it."""
    trading, company = _named(reading)
    for field, value in (("name", trading), ("legal_name", company)):
        at = reading.text.find(value) if value else -1
        if at >= 0:
            yield reading.told(field, value, at, at + len(value))


def _named(reading: Reading) -> tuple[str, str]:
    """Give the name it trades by and that of the company; "" where it says none."""
    trading = reading.identity.name
    companies = reading.identity.companies
    company = max(companies, key=lambda each: _fit(reading, each), default="")
    for thing in reading.own:
        for said in thing.all("legalname"):
            company = said.value
    return trading, company


def _fit(reading: Reading, company: str) -> float:
    """How likely a company is the one that runs the site: it stands in the imprint."""
    place = reading.text.find(company)
    behind = reading.text[place : place + len(company) + 60]
    line = reading.document.line_at(max(0, place))
    return (
        (2.0 if line.region == Region.FOOTER else 0.0)
        + (2.0 if re.search(r"\d{6}|registered|company n", behind, re.IGNORECASE) else 0.0)
        + wording.covers(company, reading.identity.label)
    )


def about(reading: Reading) -> Iterator[Told]:
    """Give its description, and whether its site fits a phone."""
    yield from _description(reading)
    viewport = reading.document.metas.get("viewport", "")
    at = reading.text.find(f"viewport: {viewport}") if viewport else -1
    fits = MOBILE.search(viewport) is not None
    end = at + len(viewport) + 10
    way = "page" if at < 0 else "machine_data"
    yield reading.told("site_is_mobile", fits, max(at, 0), end if at >= 0 else 0, way=way)


def _description(reading: Reading) -> Iterator[Told]:
    for name in DESCRIBING:
        said = reading.document.metas.get(name, "")
        if len(said) >= SHORTEST and not EMPTY.match(said) and not MAKERS.search(said):
            at = reading.text.find(said)
            if at >= 0 and reading.owner.is_own(at, at):
                yield reading.told(
                    "description", said[:LONGEST], at, at + len(said), way="machine_data"
                )
                return
    for thing in reading.own:
        for each in thing.all("description"):
            if len(each.value) >= SHORTEST:
                yield reading.told(
                    "description", each.value[:LONGEST], each.at, each.at + len(each.value)
                )
                return
