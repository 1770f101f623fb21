"""Whether phone and e-mail are well formed, and of this country."""

import re

import phonenumbers

from campaigns.verification import hosts
from campaigns.verification.rules import Finding
from leads.identity.candidate import Candidate, email, phone

# Only a country's own code, or that behind two zeros, tells of another country.
EXTENSION = re.compile(r"\s*(?:ext|x|option|opt|/|\(option)\W*[\d\s]*\)?\s*$", re.I)
BRITAIN = 44


def national(text: str) -> str:
    """Write a phone number as E.164, "" when it is none."""
    return phone(EXTENSION.sub("", text))


def look(candidate: Candidate) -> list[Finding]:
    """Say what is wrong with them; what is not given is not wrong."""
    return [*_phone(candidate.phone.strip()), *_email(candidate)]


def _phone(text: str) -> list[Finding]:
    if not text:
        return []
    written = national(text)
    if not written:
        return [Finding("phone_malformed", words={"phone": text[:30]})]
    if phonenumbers.parse(written, "GB").country_code != BRITAIN:
        return [Finding("foreign_phone", words={"phone": written})]
    return [Finding("phone_fits", words={"phone": written})]


def _email(candidate: Candidate) -> list[Finding]:
    text = candidate.email.strip()
    if not text:
        return []
    written = email(text)
    if not written:
        return [Finding("email_malformed", words={"email": text[:40]})]
    findings = [Finding("email_fits", words={"email": written})]
    site = candidate.website
    if site and hosts.are_apart(site, written):
        findings.append(Finding("email_elsewhere", words={"email": written}))
    return findings
