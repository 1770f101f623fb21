"""The companies on both sides of an application: who applies, and who acts for them.

What a proposal says is evidence, and nothing else: nobody is asked with it, and nothing is done.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from campaigns.discovery.live import Seen
from campaigns.planning.records import PlanningApplication
from crm.places.postcode import NotAPostcode, parse
from crm.registers.names import name_key
from leads.identity.candidate import Candidate

# Of an agent with hundreds of them so many are kept as evidence.
MOST_TOLD = 10


def of(rows: Iterable[PlanningApplication]) -> list[Seen]:
    """Give each company once, with the applications that it stands behind."""
    found: dict[str, Seen] = {}
    for row in rows:
        for seen in _sides(row):
            found[seen.key] = _joined(found[seen.key], seen) if seen.key in found else seen
    return list(found.values())


def _sides(row: PlanningApplication) -> Iterable[Seen]:
    if row.applicant:
        yield _seen(row, "applicant", row.applicant, row.address, row.postcode)
    if row.agent and name_key(row.agent) != name_key(row.applicant):
        yield _seen(row, "agent", row.agent, row.agent_address, row.agent_postcode)


def _seen(row: PlanningApplication, role: str, name: str, address: str, postcode: str) -> Seen:
    lines, town = _lines(address, postcode)
    candidate = Candidate(name=name, source="planning", address=lines, town=town, postcode=postcode)
    # The site says where an application is, not who the agent is: theirs is their own office.
    key = f"{name_key(name)}|{postcode}"
    return Seen(candidate, key, notes={"applications": [_told(row, role)]})


def _told(row: PlanningApplication, role: str) -> dict[str, Any]:
    said = {
        "role": role,
        "reference": row.reference,
        "proposal": row.proposal,
        "decision": row.decision,
        "received": row.received.isoformat() if row.received else "",
        "decided": row.decided.isoformat() if row.decided else "",
        "list": row.list.name,
    }
    return {name: value for name, value in said.items() if value}


def _joined(one: Seen, other: Seen) -> Seen:
    told = [*one.notes["applications"], *other.notes["applications"]][:MOST_TOLD]
    return replace(one, notes={"applications": told})


def _lines(address: str, postcode: str) -> tuple[str, str]:
    """Part an address into its lines and its town, without the postcode."""
    lines = [" ".join(line.split()) for line in address.split(",")]
    kept = [line for line in (_without(line, postcode) for line in lines) if line]
    town = kept.pop() if len(kept) > 1 else ""
    return ", ".join(kept), town[:100]


def _without(line: str, postcode: str) -> str:
    """Leave the postcode out of a line, however it is written there."""
    words = line.split()
    for many in (2, 1):
        try:
            if postcode and words and parse("".join(words[-many:])).text == postcode:
                return " ".join(words[:-many])
        except NotAPostcode:
            continue
    return line
