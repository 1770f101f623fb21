"""What registers print of organisations: who else says what stands in the record."""

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from crm.registers.models import RegisterEntry
from crm.tenants.models import Tenant
from leads.identity import industries
from leads.scored.rows import array

# How the name of a register begins where it stands for a source.
LISTED = "listed:"
# Of what is printed so much is compared.
LONGEST = 400
DIGITS = 10
READ = """
SELECT listing.organisation_id, %(listed)s || register.label, register.as_of::text, entry.name,
    entry.trade, entry.phone, entry.email, entry.website, entry.number, entry.company_number,
    entry.address, entry.postcode
FROM leads_listing AS listing
JOIN registers_registerentry AS entry ON entry.id = listing.entry_id
JOIN registers_register AS register ON register.slug = entry.register_id
WHERE listing.organisation_id = ANY(%(organisations)s::uuid[]) AND listing.tenant_id = %(tenant)s
ORDER BY listing.id
"""


class Printed(NamedTuple):
    """What a register prints of an organisation, with its name as a source and its day."""

    organisation: UUID
    source: str
    on: str
    name: str
    trade: str
    phone: str
    email: str
    website: str
    number: str
    company_number: str
    address: str
    postcode: str

    @classmethod
    def of(cls, organisation: UUID, entry: RegisterEntry) -> "Printed":
        """Read an entry that is at hand with its register."""
        register = entry.register
        return cls(
            organisation, LISTED + register.label, register.as_of.isoformat(), entry.name,
            entry.trade, entry.phone, entry.email, entry.website, entry.number,
            entry.company_number, entry.address, entry.postcode,
        )  # fmt: skip

    def says(self, name: str, value: Any) -> bool:
        """Say whether the value of this name is printed there, be it in another writing."""
        place = PRINTED.get(name)
        if place is None:
            return name == "industry" and bool(self.trade) and _industry(self.trade) == value
        held = str(self[place])
        if held == value:
            return True
        alike = WRITINGS.get(name, str.casefold)
        if held and alike(held[:LONGEST]) == alike(str(value)):
            return True
        return name == "company_number" and value == self.number


# Where in it each is printed.
PRINTED = {
    each: Printed._fields.index("name" if each == "company_name" else each)
    for each in (
        "company_name", "name", "phone", "email", "website", "company_number", "address", "postcode"
    )
}  # fmt: skip
NO_DIGITS = dict.fromkeys(map(ord, " ()-+./"))
_industry = lru_cache(maxsize=2_000)(industries.of_trade)


def _digits(number: str) -> str:
    """Give what a number ends in, however it is written."""
    return number.translate(NO_DIGITS)[-DIGITS:]


def _bare(address: str) -> str:
    return address.casefold().rpartition("//")[2].removeprefix("www.").rstrip("/")


WRITINGS: dict[str, Callable[[str], str]] = {"phone": _digits, "website": _bare}


def of(tenant: Tenant, organisations: Collection[UUID]) -> dict[UUID, list[Printed]]:
    """Give what registers print of each of these organisations, in one query."""
    found: dict[UUID, list[Printed]] = {}
    given: dict[str, Any] = {"organisations": array(organisations), "tenant": tenant.pk}
    given["listed"] = LISTED
    with connection.cursor() as cursor:
        cursor.execute(READ, given)
        for printed in map(Printed._make, cursor.fetchall()):
            found.setdefault(printed.organisation, []).append(printed)
    return found
