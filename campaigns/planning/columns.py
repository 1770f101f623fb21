"""Which column of a council's list is what, by the headings that councils use."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crm.registers.names import unaccented

# What is read: how it is called here, and how councils call it.
KNOWN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "reference": ("Reference", (
        "reference", "application number", "application reference", "application no",
        "application ref", "app no", "app number", "app ref", "case reference", "case number",
        "case no", "planning reference", "planning application number", "planning ref",
        "reference number", "reference no", "ref", "ref no", "ref number", "lpa reference",
        "applicationnumber", "refval",
    )),
    "address": ("Address of the site", (
        "address", "location", "site address", "site location", "development address",
        "address of site", "address of the site", "location of development", "property address",
        "full address", "application address", "site", "location text", "locationtext",
        "siteaddress",
    )),
    "postcode": ("Postcode of the site", ("postcode", "post code", "site postcode")),
    "proposal": ("Proposal", (
        "proposal", "description", "development description", "description of development",
        "description of proposal", "proposal description", "development", "details",
        "application description", "proposed development", "brief description",
    )),
    "applicant_company": ("Applicant’s company", (
        "applicant company", "applicant company name", "applicant organisation",
        "applicant organization", "applicants company", "applicant business name", "company name",
        "company",
    )),
    "applicant": ("Applicant", (
        "applicant", "applicant name", "name of applicant", "applicants name", "applicants",
        "applicant full name", "applicantname",
    )),
    "agent_company": ("Agent’s company", (
        "agent company", "agent company name", "agent organisation", "agent organization",
        "agents company", "agent business name",
    )),
    "agent": ("Agent", (
        "agent", "agent name", "name of agent", "agents name", "agents", "agentname",
    )),
    "agent_address": ("Agent’s address", ("agent address", "agents address", "agentaddress")),
    "agent_postcode": ("Agent’s postcode", ("agent postcode", "agents postcode")),
    "decision": ("Decision", (
        "decision", "status", "application status", "decision type", "outcome",
        "decision description", "current status", "decision text",
    )),
    "received": ("Received", (
        "received", "date received", "received date", "date valid", "valid date", "validated",
        "date validated", "application date", "date registered", "registered", "registered date",
        "application received", "application validated", "valid from",
    )),
    "decided": ("Decided", (
        "decided", "decision date", "date of decision", "date decided", "decision issued date",
        "decision issued", "decision notice date", "date decision issued",
    )),
}  # fmt: skip
LABELS = {field: label for field, (label, _) in KNOWN.items()}
FIELD_OF = {heading: field for field, (_, headings) in KNOWN.items() for heading in headings}
PLACES = ("address", "postcode")
PEOPLE = ("applicant_company", "applicant", "agent_company", "agent")
WORDS = re.compile(r"[a-z0-9]+")
# An error names no more headings than these, and of each no more than so much.
MOST_NAMED, LONGEST_NAMED = 15, 40


@dataclass(frozen=True)
class Columns:
    """`at` is where each field stands, `headings` what is written above it."""

    at: Mapping[str, int]
    headings: Mapping[str, str]

    @property
    def problem(self) -> str:
        """Say what is missing, "" if the list can be read."""
        missing = []
        if "reference" not in self.at:
            missing.append("the number of an application (Reference or Application number)")
        if not any(field in self.at for field in PLACES):
            missing.append("the address of the site (Address, Location or Site address)")
        if not any(field in self.at for field in PEOPLE):
            missing.append("who applies (Applicant name, Applicant company, Agent name or Agent)")
        return f"It has no column for {' and none for '.join(missing)}." if missing else ""


def of(row: Sequence[str]) -> Columns:
    """Read a row as headings; the first of two columns of one meaning counts."""
    at: dict[str, int] = {}
    for place, heading in enumerate(row):
        field = FIELD_OF.get(_plain(heading))
        if field is not None:
            at.setdefault(field, place)
    return Columns(at, {field: " ".join(row[place].split())[:80] for field, place in at.items()})


def named(row: Sequence[str]) -> str:
    """Name the headings of a row, for a person who looks for one."""
    said = [" ".join(each.split())[:LONGEST_NAMED] for each in row if each.strip()]
    more = f" and {len(said) - MOST_NAMED} more" if len(said) > MOST_NAMED else ""
    return ", ".join(f"“{each}”" for each in said[:MOST_NAMED]) + more


def _plain(heading: str) -> str:
    return " ".join(WORDS.findall(unaccented(heading).replace("'", "").replace("’", "")))
