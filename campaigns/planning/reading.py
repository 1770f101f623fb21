"""A council's list, read: what is kept of each application, and how many are not."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from campaigns.planning import columns, sheets, who
from campaigns.planning.columns import Columns
from campaigns.planning.unreadable import Unreadable
from crm.places.postcode import IN_TEXT, NotAPostcode, parse
from crm.registers.names import name_key

DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d %b %Y", "%d %B %Y")
WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+", re.IGNORECASE)
CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}.*$")


@dataclass(frozen=True)
class Application:
    """One row that a company stands behind."""

    reference: str
    address: str
    postcode: str
    proposal: str
    applicant: str
    agent: str
    agent_address: str
    agent_postcode: str
    decision: str
    received: date | None
    decided: date | None


@dataclass
class Listed:
    """What a file holds; `headings` says which column was read as what."""

    headings: Mapping[str, str]
    applications: list[Application] = field(default_factory=list)
    rows: int = 0
    persons: int = 0
    unplaced: int = 0
    repeated: int = 0

    @property
    def companies(self) -> int:
        """How many different names stand in it."""
        names = ((each.applicant, each.agent) for each in self.applications)
        return len({name_key(name) for pair in names for name in pair if name})


def read(content: bytes) -> Listed:
    """Read an uploaded file; raises Unreadable."""
    rows = sheets.rows(content)
    found = _headings(rows)
    listed = Listed({columns.LABELS[name]: said for name, said in found.headings.items()})
    known: set[str] = set()
    for row in rows:
        listed.rows += 1
        if listed.rows > sheets.MOST_ROWS:
            raise Unreadable("It has more than 50,000 rows. Split it, or take a shorter period.")
        _take(_Row(row, found), listed, known)
    return listed


def _headings(rows: Iterator[Sequence[str]]) -> Columns:
    """Find the row of the headings; raises Unreadable where none has all that is needed."""
    best, written = Columns({}, {}), list[str]()
    for row, _ in zip(rows, range(sheets.MOST_ABOVE), strict=False):
        found = columns.of(row)
        if not found.problem:
            return found
        if len(found.at) > len(best.at) or not written:
            best, written = found, list(row)
    raise Unreadable(f"{best.problem} Its headings are {columns.named(written)}.")


class _Row:
    """A row, by what its columns mean."""

    def __init__(self, cells: Sequence[str], found: Columns) -> None:
        self.cells, self.at = cells, found.at

    def text(self, name: str, most: int) -> str:
        place = self.at.get(name)
        if place is None or place >= len(self.cells):
            return ""
        return " ".join(self.cells[place].split())[:most]

    def day(self, name: str) -> date | None:
        said = CLOCK.sub("", WEEKDAY.sub("", self.text(name, 40))).strip()
        for form in DAYS:
            try:
                return datetime.strptime(said, form).date()
            except ValueError:
                continue
        return None

    def postcode(self, own: str, address: str) -> str:
        """The postcode of its own column, or the last one in the address."""
        written = [self.text(own, 20), *reversed(IN_TEXT.findall(self.text(address, 500)))]
        for said in filter(None, written):
            try:
                return parse(said).text
            except NotAPostcode:
                continue
        return ""

    @property
    def applicants(self) -> list[str]:
        return [self.text(name, 300) for name in ("applicant_company", "applicant")]

    @property
    def agents(self) -> list[str]:
        return [self.text(name, 300) for name in ("agent_company", "agent")]


def _take(row: _Row, listed: Listed, known: set[str]) -> None:
    applicant, agent = who.first(row.applicants), who.first(row.agents)
    reference, postcode = row.text("reference", 60), row.postcode("postcode", "address")
    if not applicant and not agent:
        listed.persons += 1
    elif not postcode:
        listed.unplaced += 1
    elif reference and reference in known:
        listed.repeated += 1
    else:
        known.add(reference)
        listed.applications.append(_application(row, reference, postcode, applicant, agent))


def _application(
    row: _Row, reference: str, postcode: str, applicant: str, agent: str
) -> Application:
    return Application(
        reference=reference,
        # Where a private person applies, it may be their home.
        address=row.text("address", 300) if applicant else "",
        postcode=postcode,
        proposal=row.text("proposal", 600),
        applicant=applicant,
        agent=agent,
        agent_address=row.text("agent_address", 300) if agent else "",
        agent_postcode=row.postcode("agent_postcode", "agent_address") if agent else "",
        decision=row.text("decision", 100),
        received=row.day("received"),
        decided=row.day("decided"),
    )
