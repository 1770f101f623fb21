"""What Companies House knows of a company: one call for each candidate, at most.

Where the companies' register that is loaded here is fresh and has it, nobody is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.utils import timezone

from campaigns.verification.contract import CannotTell, Profile
from crm import http
from crm.keys import keys
from crm.outside.errors import Away, Later, NotThere, Outside, Refused
from crm.outside.key import Key
from crm.places.postcode import NotAPostcode, parse
from crm.registers.links import COMPANIES
from crm.registers.models import Register, RegisterEntry
from crm.registers.names import name_key
from crm.tenants.models import Tenant

SERVICE = "companies_house"
MOST_NAMESAKES = 20
AWAY = timedelta(seconds=60)
LINES = ("premises", "address_line_1", "address_line_2")


@dataclass(frozen=True)
class Companies:
    """Answers by number or by name, for one company that asks.

    Raises CannotTell where nobody can be asked, and Later where it isn't the time.
    """

    tenant: Tenant

    def profile(self, number: str) -> Profile | None:
        """Give the company of a number; None if there is none."""
        if _is_here() and (entry := _entries().filter(number=number).first()):
            return of_entry(entry)
        try:
            said = self._ask(f"/company/{quote(number, safe='')}", {})
        except NotThere:
            return None
        return of_profile(said) if isinstance(said, dict) else None

    def called(self, name: str) -> Sequence[Profile]:
        """Give the companies that are called so or nearly so; the best first."""
        if _is_here() and (found := _entries().called(name_key(name))[:MOST_NAMESAKES]):
            return [of_entry(each) for each in found]
        try:
            said = self._ask("/search/companies", {"q": name, "items_per_page": MOST_NAMESAKES})
        except NotThere:
            return []
        items = said.get("items") if isinstance(said, dict) else None
        return [of_item(each) for each in items or [] if isinstance(each, dict)]

    def _ask(self, path: str, query: Mapping[str, Any]) -> Any:
        key = self._key()
        try:
            return http.call(key, "GET", path, query=query).json()
        except (Later, NotThere):
            raise
        except Away as error:
            # A short absence must not make a candidate unverified for good.
            raise Later(timezone.now() + AWAY, str(error)) from error
        except Refused as error:
            keys.report(key, error)
            raise CannotTell("Companies House was not asked: it refuses the key.") from error
        except Outside as error:
            raise CannotTell(f"Companies House could not be asked: {error}") from error

    def _key(self) -> Key:
        key = keys.of(self.tenant, SERVICE)
        if key is None:
            raise CannotTell("Companies House was not asked: there is no key for it.")
        return key


def of_profile(said: Mapping[str, Any]) -> Profile:
    """Read a company's profile."""
    address = said.get("registered_office_address") or {}
    former = [each.get("name", "") for each in said.get("previous_company_names") or []]
    return Profile(
        number=str(said.get("company_number", "")),
        name=str(said.get("company_name", "")),
        status=str(said.get("company_status", "")).lower(),
        postcode=_postcode(address),
        address=_lines(address),
        town=str(address.get("locality") or ""),
        former=tuple(filter(None, former)),
        sic_codes=tuple(map(str, said.get("sic_codes") or [])),
        detail=str(said.get("company_status_detail") or ""),
        as_of=timezone.localdate(),
    )


def of_item(said: Mapping[str, Any]) -> Profile:
    """Read one of the results of a search; a former name that fitted stands in its snippet."""
    address = said.get("address") or {}
    return Profile(
        number=str(said.get("company_number", "")),
        name=str(said.get("title", "")),
        status=str(said.get("company_status") or "").lower(),
        postcode=_postcode(address),
        address=_lines(address),
        town=str(address.get("locality") or ""),
        former=tuple(filter(None, [_former(said)])),
        as_of=timezone.localdate(),
    )


def of_entry(entry: RegisterEntry) -> Profile:
    """Read a company of the register that is loaded here."""
    facts = entry.facts or {}
    status = str(facts.get("status") or "active").lower()
    sic = [entry.trade, *(entry.more_trades or [])]
    return Profile(
        number=entry.number,
        name=entry.name,
        status="dissolved" if entry.status == "closed" else status,
        postcode=entry.postcode,
        address=entry.address,
        town=entry.town,
        former=tuple(each.get("name", "") for each in facts.get("former_names") or []),
        sic_codes=tuple(code for code in sic if code.isdigit()),
        as_of=entry.register.as_of,
    )


def _is_here() -> bool:
    register = Register.objects.filter(pk=COMPANIES, loaded_at__isnull=False).first()
    # What comes with the product is a sample: whoever is missing there may well be a company.
    return register is not None and register.is_fresh and not register.digest


def _entries() -> Any:
    return RegisterEntry.objects.listed().filter(register=COMPANIES).select_related("register")


def _postcode(address: Mapping[str, Any]) -> str:
    try:
        return parse(str(address.get("postal_code") or "")).text
    except NotAPostcode:
        return ""


def _lines(address: Mapping[str, Any]) -> str:
    return ", ".join(str(address[line]) for line in LINES if address.get(line))


def _former(said: Mapping[str, Any]) -> str:
    """The name by which a search found it, where that isn't the one it has now."""
    snippet = str(said.get("snippet") or "").strip(" ·")
    matches = said.get("matches") or {}
    return snippet if isinstance(matches, dict) and matches.get("snippet") else ""
