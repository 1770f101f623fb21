"""Whom the checks are about: what the source claims, brought into one form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.discovery.contract import Target
from campaigns.verification import circle, contacts, surroundings
from campaigns.verification.circle import Claimed, Spot
from campaigns.verification.likeness import Surroundings
from campaigns.verification.rules import Finding
from crm.registers.models import RegisterEntry
from crm.registers.numbers import company_number
from leads.identity.candidate import Candidate, email

FORM = re.compile(r"(?:[A-Z]{2}\d{6}|\d{8}|R0\d{6}|IP\d{5}R|[A-Z]{2}\d{5}[A-Z])")


@dataclass(frozen=True)
class Subject:
    """`postcode` is "" where none was claimed that exists, `number` where none has its form.

    `impossible` says why there can be no such postcode as was claimed.
    """

    name: str
    postcode: str
    number: str
    phone: str
    email: str
    website: str
    spot: Spot | None
    around: Surroundings
    target: Target
    impossible: Finding | None = None
    known: Sequence[RegisterEntry] = ()


def of(candidate: Candidate, target: Target, miles: float | None) -> Subject:
    """Read the claims."""
    there = circle.claimed(candidate.postcode, target, miles) if candidate.postcode else Claimed()
    spot = there.spot
    return Subject(
        name=" ".join(candidate.name.replace("\x00", "").split())[:300],
        postcode=spot.postcode if spot else "",
        number=number(candidate.company_number),
        phone=contacts.national(candidate.phone) if candidate.phone else "",
        email=email(candidate.email),
        website=candidate.website.strip(),
        spot=spot,
        around=surroundings.of(spot.place if spot else target.place, candidate.town),
        target=target,
        impossible=there.impossible,
    )


def number(text: str) -> str:
    """Give a company's number in its form, "" where it hasn't that."""
    written = company_number(text)
    return written if FORM.fullmatch(written) else ""
