"""What every source turns an organisation into before it asks to be admitted."""

from dataclasses import dataclass
from dataclasses import fields as fields_of
from datetime import date
from typing import Any
from uuid import UUID

import phonenumbers
import tldextract
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from crm.places import postcode
from crm.registers import names
from crm.registers.models import RegisterEntry
from crm.registers.numbers import company_number
from enrichment import everybodys
from leads.records.organisations import Proof

# Offline: the list of public suffixes that the package carries.
_domain = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
# A page there says nothing about whose page it is.
SHARED_HOSTS = {
    "facebook.com", "instagram.com", "linkedin.com", "twitter.com", "x.com", "youtube.com",
    "tiktok.com", "google.com", "yell.com", "thomsonlocal.com", "yelp.co.uk", "192.com",
    "checkatrade.com", "trustpilot.com", "nhs.uk", "wixsite.com", "wordpress.com", "blogspot.com",
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.co.uk",
    "yahoo.com", "yahoo.co.uk", "icloud.com", "aol.com", "btinternet.com", "sky.com",
    "talktalk.net", "virginmedia.com", "ntlworld.com", "me.com", "proton.me", "protonmail.com",
    "nhs.net", "gov.uk",
}  # fmt: skip

LONGEST_URL = 200
LONGEST_EMAIL = 254


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An organisation as a source saw it; `source` is a slug of the points table's sources."""

    name: str
    source: str
    address: str = ""
    town: str = ""
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precision: str = ""
    phone: str = ""
    website: str = ""
    email: str = ""
    company_number: str = ""
    trade: str = ""
    industry: str = ""
    employees: int | None = None
    contact_name: str = ""
    job_title: str = ""
    entry: RegisterEntry | None = None
    proof_date: date | None = None
    is_fresh: bool = False
    has_closed: bool = False
    # That its number, its website or a live register was looked up and agrees.
    is_checked: bool = False

    @property
    def proof(self) -> Proof:
        """What this sighting proves of the organisation."""
        if self.has_closed:
            return Proof.CLOSED
        if self.is_checked:
            return Proof.VERIFIED
        if self.entry is None:
            return Proof.UNPROVEN
        return Proof.VERIFIED if self.is_fresh else Proof.LISTED


def as_json(candidate: Candidate) -> dict[str, Any]:
    """Write down what the source saw, without what it left out; `read` is the way back."""
    fields = {each.name: plain(getattr(candidate, each.name)) for each in fields_of(candidate)}
    kept = {name: value for name, value in fields.items() if value not in ("", None, False)}
    if candidate.entry is not None:
        kept["entry"] = candidate.entry.pk
    if candidate.proof_date is not None:
        kept["proof_date"] = candidate.proof_date.isoformat()
    return kept


def plain(value: Any) -> Any:
    """Take the NULs out of a text: the database stores none."""
    return value.replace("\x00", "") if isinstance(value, str) else value


def read(kept: dict[str, Any]) -> Candidate:
    """Give the candidate that `as_json` wrote; a register entry that is gone is left out."""
    given = dict(kept)
    if "entry" in given:
        given["entry"] = RegisterEntry.objects.filter(pk=given["entry"]).first()
    if "proof_date" in given:
        given["proof_date"] = date.fromisoformat(given["proof_date"])
    return Candidate(**given)


@dataclass(frozen=True)
class OriginRef:
    """Where candidates come from, in words and as a link: a campaign, an import, a form."""

    ref: UUID
    label: str
    url: str = ""


class Unusable(ValueError):
    """The candidate lacks what makes an organisation."""


def phone(text: str) -> str:
    """Write a British phone number as E.164, "" when it is none."""
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def domain(address: str) -> str:
    """Take the registrable domain of a web or e-mail address, "" for a host that many share."""
    is_web = "//" in address
    host = (address if is_web else address.rsplit("@", 1)[-1]).strip().lower()
    registrable = _domain(host).top_domain_under_public_suffix
    is_shared = registrable in SHARED_HOSTS or everybodys.is_domain_of_many(registrable)
    return "" if is_shared else registrable


def email(address: str) -> str:
    """Take an e-mail address that mail may go to."""
    address = address.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= LONGEST_EMAIL else ""


def website(address: str) -> str:
    """Take an address that a page may link to; half of a long one would lead nowhere."""
    address = address.strip()
    is_web = address.lower().startswith(("http://", "https://"))
    return address if is_web and len(address) <= LONGEST_URL else ""


def clean(candidate: Candidate) -> dict[str, str]:
    """Bring what identifies the organisation into one form; raises Unusable."""
    name = " ".join(candidate.name.replace("\x00", "").split())[:300]
    if not names.name_key(name):
        raise Unusable("It has no name.")
    try:
        where = postcode.parse(candidate.postcode).text if candidate.postcode else ""
    except postcode.NotAPostcode:
        where = ""
    number = company_number(candidate.company_number)
    return {
        "name": name,
        "postcode": where,
        "phone": phone(candidate.phone) if candidate.phone else "",
        "domain": domain(candidate.website or candidate.email)
        if candidate.website or candidate.email
        else "",
        "website": website(candidate.website),
        "company_number": number if len(number) <= 8 and number.isalnum() else "",
        "email": email(candidate.email),
    }
