"""Which entries of registers are one place of business, and which of them a company knows.

As the door decides it: whoever has the name and the postcode of one place alone is that place. Two
entries of one register are two places, however alike, and so are two companies by their numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db.models.expressions import RawSQL

from crm.registers.links import COMPANIES
from crm.registers.models import RegisterEntry
from crm.tenants.models import Tenant
from leads.models import IdentityKey, Listing

Kind = IdentityKey.Kind


@dataclass(eq=False)
class Place:
    """One place of business: the registers that list it, and its company numbers."""

    is_known: bool = False
    registers: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def may_be(self, register: str, number: str) -> bool:
        """Whether an entry of this register and number may mean it."""
        is_company = not number or not self.numbers or number in self.numbers
        return is_company and register not in self.registers


class Seen(NamedTuple):
    """An entry as a count needs it."""

    entry_id: int
    register: str
    place: Place

    @property
    def is_known(self) -> bool:
        return self.place.is_known


class Places:
    """Those that a walk has come by so far."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant = tenant
        self.known: dict[UUID, Place] = defaultdict(lambda: Place(is_known=True))
        self.at: dict[str, list[Place]] = {}

    def see(self, entry_ids: Sequence[int]) -> list[Seen]:
        """Come by the next entries, in the order of the walk."""
        ids = RawSQL("SELECT unnest(%s::bigint[])", [list(entry_ids)])
        rows = RegisterEntry.objects.filter(pk__in=ids).values_list(
            "pk", "register_id", "number", "company_number", "site_key"
        )
        entries = {pk: rest for pk, *rest in rows}
        self._look_up({site for *_, site in entries.values()} - {""} - self.at.keys())
        listings = Listing.of(self.tenant).filter(entry__in=ids)
        listed = dict(listings.values_list("entry_id", "organisation_id"))
        seen = []
        for pk in entry_ids:
            if pk in entries:
                register, number, company, site = entries[pk]
                company = number if register == COMPANIES else company
                organisation = listed.get(pk)
                place = self.known[organisation] if organisation else None
                place = place or self._place(register, company, site)
                seen.append(Seen(pk, register, place))
        return seen

    def _place(self, register: str, company: str, site: str) -> Place:
        """Give the one place of that name there that it may be, else a new one."""
        there = self.at.setdefault(site, []) if site else []
        open_to = [place for place in there if place.may_be(register, company)]
        if len(open_to) == 1:
            place = open_to[0]
        else:
            place = Place()
            there.append(place)
        place.registers.add(register)
        place.numbers.update({company} - {""})
        return place

    def _look_up(self, sites: Iterable[str]) -> None:
        """Read who is known to stand there."""
        values = RawSQL("SELECT unnest(%s::text[])", [list(sites)])
        keys = IdentityKey.of(self.tenant)
        named = keys.filter(kind=Kind.SITE, value__in=values).order_by("organisation_id")
        holders = list(named.values_list("value", "organisation_id"))
        marked = keys.filter(
            kind__in=(Kind.LISTING, Kind.COMPANY_NUMBER),
            organisation__in={holder for _, holder in holders},
        )
        for holder, kind, value in marked.values_list("organisation_id", "kind", "value"):
            if kind == Kind.LISTING:
                self.known[holder].registers.add(value.partition(":")[0])
            else:
                self.known[holder].numbers.add(value)
        for site, holder in holders:
            self.at.setdefault(site, []).append(self.known[holder])
